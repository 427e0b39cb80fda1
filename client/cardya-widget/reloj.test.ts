import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { banderas, crearReloj, type NotaDeReloj, SIN_RELOJ } from './reloj.ts'

const HORA = 3_600_000
const DIA = 24 * HORA
const AHORA = Date.UTC(2026, 10, 21, 18)

/** A phone's two clocks, moved by hand. */
function telefono(wall = AHORA, mono = 5_000) {
  const t = { wall, mono }
  return {
    t,
    leer: () => ({ ...t }),
    pasar(ms: number) {
      t.wall += ms
      t.mono += ms
    },
  }
}

test('a phone that never heard the server believes its own clock', () => {
  const { leer, pasar } = telefono()
  const reloj = crearReloj(SIN_RELOJ, leer)
  assert.is(reloj.ahora(), AHORA)
  pasar(90_000)
  assert.is(reloj.ahora(), AHORA + 90_000)
  assert.is(reloj.sospechoso(), false)
})

test('the server’s hour is learned with half the trip, and the quickest trip wins', () => {
  const { t, leer, pasar } = telefono(AHORA - 2 * HORA)
  const reloj = crearReloj(SIN_RELOJ, leer)
  const lenta = leer()
  pasar(2_000)
  reloj.aprender(AHORA + 300, lenta)
  const rapida = leer()
  pasar(20)
  const nota = reloj.aprender(t.wall + 2 * HORA - 10, rapida)
  assert.is(nota.offset, 2 * HORA)
  assert.is(reloj.ahora(), t.wall + 2 * HORA)
})

test('an answer that took more than 5 s, or during which the clock was changed, teaches nothing', () => {
  const { t, leer, pasar } = telefono()
  const reloj = crearReloj(SIN_RELOJ, leer)
  const antes = leer()
  pasar(6_000)
  assert.is(reloj.aprender(AHORA + DIA, antes).offset, 0)
  const otra = leer()
  t.wall -= HORA
  t.mono += 50
  assert.is(reloj.aprender(AHORA, otra).offset, 0)
})

test('a clock set back while the card is open is noticed, and the hour goes on', () => {
  const { t, leer, pasar } = telefono()
  const reloj = crearReloj(SIN_RELOJ, leer)
  pasar(1_000)
  t.wall -= 3 * HORA
  pasar(1_000)
  assert.is(reloj.ahora(), AHORA + 2_000)
  assert.is(reloj.sospechoso(), true)
  const antes = leer()
  pasar(30)
  reloj.aprender(AHORA + 2_030, antes)
  assert.is(reloj.sospechoso(), false)
  assert.ok(Math.abs(reloj.ahora() - (AHORA + 2_045)) < 20)
})

test('a clock set back between two runs shows by the last hour used; a phone that slept does not', () => {
  const nota: NotaDeReloj = { offset: 0, sincronizadoAt: AHORA, ultimaHora: AHORA + HORA }
  const atrasado = crearReloj(nota, telefono(AHORA - DIA).leer)
  assert.is(atrasado.sospechoso(), true)
  assert.is(atrasado.ahora(), AHORA + HORA)
  const dormido = telefono(AHORA + 2 * HORA)
  const reloj = crearReloj(nota, dormido.leer)
  // While asleep only the wall clock goes on.
  dormido.t.wall += 8 * HORA
  assert.is(reloj.ahora(), AHORA + 10 * HORA)
  assert.is(reloj.sospechoso(), false)
})

test('an hour that was wrong is forgotten with the next exchange, also by what is stored', () => {
  const { t, leer, pasar } = telefono(AHORA)
  const reloj = crearReloj({ offset: 0, sincronizadoAt: AHORA - DIA, ultimaHora: AHORA + 5 * DIA }, leer)
  assert.is(reloj.sospechoso(), true)
  const antes = leer()
  pasar(40)
  const nota = reloj.aprender(AHORA + 20, antes)
  assert.ok(nota.ultimaHora <= t.wall + 100)
  assert.is(crearReloj(nota, leer).sospechoso(), false)
})

test('the four bits: how long since the last exchange, clock, key', () => {
  assert.is(banderas(AHORA, AHORA - HORA, false, false), 0b0000)
  assert.is(banderas(AHORA, AHORA - 2 * DIA, false, false), 0b0100)
  assert.is(banderas(AHORA, AHORA - 8 * DIA, true, false), 0b1010)
  assert.is(banderas(AHORA, AHORA - 31 * DIA, false, true), 0b1101)
  assert.is(banderas(AHORA, 0, true, true), 0b1111)
})

test.run()
