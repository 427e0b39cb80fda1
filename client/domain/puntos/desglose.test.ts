import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { desgloseDe, enDecimal } from './desglose.ts'

const version = (valorPuntoCentavos = 1_000, participa = true): Configuracion => ({
  version: 1,
  participa,
  valorPuntoCentavos,
  multiplicadoresPct: { bronce: 100, plata: 125, oro: 150 },
  umbrales: { plata: 5_000, oro: 15_000 },
  vigenteAt: 0,
})

test('[SCAN-18, SCAN-20] the lines of the documented sale', () => {
  const d = desgloseDe(version(), 50_000, 'oro')
  assert.equal(d.base, { cuenta: '500 ÷ 10 =', resultado: '50' })
  assert.equal(d.conMultiplicador, { cuenta: '50 × 1.5 =', resultado: '75' })
  assert.is(d.puntos, 75)
  assert.is(d.redondeado, false)
})

test('[SCAN-20] what is rounded down says so: 325 at oro is 48.75, so 48', () => {
  const d = desgloseDe(version(), 32_500, 'oro')
  assert.equal(d.base, { cuenta: '325 ÷ 10 =', resultado: '32.5' })
  assert.equal(d.conMultiplicador, { cuenta: '32.5 × 1.5 =', resultado: '48.75' })
  assert.is(d.puntos, 48)
  assert.is(d.redondeado, true)
})

test('a quotient without an end is cut and marked, and the exact result stays exact', () => {
  const d = desgloseDe(version(300), 10_000, 'oro')
  assert.equal(d.base, { cuenta: '100 ÷ 3 =', resultado: '33.33…' })
  assert.equal(d.conMultiplicador, { cuenta: '33.33… × 1.5 =', resultado: '50' })
  assert.is(d.puntos, 50)
})

test('[PTS-02] a negocio that does not take part gives none', () => {
  const d = desgloseDe(version(1_000, false), 50_000, 'oro')
  assert.is(d.participa, false)
  assert.is(d.puntos, 0)
})

test('the largest monto loses no digit', () => {
  assert.is(desgloseDe(version(100), 9_999_999_999, 'oro').conMultiplicador.resultado, '149,999,999.98…')
  assert.is(enDecimal(9_999_999_999), '99,999,999.99')
  assert.is(enDecimal(1_050), '10.5')
  assert.is(enDecimal(5), '0.05')
})

test.run()
