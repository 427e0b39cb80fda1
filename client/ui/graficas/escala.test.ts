import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pico, separar, solos, topeDeCuenta, topeDeTiempo, ultimo } from './escala.ts'

test('the top of an axis is a round number whose half is round too', () => {
  assert.equal([0, 2, 3, 9, 12, 231, 601].map(topeDeCuenta), [2, 2, 4, 10, 12, 240, 800])
  assert.equal([0, 390, 7_900, 61_000, 7_000_000, 20_000_000].map(topeDeTiempo), [200, 400, 8_000, 120_000, 7_200_000, 28_800_000])
})

test('one peak is worth a remark; a flat line and the last point are not', () => {
  assert.is(pico([20, 24, 220, 30, 22]), 2)
  assert.is(pico([20, 24, 26, 22]), null)
  assert.is(pico([20, 24, 26, 220]), null)
  assert.is(pico([null, 5, null]), null)
})

test('a point between gaps is drawn by itself, and the last known value has the label', () => {
  assert.equal(solos([null, 5, null, 3, 4, undefined, 1]), [1, 6])
  assert.equal(ultimo([1, 7, null]), { donde: 1, valor: 7 })
  assert.is(ultimo([null]), null)
})

test('labels that would lie on each other are moved apart', () => {
  assert.equal(separar([100, 98], 14), [112, 98])
  assert.equal(separar([20, 80], 14), [20, 80])
})

test.run()
