/** The key of a phone, and of one that refuses to keep keys (design 04 §1.1). */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { generarParDeLlaves } from '../../schema/core/firma.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import type { LlaveGuardada } from '../../schema/core/llave-guardada.ts'
import { comprimir } from '../../schema/domain/tarjetas/punto.ts'
import { emitirCertificado, verificarQr } from '../../schema/domain/tarjetas/qr.ts'
import type { Almacen, TarjetaGuardada } from './almacen.ts'
import { claveEscrita, emitirQr, venceAt } from './emisor.ts'
import { asegurarLlave, esExtraible } from './llave.ts'
import { crearReloj } from './reloj.ts'

const AHORA = Date.UTC(2026, 10, 21, 18)
const HORA = 3_600_000
const ca = await generarParDeLlaves()

/** A platform's store, with its refusal: some give DataCloneError for a key, some take it and give back nothing. */
function plataforma(rechaza: 'nada' | 'al_guardar' | 'al_leer'): Almacen {
  let llave: LlaveGuardada | undefined
  let ctr = 0
  return {
    async poner(_nota: string, valor: unknown) {
      const puesta = valor as LlaveGuardada
      if ('privada' in puesta && rechaza === 'al_guardar') throw new DOMException('not cloned', 'DataCloneError')
      llave = puesta
    },
    leerLlave: async () => (llave && 'privada' in llave && rechaza === 'al_leer' ? undefined : llave),
    siguienteUso: async () => ++ctr,
  } as unknown as Almacen
}
async function tarjetaDe(llave: LlaveGuardada): Promise<TarjetaGuardada> {
  const devPub = comprimir(deBase64(llave.publica))
  const vence = AHORA + 14 * 24 * HORA
  const certificado = await emitirCertificado(ca.privateKey, { kid: 1, cardId: 'a'.repeat(16), notAfter: vence, nivel: 'oro', devPub })
  const clave = new Uint8Array(32).fill(7)
  return {
    usuarioId: 'u',
    correo: '',
    nombre: 'Ana',
    cardId: 'a'.repeat(16),
    numero: '40718826',
    certificado,
    llave: '',
    nivel: 'oro',
    venceAt: vence,
    emitidaAt: AHORA,
    clave,
  }
}
const reloj = (hora = AHORA) => crearReloj({ offset: 0, sincronizadoAt: AHORA, ultimaHora: 0 }, () => ({ wall: hora, mono: 0 }))
const llaves = new Map([[1, ca.publicKey]])

test('a key that stays in the phone is made once, and its QR verifies with a number each', async () => {
  const almacen = plataforma('nada')
  const llave = await asegurarLlave(almacen)
  assert.is((await asegurarLlave(almacen)).publica, llave.publica)
  assert.is(esExtraible(llave), false)
  const tarjeta = await tarjetaDe(llave)
  const usos: number[] = []
  for (let i = 0; i < 3; i++) {
    const qr = await emitirQr(almacen, reloj(), tarjeta, llave)
    const visto = qr && (await verificarQr(qr.texto, llaves))
    assert.equal([visto?.flags, visto?.tsMs, visto?.nivel], [0, AHORA, 'oro'])
    usos.push(visto?.ctr ?? -1)
  }
  assert.equal(usos, [1, 2, 3])
})

test('a phone that refuses keys gets one that can be exported; the QR says so and lives 72 h', async () => {
  for (const rechaza of ['al_guardar', 'al_leer'] as const) {
    const almacen = plataforma(rechaza)
    const llave = await asegurarLlave(almacen)
    assert.ok(esExtraible(llave), rechaza)
    const tarjeta = await tarjetaDe(llave)
    assert.is(venceAt(tarjeta, llave), AHORA + 72 * HORA)
    const qr = await emitirQr(almacen, reloj(AHORA + 71 * HORA), tarjeta, llave)
    const visto = qr && (await verificarQr(qr.texto, llaves))
    assert.is((visto?.flags ?? 0) & 1, 1)
    assert.is(await emitirQr(almacen, reloj(AHORA + 72 * HORA), tarjeta, llave), null)
  }
})

test('PWA-27: past its certificate a phone signs nothing', async () => {
  const almacen = plataforma('nada')
  const llave = await asegurarLlave(almacen)
  const tarjeta = await tarjetaDe(llave)
  assert.ok(await emitirQr(almacen, reloj(AHORA + 14 * 24 * HORA - 1), tarjeta, llave))
  assert.is(await emitirQr(almacen, reloj(AHORA + 14 * 24 * HORA), tarjeta, llave), null)
})

test('the typed code is six digits of this minute, also from bytes; without a secret there is none', async () => {
  const llave = await asegurarLlave(plataforma('nada'))
  const tarjeta = await tarjetaDe(llave)
  const dada = await claveEscrita(tarjeta, AHORA + 15_000)
  assert.match(dada?.clave ?? '', /^\d{6}$/)
  assert.is(dada?.quedanMs, 45_000)
  assert.is(await claveEscrita({ ...tarjeta, clave: null }, AHORA), null)
})

test.run()
