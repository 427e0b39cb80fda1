import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CARRERA_MS, type Carrera, type Intento, otraVuelta, salida, trasCuadro, turno } from './carrera.ts'

const leyo = (texto: string, ms = 10): Intento => ({ textos: [texto], ms })
const mudo: Intento = { textos: [], ms: 10 }
const fallo: Intento = { textos: [], ms: 10, fallo: true }
const ambos = { zxing: true, nativo: true }
const correr = () => salida(ambos, 0)
const motor = (carrera: Carrera) => (carrera.fase === 'solo' ? carrera.motor : carrera.fase)

test('both race; alone there is no race; without engines there is nobody', () => {
  assert.equal(turno(correr()), ['zxing', 'nativo'])
  assert.equal(turno(salida({ zxing: true, nativo: false }, 0)), ['zxing'])
  assert.equal(turno(salida({ zxing: false, nativo: true }, 0)), ['nativo'])
  assert.equal(turno(salida({ zxing: false, nativo: false }, 0)), [])
})

test('both read the same: the faster one stays', () => {
  assert.is(motor(trasCuadro(correr(), { zxing: leyo('A', 9), nativo: leyo('A', 4) }, 100)), 'nativo')
  assert.is(motor(trasCuadro(correr(), { zxing: leyo('A', 4), nativo: leyo('A', 9) }, 100)), 'zxing')
})

test('faster but not the same is not right', () => {
  assert.is(motor(trasCuadro(correr(), { zxing: leyo('A', 9), nativo: leyo('B', 1) }, 100)), 'zxing')
})

test('native loses for good when it throws, or is mute while zxing reads', () => {
  for (const nativo of [fallo, mudo]) {
    const despues = trasCuadro(correr(), { zxing: leyo('A'), nativo }, 100)
    assert.equal(turno(despues), ['zxing'])
    assert.is(otraVuelta(despues, 999_999), despues)
  }
})

test('native wins what zxing does not read', () => {
  assert.is(motor(trasCuadro(correr(), { zxing: mudo, nativo: leyo('A') }, 100)), 'nativo')
})

test('two seconds without a reading: zxing goes on alone, and the next camera starts the race again', () => {
  assert.is(motor(trasCuadro(correr(), { zxing: mudo, nativo: mudo }, CARRERA_MS - 1)), 'corren')
  const despues = trasCuadro(correr(), { zxing: mudo, nativo: mudo }, CARRERA_MS)
  assert.is(motor(despues), 'zxing')
  assert.equal(otraVuelta(despues, 5_000), { fase: 'corren', desdeMs: 5_000 })
})

test('a native that won is looked over while it sees nothing, and loses when zxing reads what it does not', () => {
  let carrera = trasCuadro(correr(), { zxing: leyo('A', 9), nativo: leyo('A', 4) }, 100)
  let revisiones = 0
  for (let n = 0; n < 16; n++) {
    const quienes = turno(carrera)
    if (quienes.length === 2) revisiones++
    carrera = trasCuadro(carrera, Object.fromEntries(quienes.map((uno) => [uno, mudo])), 200)
  }
  assert.is(revisiones, 2)
  assert.is(motor(carrera), 'nativo', 'silence of both says nothing about either')
  assert.is(motor(trasCuadro(carrera, { nativo: mudo, zxing: leyo('A') }, 300)), 'zxing')
})

test('whoever breaks down gives its place to the other one, once', () => {
  const nativo = trasCuadro(correr(), { zxing: leyo('A', 9), nativo: leyo('A', 4) }, 100)
  const zxing = trasCuadro(nativo, { nativo: fallo }, 200)
  assert.is(motor(zxing), 'zxing')
  assert.is(trasCuadro(zxing, { zxing: fallo }, 300).fase, 'nadie')
  assert.is(motor(trasCuadro(correr(), { zxing: fallo, nativo: mudo }, 100)), 'nativo')
  assert.is(trasCuadro(correr(), { zxing: fallo, nativo: fallo }, 100).fase, 'nadie')
})

test.run()
