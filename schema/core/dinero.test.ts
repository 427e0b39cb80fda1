import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { centavosDesdePesos, MONTO_MAXIMO_CENTAVOS, pesosDesdeCentavos, revisarCentavos } from './dinero.ts'
import { Rechazo } from './rechazo.ts'

const codigo = (fn: () => unknown): string => {
  try {
    return `gave ${fn()}`
  } catch (error) {
    return error instanceof Rechazo ? `${error.codigo} ${error.campo}` : String(error)
  }
}

test('pesos become centavos through their text, never through a double', () => {
  const casos: [number | string, number][] = [
    [1.15, 115],
    [4.35, 435],
    [0.01, 1],
    [325.5, 32_550],
    ['325.50', 32_550],
    [' 99999999.99 ', MONTO_MAXIMO_CENTAVOS],
    [1.1, 110],
    [2.675 * 2, 535],
  ]
  for (const [pesos, centavos] of casos) assert.is(centavosDesdePesos(pesos), centavos, String(pesos))
})

test('SCAN-34: each wrong monto has its own code, on its field', () => {
  const casos: [number | string, string][] = [
    [0, 'MONTO_CERO'],
    ['0.00', 'MONTO_CERO'],
    [-1, 'MONTO_NEGATIVO'],
    ['-0.01', 'MONTO_NEGATIVO'],
    [1.005, 'MONTO_DECIMALES'],
    ['1.001', 'MONTO_DECIMALES'],
    [0.001, 'MONTO_DECIMALES'],
    [-0.001, 'MONTO_NEGATIVO'],
    [0.009, 'MONTO_DECIMALES'],
    [1e-7, 'MONTO_DECIMALES'],
    [-1e-7, 'MONTO_NEGATIVO'],
    [100_000_000, 'MONTO_EXCEDIDO'],
    ['100000000.00', 'MONTO_EXCEDIDO'],
    [1e21, 'MONTO_EXCEDIDO'],
    [1e9, 'MONTO_EXCEDIDO'],
    [-1e21, 'MONTO_NEGATIVO'],
    [-1e9, 'MONTO_NEGATIVO'],
    [Number.NaN, 'MONTO_INVALIDO'],
    [Number.POSITIVE_INFINITY, 'MONTO_INVALIDO'],
    ['', 'MONTO_INVALIDO'],
    ['1,250.00', 'MONTO_INVALIDO'],
    ['1e3', 'MONTO_INVALIDO'],
    ['doce', 'MONTO_INVALIDO'],
  ]
  for (const [pesos, esperado] of casos)
    assert.is(
      codigo(() => centavosDesdePesos(pesos)),
      `${esperado} monto`,
      String(pesos),
    )
})

test('centavos are whole, from 1 to 9,999,999,999', () => {
  assert.is(revisarCentavos(1), 1)
  assert.is(revisarCentavos(MONTO_MAXIMO_CENTAVOS), MONTO_MAXIMO_CENTAVOS)
  assert.is(
    codigo(() => revisarCentavos(MONTO_MAXIMO_CENTAVOS + 1)),
    'MONTO_EXCEDIDO montoCentavos',
  )
  assert.is(
    codigo(() => revisarCentavos(1.5, 'precio')),
    'MONTO_DECIMALES precio',
  )
  for (const [centavos, esperado] of [
    [Number.NaN, 'MONTO_INVALIDO'],
    [Number.POSITIVE_INFINITY, 'MONTO_INVALIDO'],
    [-1, 'MONTO_NEGATIVO'],
    [-1.5, 'MONTO_DECIMALES'],
    [0, 'MONTO_CERO'],
  ] as const)
    assert.is(
      codigo(() => revisarCentavos(centavos)),
      `${esperado} montoCentavos`,
    )
})

test('there and back: every amount keeps its centavos', () => {
  for (const centavos of [1, 9, 10, 99, 100, 115, 32_550, MONTO_MAXIMO_CENTAVOS])
    assert.is(centavosDesdePesos(pesosDesdeCentavos(centavos)), centavos)
  assert.is(pesosDesdeCentavos(-5), '-0.05')
  assert.is(pesosDesdeCentavos(0), '0.00')
  assert.is(pesosDesdeCentavos(1_250_005), '12500.05')
})

test.run()
