import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { conTecla, faltaDeMonto, montoEnTexto, SIN_MONTO, type TeclaDeMonto } from './monto.ts'

const teclear = (...teclas: TeclaDeMonto[]) => teclas.reduce(conTecla, SIN_MONTO)

test('[SCAN-17] the amount fills from the centavos', () => {
  assert.is(teclear('5').centavos, 5)
  assert.is(teclear('5', '0', '0', '00').centavos, 50_000)
  assert.is(teclear('3', '2', '5', '5', '0').centavos, 32_550)
  assert.is(teclear('0', '00', '7').centavos, 7, 'leading zeros add nothing')
})

test('delete takes the last digit, and nothing is below zero', () => {
  assert.is(teclear('1', '2', '3', 'borrar').centavos, 12)
  assert.equal(teclear('borrar'), SIN_MONTO)
})

test('a digit above the limit is not taken and the field says why, until the next key', () => {
  const lleno = teclear(...Array.from({ length: 10 }, () => '9' as const))
  assert.equal(lleno, { centavos: 9_999_999_999, error: null })
  assert.equal(conTecla(lleno, '9'), { centavos: 9_999_999_999, error: 'MONTO_EXCEDIDO' })
  assert.equal(conTecla(conTecla(lleno, '00'), 'borrar'), { centavos: 999_999_999, error: null })
  assert.is(conTecla({ centavos: 99_999_999, error: null }, '00').centavos, 9_999_999_900)
})

test('zero is no amount', () => {
  assert.is(faltaDeMonto(0), 'MONTO_CERO')
  assert.is(faltaDeMonto(1), null)
})

test('money is written with its thousands and its centavos', () => {
  assert.is(montoEnTexto(0), '0.00')
  assert.is(montoEnTexto(5), '0.05')
  assert.is(montoEnTexto(9_999_999_999), '99,999,999.99')
})

test.run()
