import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { convieneOfrecer, esIos } from './instalacion.ts'

const DIA = 24 * 60 * 60_000
const AHORA = 1_790_000_000_000

test('[PWA-26] installing is offered when it helps: after a first sale or QR, where it can be done, and a month after it was put off', () => {
  assert.not(convieneOfrecer('dialogo', {}, AHORA), 'not at once')
  assert.ok(convieneOfrecer('dialogo', { conviene: true }, AHORA))
  assert.ok(convieneOfrecer('a_mano', { conviene: true }, AHORA))
  assert.not(convieneOfrecer('dialogo', { conviene: true, pospuestaEl: AHORA - 29 * DIA }, AHORA))
  assert.ok(convieneOfrecer('dialogo', { conviene: true, pospuestaEl: AHORA - 31 * DIA }, AHORA))
})

test('[PWA-25] nothing is offered to whoever installed it, nor where it cannot be', () => {
  assert.not(convieneOfrecer('instalada', { conviene: true }, AHORA))
  assert.not(convieneOfrecer('no', { conviene: true }, AHORA))
})

test('an iPad that calls itself a Mac is told how, a Mac is not', () => {
  assert.ok(esIos('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 5))
  assert.ok(esIos('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15', 5))
  assert.not(esIos('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15', 0))
  assert.not(esIos('Mozilla/5.0 (Linux; Android 16) Chrome/150', 5))
})

test.run()
