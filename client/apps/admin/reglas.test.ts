import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { REGLAS } from '../../../schema/domain/hechos/tipos.ts'
import { esDeEdiciones, REGLAS_EN_ORDEN, reglaEnPalabras, sinRenglones } from './reglas.ts'

test('every rule of the ledger has its words, in the order of its number', () => {
  assert.equal(REGLAS_EN_ORDEN, [...REGLAS])
  for (const regla of REGLAS) {
    const { corto, titulo, frase } = reglaEnPalabras(regla)
    assert.ok(corto && titulo && frase.endsWith('.'), regla)
  }
})

test('rules of edits have no list; what was sent again is counted and need not have one', () => {
  assert.equal(REGLAS_EN_ORDEN.filter(esDeEdiciones), ['R7', 'R8', 'R9'])
  assert.equal(REGLAS_EN_ORDEN.filter(sinRenglones), ['R1', 'R7', 'R8', 'R9'])
})

test('without a rule it is what no judge could read', () => {
  assert.is(reglaEnPalabras(null).corto, 'Sin procesar')
  assert.is(reglaEnPalabras('R99').corto, 'Sin procesar')
})

test.run()
