import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { REGLAS } from '../../../schema/domain/hechos/tipos.ts'
import { REGLAS_EN_ORDEN, reglaEnPalabras } from './reglas.ts'

test('every rule of the ledger has its words, in the order of its number', () => {
  assert.equal(REGLAS_EN_ORDEN, [...REGLAS])
  for (const regla of REGLAS) {
    const { corto, titulo, frase } = reglaEnPalabras(regla)
    assert.ok(corto && titulo && frase.endsWith('.'), regla)
  }
})

test('without a rule it is what no judge could read', () => {
  assert.is(reglaEnPalabras(null).corto, 'Sin procesar')
  assert.is(reglaEnPalabras('R99').corto, 'Sin procesar')
})

test.run()
