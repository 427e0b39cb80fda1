import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MINUTO } from '../../../../schema/core/tiempo.ts'
import { conVivos, ventana } from './pulso.ts'

const HORA = Date.UTC(2026, 10, 22, 20, 21, 30)
const punto = (hace: number, hechos: number) => ({
  at: Math.floor((HORA - hace * MINUTO) / MINUTO) * MINUTO,
  hechos,
  p50: 400,
  p95: 2_900,
})

test('every minute of the window has its place; where nothing came there are no facts and no delay', () => {
  const p = ventana([punto(0, 20), punto(2, 7), punto(99, 5)], { hora: HORA, cadaMs: MINUTO, rango: '15m' })
  assert.is(p.at.length, 15)
  assert.is(p.at.at(-1), Date.UTC(2026, 10, 22, 20, 21))
  assert.equal(p.hechos.slice(-4), [0, 7, 0, 20])
  assert.equal(p.p95.slice(-4), [null, 2_900, null, 2_900])
  assert.is(
    p.hechos.reduce((a, b) => a + b),
    27,
    'what is older than the window is left out',
  )
})

test('longer windows have wider steps', () => {
  assert.is(ventana([], { hora: HORA, cadaMs: 15 * MINUTO, rango: '24h' }).at.length, 96)
  assert.is(ventana([], { hora: HORA, cadaMs: 120 * MINUTO, rango: '7d' }).at.length, 84)
})

test('a minute that came live takes the place of the one that was read', () => {
  const unidos = conVivos([punto(1, 5), punto(2, 6)], [punto(1, 9), punto(0, 1)])
  assert.equal(
    unidos.map((p) => p.hechos),
    [6, 9, 1],
  )
})

test.run()
