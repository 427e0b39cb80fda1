import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aPantalla, cajaDe, type Vista } from './geometria.ts'

/** A 720p camera, upright, on a phone of 360 × 800: scaled to the height, cut left and right. */
const telefono: Vista = { cuadro: { ancho: 720, alto: 1280 }, pantalla: { x: 0, y: 0, ancho: 360, alto: 800 }, espejo: false }

test('the middle stays in the middle, what is cut is outside', () => {
  assert.equal(aPantalla({ x: 360, y: 640 }, telefono), { x: 180, y: 400 })
  assert.equal(aPantalla({ x: 0, y: 0 }, telefono), { x: -45, y: 0 })
})

test('mirrored, left is right', () => {
  assert.equal(aPantalla({ x: 0, y: 0 }, { ...telefono, espejo: true }), { x: 405, y: 0 })
})

test('a video that is not at the origin', () => {
  const vista: Vista = { cuadro: { ancho: 100, alto: 100 }, pantalla: { x: 10, y: 20, ancho: 200, alto: 200 }, espejo: false }
  assert.equal(aPantalla({ x: 50, y: 0 }, vista), { x: 110, y: 20 })
})

test('the box holds the four corners with air around, whichever way the code is turned', () => {
  const rombo = [
    { x: 360, y: 540 },
    { x: 460, y: 640 },
    { x: 360, y: 740 },
    { x: 260, y: 640 },
  ]
  assert.equal(cajaDe(rombo, telefono, 10), { x: 107.5, y: 327.5, ancho: 145, alto: 145 })
  assert.is(cajaDe([], telefono), null)
  assert.is(cajaDe(Array(4).fill({ x: 0, y: 0 }), telefono), null, 'an engine that gave no corners')
})

test.run()
