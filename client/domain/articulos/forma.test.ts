import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { conCambio, conImagenes, conSucursal, erroresDe, mover, NUEVO, soloCambios } from './forma.ts'

const ORIGINAL = { ...NUEVO, nombre: 'Pizza', precioCentavos: 18_900, categoria: 'Pizzas', sucursales: ['a'] }

test('[R7] only what differs from the document is a change, and putting it back is none', () => {
  const uno = conCambio({}, ORIGINAL, 'precioCentavos', 19_900)
  assert.equal(uno, { precioCentavos: 19_900 })
  const dos = conCambio(uno, ORIGINAL, 'sucursales', ['a', 'b'])
  assert.equal(conCambio(dos, ORIGINAL, 'sucursales', ['a']), { precioCentavos: 19_900 })
  assert.equal(conCambio(uno, ORIGINAL, 'precioCentavos', 18_900), {})
})

test('[R7] a document that got to the same value by itself leaves nothing to write', () => {
  assert.equal(soloCambios({ precioCentavos: 19_900, nombre: 'Pizza grande' }, { ...ORIGINAL, precioCentavos: 19_900 }), {
    nombre: 'Pizza grande',
  })
})

test('[CAT-03] name, price and category are needed; a price of zero is a price', () => {
  assert.equal(Object.keys(erroresDe(NUEVO, null)), ['nombre', 'precioCentavos', 'categoria'])
  assert.equal(erroresDe({ ...ORIGINAL, precioCentavos: 0 }, 0), {})
})

test('[CAT-13] all sucursales is an empty list, and at least one stays', () => {
  assert.equal(conSucursal([], ['a', 'b'], 'b', false), ['a'])
  assert.equal(conSucursal(['a'], ['a', 'b'], 'b', true), [])
  assert.is(conSucursal(['a'], ['a', 'b'], 'a', false), null)
})

test('[ADM-38] five pictures at most, none twice; they change places', () => {
  assert.equal(conImagenes(['1', '2'], ['2', '3', '4', '5', '6']), ['1', '2', '3', '4', '5'])
  assert.equal(mover(['1', '2', '3'], 2, 0), ['3', '1', '2'])
  assert.equal(mover(['1', '2'], 0, 2), ['1', '2'])
})

test.run()
