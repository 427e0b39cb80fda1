import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MONTO_MAXIMO_CENTAVOS } from '../../../schema/core/dinero.ts'
import { leerPrecio, precioEscrito, precioNuevo, redondear } from './precios.ts'

test('a price is set, moved by an amount, or by a percentage to the centavo', () => {
  assert.is(precioNuevo(18_900, { modo: 'fijar', centavos: 19_950 }, 'cinco'), 19_950)
  assert.is(precioNuevo(18_900, { modo: 'sumar', centavos: 1_000 }, 'exacto'), 19_900)
  assert.is(precioNuevo(18_900, { modo: 'sumar', centavos: -20_000 }, 'exacto'), 0)
  assert.is(precioNuevo(11_500, { modo: 'porcentaje', porcentaje: 7 }, 'exacto'), 12_305)
  assert.is(precioNuevo(10_000, { modo: 'porcentaje', porcentaje: -12.5 }, 'exacto'), 8_750)
  assert.is(precioNuevo(115, { modo: 'porcentaje', porcentaje: 10 }, 'exacto'), 127, '126.5 goes up')
  assert.is(precioNuevo(MONTO_MAXIMO_CENTAVOS, { modo: 'porcentaje', porcentaje: 50 }, 'exacto'), MONTO_MAXIMO_CENTAVOS)
})

test('rounding goes to the nearest peso, five, or ending in nine', () => {
  assert.equal(
    [12_349, 12_350].map((c) => redondear(c, 'peso')),
    [12_300, 12_400],
  )
  assert.equal(
    [12_249, 12_250, 12_799].map((c) => redondear(c, 'cinco')),
    [12_000, 12_500, 13_000],
  )
  assert.equal(
    [300, 12_300, 12_500, 19_900].map((c) => redondear(c, 'nueve')),
    [900, 11_900, 12_900, 19_900],
  )
})

test('a price is read as people write it, and written as they read it', () => {
  assert.equal(['199', '$1,250.50', ' 12.5 ', '0', '0.00', '7.'].map(leerPrecio), [19_900, 125_050, 1_250, 0, 0, 700])
  assert.equal(['', '-5', '1.234', 'doce', '99999999999'].map(leerPrecio), [null, null, null, null, null])
  assert.is(precioEscrito(19_900), '199.00')
})

test.run()
