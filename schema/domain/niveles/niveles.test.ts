import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { UMBRALES } from '../configuracion/configuracion.ts'
import { calcularNivel, cruzaNivelSola, getMultiplicador, getProgresoNivel } from './niveles.ts'

test('CARD-16: thresholds', () => {
  const casos: [number, string][] = [
    [0, 'bronce'],
    [4_999, 'bronce'],
    [5_000, 'plata'],
    [14_999, 'plata'],
    [15_000, 'oro'],
    [1e9, 'oro'],
  ]
  for (const [puntos, nivel] of casos) assert.is(calcularNivel(puntos), nivel)
})

test('CARD-17: multipliers in hundredths, and those of a negocio', () => {
  assert.equal([getMultiplicador('bronce'), getMultiplicador('plata'), getMultiplicador('oro')], [100, 125, 150])
  assert.is(getMultiplicador('oro', { bronce: 100, plata: 110, oro: 200 }), 200)
})

test('CARD-18: progress', () => {
  assert.equal(getProgresoNivel(15_000), { progreso: 100, siguiente: null, faltantes: 0 })
  assert.equal(getProgresoNivel(12_500), { progreso: 75, siguiente: 'oro', faltantes: 2_500 })
  assert.equal(getProgresoNivel(5_000), { progreso: 0, siguiente: 'oro', faltantes: 10_000 })
  assert.equal(getProgresoNivel(1_250), { progreso: 25, siguiente: 'plata', faltantes: 3_750 })
})

test('CARD-18: what is missing leads exactly to the next nivel', () => {
  fc.assert(
    fc.property(fc.nat(14_999), (puntos) => {
      const { siguiente, faltantes } = getProgresoNivel(puntos)
      assert.is(calcularNivel(puntos + faltantes), siguiente)
      assert.is(calcularNivel(puntos + faltantes - 1), calcularNivel(puntos))
    }),
  )
})

test('CARD-18, CARD-20: a nivel once reached stays when thresholds rise; what is missing is for the one above', () => {
  const umbrales = { plata: 8_000, oro: 20_000 }
  assert.equal(getProgresoNivel(5_000, umbrales, 'plata'), { progreso: 0, siguiente: 'oro', faltantes: 15_000 })
  assert.equal(getProgresoNivel(15_000, umbrales, 'oro'), { progreso: 100, siguiente: null, faltantes: 0 })
  assert.equal(getProgresoNivel(14_000, umbrales, 'bronce'), { progreso: 50, siguiente: 'oro', faltantes: 6_000 }, 'points that are ahead')
})

test('[R16] a sale crosses a nivel alone when it is as wide as the nivel; nobody crosses oro', () => {
  assert.not(cruzaNivelSola('bronce', 4_999, UMBRALES))
  assert.ok(cruzaNivelSola('bronce', 5_000, UMBRALES))
  assert.not(cruzaNivelSola('plata', 9_999, UMBRALES))
  assert.ok(cruzaNivelSola('plata', 10_000, UMBRALES))
  assert.not(cruzaNivelSola('oro', 1e9, UMBRALES))
})

test.run()
