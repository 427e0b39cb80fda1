import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aHex } from '../../core/ids.ts'
import { Rechazo } from '../../core/rechazo.ts'
import { HORA } from '../../core/tiempo.ts'
import { aBase45, deBase45 } from './base45.ts'
import { llaveDe } from './llaves.ts'
import { Lru } from './lru.ts'
import { comprimir, descomprimir } from './punto.ts'
import { cuerpoDeCertificado, emitirCertificado, firmarQr, leerQr, verificarQr } from './qr.ts'
import { cuponCorto, firmarQrDeCupon } from './qr-cupon.ts'

const { subtle } = globalThis.crypto
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n // order of P-256
const nuevoPar = () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']) as Promise<CryptoKeyPair>
const puntoDe = async (par: CryptoKeyPair) => new Uint8Array(await subtle.exportKey('raw', par.publicKey))

const emisora = await nuevoPar()
const telefono = await nuevoPar()
const otro = await nuevoPar()
const llaves = new Map([[7, emisora.publicKey]])
const devPub = comprimir(await puntoDe(telefono))
const vence = Date.UTC(2026, 11, 5, 10)
const datos = { kid: 7, cardId: '00000000deadbeef', notAfter: vence, nivel: 'plata' as const, devPub }
const certificado = await emitirCertificado(emisora.privateKey, datos)
const uso = { tsSegundos: 1_795_219_200, ctr: 123_456_789, flags: 0b1010 }
const texto = await firmarQr(telefono.privateKey, certificado, uso)
const bytes = () => deBase45(texto) ?? new Uint8Array()

test('the QR is 186 bytes in 279 letters, with every field where the drawing says', () => {
  assert.is(texto.length, 279)
  const b = bytes()
  assert.is(b.length, 186)
  assert.equal([...b.subarray(0, 5)], [0x11, 7, 0, 0, 0])
  assert.is(aHex(b.subarray(5, 13)), '00000000deadbeef')
  assert.is((b[13] ?? 0) * 65_536 + (b[14] ?? 0) * 256 + (b[15] ?? 0), (vence - Date.UTC(2025, 0, 1)) / HORA)
  assert.is(b[16], 1)
  assert.is(aHex(b.subarray(17, 50)), aHex(devPub))
  assert.is(aHex(b.subarray(0, 114)), aHex(certificado))
  assert.is(new DataView(b.buffer).getUint32(114), uso.tsSegundos)
  assert.is(new DataView(b.buffer).getUint32(118), (uso.flags * 2 ** 28 + uso.ctr) >>> 0)
})

test('an honest QR verifies, twice alike (the second time from what was kept)', async () => {
  const esperado = {
    ...{ kid: 7, cardId: '00000000deadbeef', llave: await llaveDe(devPub), devPub: btoa(String.fromCharCode(...devPub)) },
    ...{ ctr: uso.ctr, flags: uso.flags, tsMs: uso.tsSegundos * 1_000, nivel: 'plata', notAfter: vence },
  }
  assert.equal(await verificarQr(texto, llaves), esperado)
  assert.equal(await verificarQr(texto, llaves), esperado)
  assert.match(esperado.llave, /^[0-9a-f]{32}$/)
})

test('the largest numbers fit', async () => {
  const grande = await firmarQr(telefono.privateKey, certificado, { tsSegundos: 2 ** 32 - 1, ctr: 2 ** 28 - 1, flags: 15 })
  const leido = leerQr(grande)
  assert.equal([leido.tsMs, leido.ctr, leido.flags], [(2 ** 32 - 1) * 1_000, 2 ** 28 - 1, 15])
})

test('every single bit of the QR is guarded by a signature or by its shape', async () => {
  for (let bit = 0; bit < 186 * 8; bit++) {
    const b = bytes()
    b[bit >> 3] = (b[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.is(await verificarQr(aBase45(b), llaves), null, `bit ${bit}`)
  }
})

test('a stolen certificate without its key proves nothing', async () => {
  assert.is(await verificarQr(await firmarQr(otro.privateKey, certificado, uso), llaves), null)
})

test('a certificate that the platform did not sign proves nothing, nor one of an unknown or another kid', async () => {
  const forjado = await emitirCertificado(otro.privateKey, { ...datos, devPub: comprimir(await puntoDe(otro)) })
  const qr = await firmarQr(otro.privateKey, forjado, uso)
  assert.is(await verificarQr(qr, llaves), null)
  assert.is(await verificarQr(texto, new Map()), null)
  assert.is(await verificarQr(texto, new Map([[7, otro.publicKey]])), null, 'proofs are kept per issuing key')
})

test('signatures made for one purpose do not serve another', async () => {
  const sinDominio = new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, emisora.privateKey, cuerpoDeCertificado(datos)))
  const b = bytes()
  b.set(sinDominio, 50)
  assert.is(await verificarQr(aBase45(b), llaves), null)
})

test('[R2] a malleable signature gives another text of the same use: same card, key and counter', async () => {
  const b = bytes()
  const s = N - BigInt(`0x${aHex(b.subarray(154, 186))}`)
  b.set(Uint8Array.from((s.toString(16).padStart(64, '0').match(/../g) ?? []).map((par) => Number.parseInt(par, 16))), 154)
  const gemelo = aBase45(b)
  assert.is.not(gemelo, texto)
  assert.equal(await verificarQr(gemelo, llaves), await verificarQr(texto, llaves))
})

test('what is not a card is refused as qr_invalido', async () => {
  const distinto = (donde: number, valor: number) => {
    const b = bytes()
    b[donde] = valor
    return aBase45(b)
  }
  const malos = [
    '',
    'https://anunciaya.mx',
    texto.toLowerCase(),
    texto.slice(0, -3),
    `${texto}000`,
    distinto(0, 0x13),
    distinto(16, 3),
    distinto(4, 1),
  ]
  for (const malo of malos) {
    assert.throws(
      () => leerQr(malo),
      (error: unknown) => error instanceof Rechazo && error.codigo === 'qr_invalido',
    )
    assert.is(await verificarQr(malo, llaves), null)
  }
})

test('notAfter is kept in whole hours, never later than asked', async () => {
  const cuerpo = await emitirCertificado(emisora.privateKey, { ...datos, notAfter: vence + HORA - 1 })
  assert.is(leerQr(await firmarQr(telefono.privateKey, cuerpo, uso)).notAfter, vence)
})

test('what does not fit the card is a bug, not a bad card', async () => {
  const malos = [
    { kid: 256 },
    { cardId: 'DEADBEEF00000000' },
    { cardId: '1' },
    { notAfter: Date.UTC(2024, 1) },
    { notAfter: vence + 2 ** 24 * HORA },
    { devPub: devPub.subarray(1) },
  ]
  for (const malo of malos) assert.throws(() => cuerpoDeCertificado({ ...datos, ...malo }), /assert/)
  for (const malo of [{ ctr: 2 ** 28 }, { ctr: -1 }, { flags: 16 }, { tsSegundos: 2 ** 32 }, { tsSegundos: 1.5 }]) {
    const error = await firmarQr(telefono.privateKey, certificado, { ...uso, ...malo }).catch((e: Error) => e)
    assert.ok(error instanceof Error && error.message.startsWith('assert'))
  }
})

test('a compressed point comes back whole; what is not on the curve throws', async () => {
  for (let i = 0; i < 8; i++) {
    const punto = await puntoDe(await nuevoPar())
    assert.is(aHex(descomprimir(comprimir(punto))), aHex(punto))
  }
  const fuera = Uint8Array.of(2, ...new Uint8Array(31), 1)
  fuera[32] = 4
  const malos = [
    new Uint8Array(33),
    Uint8Array.of(4, ...devPub.subarray(1)),
    Uint8Array.of(2, ...new Uint8Array(32).fill(255)),
    devPub.subarray(1),
  ]
  for (const malo of malos) assert.throws(() => descomprimir(malo))
  let rechazados = 0
  for (let x = 0; x < 20; x++) {
    fuera[32] = x
    try {
      descomprimir(fuera)
    } catch {
      rechazados++
    }
  }
  assert.ok(rechazados > 3 && rechazados < 17, 'about half of the x have no y')
  assert.throws(() => comprimir(devPub))
})

const CUPON = '019f0000-0000-7000-8ab1-00c0ffee0042'
const deCupon = await firmarQrDeCupon(telefono.privateKey, certificado, uso, CUPON)

test('CUP-11, SCAN-26: the QR of a cupón is the card with the cupón in it: 194 bytes in 291 letters, and says both', async () => {
  assert.is(deCupon.length, 291)
  const b = deBase45(deCupon) ?? new Uint8Array()
  assert.equal([b.length, b[0]], [194, 0x12])
  assert.is(aHex(b.subarray(1, 122)), aHex(bytes().subarray(1, 122)))
  assert.equal([aHex(b.subarray(122, 130)), cuponCorto(CUPON)], ['8ab100c0ffee0042', '8ab100c0ffee0042'])
  assert.equal(await verificarQr(deCupon, llaves), { ...(await verificarQr(texto, llaves)), cupon: '8ab100c0ffee0042' })
  assert.is(leerQr(deCupon).cupon, '8ab100c0ffee0042')
  assert.throws(() => firmarQrDeCupon(telefono.privateKey, certificado, uso, 'PIZZA30'))
})

test('CUP-11: every single bit of the QR of a cupón is guarded; nor does it become a card, nor a card a cupón', async () => {
  const suyos = () => deBase45(deCupon) ?? new Uint8Array()
  for (let bit = 0; bit < 194 * 8; bit++) {
    const b = suyos()
    b[bit >> 3] = (b[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.is(await verificarQr(aBase45(b), llaves), null, `bit ${bit}`)
  }
  const sinCupon = Uint8Array.of(0x11, ...suyos().subarray(1, 122), ...suyos().subarray(130))
  const conCupon = Uint8Array.of(0x12, ...bytes().subarray(1, 122), ...suyos().subarray(122, 130), ...bytes().subarray(122))
  for (const otro of [sinCupon, conCupon]) assert.is(await verificarQr(aBase45(otro), llaves), null)
})

test('the memory of keys has a ceiling and forgets the one used longest ago', () => {
  const lru = new Lru<number>(2)
  lru.set('a', 1)
  lru.set('b', 2)
  lru.get('a')
  lru.set('c', 3)
  assert.equal([lru.get('a'), lru.get('b'), lru.get('c'), lru.size], [1, undefined, 3, 2])
})

test.run()
