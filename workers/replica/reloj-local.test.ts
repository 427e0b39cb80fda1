import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Notas, Reloj } from './puertos.ts'
import { crearRelojLocal } from './reloj-local.ts'
import { unReloj } from './testing/puertos-de-prueba.ts'

const ARRANQUE = '01900000-0000-7000-8000-0000000000aa'
function mundo() {
  const mapa = new Map<string, unknown>()
  const notas: Notas = {
    leer: async <T>(llave: string) => mapa.get(llave) as T | undefined,
    escribir: async (llave, valor) => void mapa.set(llave, valor),
    borrar: async (llave) => void mapa.delete(llave),
  }
  const aparato = unReloj()
  const reloj: Reloj = { now: () => aparato.wall, mono: () => aparato.mono, setTimeout: () => 0, clearTimeout: () => {} }
  return { aparato, notas, abrir: () => crearRelojLocal(reloj, notas, ARRANQUE) }
}
/** An exchange of `rtt` ms at whose end the server's hour is the device's first hour + `hora`. */
function intercambio(reloj: ReturnType<typeof crearRelojLocal>, aparato: ReturnType<typeof unReloj>, hora: number, rtt: number) {
  const antes = reloj.leer()
  aparato.avanzar(rtt)
  reloj.aprender(INICIO + hora, antes)
}
const INICIO = unReloj().wall

test('the offset is that of the sample with the least rtt of the last five; one above 5 s is dropped', () => {
  const { aparato, abrir } = mundo()
  const reloj = abrir()
  intercambio(reloj, aparato, 100_000, 400)
  assert.is(reloj.offset(), 100_000 + 200 - 400)
  intercambio(reloj, aparato, 777_777, 6_000)
  assert.is(reloj.offset(), 99_800)
  intercambio(reloj, aparato, 106_300, 20)
  assert.is(reloj.offset(), 106_300 + 10 - 6_420)
  intercambio(reloj, aparato, 107_000, 300)
  assert.is(reloj.offset(), 99_890)
})

test('samples that cannot be of one clock: the latest stands', () => {
  const { aparato, abrir } = mundo()
  const reloj = abrir()
  intercambio(reloj, aparato, 100_000, 10)
  intercambio(reloj, aparato, 4_000_000, 500)
  assert.is(reloj.offset(), 4_000_000 + 250 - 510)
})

test('a wall clock set back within a run: the offset follows at once (R11)', () => {
  const { aparato, abrir } = mundo()
  const reloj = abrir()
  intercambio(reloj, aparato, 100_000, 10)
  const antes = reloj.ahora()
  aparato.avanzar(1_000)
  aparato.wall -= 24 * 3_600_000
  const { wall, offset } = reloj.marca()
  assert.is(Math.abs(wall + offset - (antes + 1_000)) <= 10, true)
})

test('a wall clock that runs ahead proves nothing: the device may have slept', () => {
  const { aparato, abrir } = mundo()
  const reloj = abrir()
  intercambio(reloj, aparato, 100_000, 10)
  const { offset } = reloj.marca()
  aparato.wall += 3_600_000
  assert.is(reloj.marca().offset, offset)
})

test('corrected time never falls below the last hour of the server, also after a restart with the clock set back', async () => {
  const { aparato, abrir } = mundo()
  intercambio(abrir(), aparato, 5_000_000, 10)
  aparato.wall = 0
  const otra = abrir()
  await otra.cargar()
  assert.is(otra.ahora(), INICIO + 5_000_000)
  assert.is(otra.horaCierta(), null)
  assert.is(otra.ultimoIntercambioAt(), INICIO + 5_000_000)
})

test('a jump while a request was under way gives no sample', () => {
  const { aparato, abrir } = mundo()
  const reloj = abrir()
  const antes = reloj.leer()
  aparato.avanzar(50)
  aparato.wall += 3_600_000
  reloj.aprender(INICIO, antes)
  assert.is(reloj.marca().offsetAt, 0)
})

test('an answer without an hour is the last word of the server too, and moves no clock', async () => {
  const { aparato, abrir } = mundo()
  const reloj = abrir()
  assert.is(reloj.ultimaVozAt(), null)
  intercambio(reloj, aparato, 100_000, 10)
  const { offset } = reloj.marca()
  aparato.avanzar(60_000)
  reloj.oir()
  assert.is(reloj.ultimaVozAt(), reloj.ahora())
  assert.is(reloj.ultimoIntercambioAt(), INICIO + 100_000)
  assert.is(reloj.marca().offset, offset)
  const otra = abrir()
  await otra.cargar()
  assert.is(otra.ultimaVozAt(), reloj.ultimaVozAt())
})

test.run()
