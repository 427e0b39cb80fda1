import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Rechazo } from '../../core/rechazo.ts'
import { aBase45, deBase45 } from '../tarjetas/base45.ts'
import { alCeder, alPedir, alSaberDe, finDelArriendo, type Tenencia, VIDA_DEL_ARRIENDO_MS } from './arriendo.ts'
import { devueltoAt, ESPERA_DEL_CANJE_MS, enPlazo, TOLERANCIA_DEL_CANJE_MS } from './canje.ts'
import { CODIGOS_DE_CANJE, codigoDeCanje, idDeCanje, leerCodigoDeCanje } from './codigo.ts'
import { motivoParaNoEntregar } from './motivo.ts'
import { firmarQrDeCanje, leerQrDeCanje, numeroTecleado, type QrDeCanje, verificarQrDeCanje } from './qr-canje.ts'
import { situacionDeArriendo } from './quien-entrega.ts'

const par = () =>
  globalThis.crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']) as Promise<CryptoKeyPair>
const [plataforma, otra] = [await par(), await par()]
const llaves = new Map([[7, plataforma.publicKey]])
const CANJE: QrDeCanje = {
  ...{ kid: 7, negocioNumero: 16_777_215, cardId: '00000000deadbeef', canjeNumero: 2 ** 48 - 1, recompensaNumero: 12, puntos: 500 },
  ...{ valorCentavos: 6_500, sucursalNumero: 3, venceAt: 1_795_219_200_000 },
}

test('SCAN-30: a code is CANJE- and six letters that nobody takes for another', () => {
  assert.is(codigoDeCanje(0), 'CANJE-000000')
  assert.is(codigoDeCanje(CODIGOS_DE_CANJE - 1), 'CANJE-ZZZZZZ')
  for (const n of [-1, 1.5, CODIGOS_DE_CANJE, Number.NaN]) assert.throws(() => codigoDeCanje(n))
  fc.assert(fc.property(fc.nat(CODIGOS_DE_CANJE - 1), (n) => assert.is(leerCodigoDeCanje(codigoDeCanje(n)), n)))
})

test('SCAN-30: a code is understood as people type it, and what is no code is nothing', () => {
  const n = leerCodigoDeCanje('CANJE-7X9K2M')
  assert.is(codigoDeCanje(n ?? -1), 'CANJE-7X9K2M')
  for (const escrito of ['7x9k2m', ' canje 7X9 K2M ', 'canje7x9k2m', '7X9-K2M']) assert.is(leerCodigoDeCanje(escrito), n, escrito)
  assert.is(leerCodigoDeCanje('OIL0i1'), leerCodigoDeCanje('011011'))
  assert.is(
    codigoDeCanje(leerCodigoDeCanje('canje1') ?? -1),
    'CANJE-CANJE1',
    'six letters of the alphabet are a code, though they begin like the word',
  )
  for (const nada of ['', '7X9K2', '7X9K2MM', 'CANJE-', '7X9K2U', '7X9K2ñ', 'CANJE-7X9K2MM']) assert.is(leerCodigoDeCanje(nada), null, nada)
})

test('[R5] a delivery up to 30 s past the end is in time; the points go back once nobody can have given it, or after 24 h', () => {
  const vence = 1_000_000
  assert.equal(
    [0, TOLERANCIA_DEL_CANJE_MS, TOLERANCIA_DEL_CANJE_MS + 1].map((tras) => enPlazo(vence + tras, vence)),
    [true, true, false],
  )
  assert.is(devueltoAt(vence, null), vence + TOLERANCIA_DEL_CANJE_MS)
  assert.is(devueltoAt(vence, vence + TOLERANCIA_DEL_CANJE_MS + 1), vence + TOLERANCIA_DEL_CANJE_MS)
  assert.is(devueltoAt(vence, vence), vence + ESPERA_DEL_CANJE_MS)
})

test('the QR of a canje is 100 bytes in 150 letters and says what the server signed', async () => {
  const texto = await firmarQrDeCanje(plataforma.privateKey, CANJE)
  assert.is(texto.length, 150)
  assert.equal(leerQrDeCanje(texto), CANJE)
  assert.equal(await verificarQrDeCanje(texto, llaves), CANJE)
  assert.is(numeroTecleado(CANJE), CODIGOS_DE_CANJE - 1)
  assert.is(await verificarQrDeCanje(texto, new Map([[7, otra.publicKey]])), null)
  assert.is(await verificarQrDeCanje(texto, new Map()), null)
})

test('every single bit of the QR of a canje is guarded', async () => {
  const bytes = deBase45(await firmarQrDeCanje(plataforma.privateKey, CANJE)) as Uint8Array
  for (let bit = 0; bit < 800; bit++) {
    const tocado = bytes.slice()
    tocado[bit >> 3] = (tocado[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.is(await verificarQrDeCanje(aBase45(tocado), llaves), null, `bit ${bit}`)
  }
})

test('what is no canje is refused, and numbers beyond their bytes are not signed', async () => {
  for (const texto of ['', 'hola', aBase45(new Uint8Array(100)), aBase45(new Uint8Array(186).fill(0x13))]) {
    assert.throws(
      () => leerQrDeCanje(texto),
      (error: unknown) => error instanceof Rechazo && error.codigo === 'CANJE_INVALIDO',
    )
    assert.is(await verificarQrDeCanje(texto, llaves), null)
  }
  const fuera: Partial<QrDeCanje>[] = [
    { puntos: 2 ** 24 },
    { valorCentavos: 2 ** 32 },
    { sucursalNumero: 65_536 },
    { canjeNumero: 2 ** 48 },
    { kid: -1 },
  ]
  for (const mal of [...fuera, { cardId: 'DEADBEEF' }, { venceAt: Number.NaN }]) {
    let firmado = true
    await firmarQrDeCanje(plataforma.privateKey, { ...CANJE, ...mal }).catch(() => (firmado = false))
    assert.not(firmado, JSON.stringify(mal))
  }
})

test('SCAN-33: why a counter gives nothing: given, of another sucursal, cancelled, late; to the last second of its tolerance it gives', () => {
  const canje = { estado: 'pendiente', venceAt: 1_000_000, sucursalId: 'centro' } as const
  const motivo = (mas: object, sucursalId: string | null = 'centro', ahora = 1_000_000) =>
    motivoParaNoEntregar({ ...canje, ...mas }, sucursalId, ahora)
  assert.equal(
    [motivo({}), motivo({ sucursalId: null }, 'norte'), motivo({}, 'centro', 1_000_000 + TOLERANCIA_DEL_CANJE_MS)],
    [null, null, null],
  )
  assert.equal(
    [motivo({ estado: 'confirmado' }, 'norte'), motivo({}, 'norte'), motivo({}, null), motivo({ estado: 'cancelado' })],
    ['CANJE_YA_ENTREGADO', 'CANJE_OTRA_SUCURSAL', 'CANJE_OTRA_SUCURSAL', 'CANJE_CANCELADO'],
  )
  const tarde = motivo({}, 'centro', 1_000_001 + TOLERANCIA_DEL_CANJE_MS)
  assert.equal([motivo({ estado: 'expirado' }), tarde], ['CANJE_VENCIDO', 'CANJE_VENCIDO'])
})

const DIA = VIDA_DEL_ARRIENDO_MS
const deA: Tenencia = {
  ...{ dispositivoId: 'a', emitidoAt: 0, venceAt: DIA, vistaHasta: 0, pedidoPor: null, anteriorId: null, sinSaberHasta: null },
  ...{ bajaAt: null, esperaViva: false },
}
const queEspera: Tenencia = { ...deA, pedidoPor: 'b', esperaViva: true }

test('[R5] the lease: to who is heard of first; its holder keeps it with an hour used, unless somebody waits; whoever waits has it at its end', () => {
  assert.equal(
    [alSaberDe(null, 'a', 5, false)?.dispositivoId, alPedir(null, 'b', 5)?.venceAt, finDelArriendo({ ...deA, bajaAt: 7 })],
    ['a', DIA + 5, 7],
  )
  const hora = DIA / 24
  assert.equal(
    [alSaberDe(deA, 'a', hora, true), alSaberDe(deA, 'b', hora + 1, true), alSaberDe(deA, 'a', hora + 1, false)],
    [null, null, null],
  )
  assert.is(alSaberDe(deA, 'a', hora + 1, true)?.venceAt, DIA + hora + 1)
  assert.is(alSaberDe(queEspera, 'a', hora + 1, true), null)
  const alFin = [queEspera, { ...queEspera, esperaViva: false }, deA, { ...deA, bajaAt: 9 }].map((t) => alSaberDe(t, 'c', DIA, true))
  assert.equal(
    alFin.map((x) => [x?.dispositivoId, x?.emitidoAt, x?.anteriorId, x?.sinSaberHasta]),
    [
      ['b', DIA, 'a', DIA],
      ['c', DIA, 'a', DIA],
      ['c', DIA, 'a', DIA],
      ['c', DIA, 'a', 9],
    ],
  )
})

test('[R5] asked for, it passes when its holder lets go; what one or more before it gave is not known until they say it', () => {
  assert.equal([alPedir(deA, 'a', 5), alPedir(queEspera, 'b', 5)], [null, null])
  assert.equal([alPedir(queEspera, 'c', 5)?.pedidoPor, alPedir(deA, 'b', DIA)?.dispositivoId], ['c', 'b'])
  assert.equal(
    [alCeder(null, 'a', 5), alCeder(queEspera, 'b', 5), alCeder(deA, 'a', 5), alCeder({ ...queEspera, esperaViva: false }, 'a', 5)],
    [null, null, null, null],
  )
  const pasado = (t: Partial<Tenencia>) => {
    const x = alCeder({ ...queEspera, ...t }, 'a', 50)
    return [x?.dispositivoId, x?.vistaHasta, x?.anteriorId, x?.sinSaberHasta]
  }
  assert.equal(pasado({}), ['b', 50, 'a', 50])
  assert.equal(pasado({ vistaHasta: 50 }), ['b', 50, null, null])
  assert.equal(pasado({ anteriorId: 'z', sinSaberHasta: 30 }), ['b', 50, null, 50], 'two of them')
  assert.equal(pasado({ anteriorId: 'a', sinSaberHasta: 30 }), ['b', 50, 'a', 50])
  assert.equal(pasado({ vistaHasta: 50, anteriorId: 'z', sinSaberHasta: 30 }), ['b', 50, 'z', 30])
  const suyo = alSaberDe(deA, 'a', DIA, true)
  assert.equal([suyo?.venceAt, suyo?.vistaHasta, suyo?.sinSaberHasta], [2 * DIA, 0, null], 'its own again: it says no more than before')
})

test('[R5] who gives canjes with no network: the till that holds the lease, until somebody waits for it or it ends', () => {
  const arriendo = { dispositivoId: 'c1', venceAt: 1_000, pedidoPor: null }
  assert.is(situacionDeArriendo(arriendo, 'c1', 1_000), 'esta_caja')
  assert.is(situacionDeArriendo(arriendo, 'c2', 1_000), 'otra_caja')
  assert.is(situacionDeArriendo({ ...arriendo, pedidoPor: 'c1' }, 'c1', 5), 'esta_caja')
  assert.is(situacionDeArriendo({ ...arriendo, pedidoPor: 'c2' }, 'c1', 5), 'por_entregar')
  assert.is(situacionDeArriendo({ ...arriendo, pedidoPor: 'c2' }, 'c2', 5), 'otra_caja')
  assert.is(situacionDeArriendo(arriendo, 'c1', 1_001), 'nadie')
  for (const nada of [null, undefined]) assert.is(situacionDeArriendo(nada, 'c1', 5), 'nadie')
})

test('[R14] a canje has one id, known from its number: the same for everybody, another in another negocio', async () => {
  const ids = await Promise.all([idDeCanje('n1', 7), idDeCanje('n1', 7), idDeCanje('n1', 8), idDeCanje('n2', 7)])
  assert.match(ids[0] ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  assert.is(ids[0], ids[1])
  assert.is(new Set(ids).size, 3)
})

test.run()
