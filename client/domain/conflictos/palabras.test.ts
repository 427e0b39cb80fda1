import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { asiQueda, valorEnPalabras } from './en-palabras.ts'
import { comparar } from './palabras.ts'
import { ambas, centavosDe, esValido, leerDato } from './valor.ts'

const dicho = (antes: string, despues: string) =>
  comparar(antes, despues)
    .map(({ que, texto }) => (que === 'comun' ? texto : que === 'nuevo' ? `+${texto}+` : `-${texto}-`))
    .join('')

test('words that came and went, not letters', () => {
  assert.is(
    dicho('Pepperoni, aceituna y champiñón.', 'Pepperoni, aceituna negra y champiñón fresco.'),
    'Pepperoni, aceituna +negra +y champiñón +fresco+.',
  )
  assert.is(dicho('Con queso', 'Sin queso'), '-Con -+Sin +queso')
  assert.is(dicho('', 'Nuevo'), '+Nuevo+')
})

test('what is common or new reads as the later text, whatever both are', () => {
  const texto = fc.array(fc.constantFrom('a', 'b', 'ñu', ' ', ', ', '.'), { maxLength: 30 }).map((partes) => partes.join(''))
  fc.assert(
    fc.property(texto, texto, (antes, despues) => {
      const trozos = comparar(antes, despues)
      const de = (que: string) => trozos.filter((t) => t.que !== que).map((t) => t.texto.trimEnd())
      assert.is(de('quitado').join('').replace(/\s/g, ''), despues.replace(/\s/g, ''))
      assert.is(de('nuevo').join('').replace(/\s/g, ''), antes.replace(/\s/g, ''))
    }),
  )
})

test('a third value: amounts as people type them, both texts, and nothing the document would refuse', () => {
  assert.equal(['1,250.5', '$239', ' 0.05 ', '1.234', 'x', '', '-5', '123456789'].map(centavosDe), [
    125_050,
    23_900,
    5,
    null,
    null,
    null,
    null,
    null,
  ])
  assert.is(ambas('Con orilla.', 'Con queso'), 'Con orilla. Con queso')
  assert.is(ambas('Con orilla', 'Con queso'), 'Con orilla. Con queso')
  assert.is(ambas('Con orilla de queso', 'queso'), 'Con orilla de queso')
  assert.equal(
    [esValido('nombre', ''), esValido('nombre', 'Pan'), esValido('precioCentavos', -1), esValido('raro', 1)],
    [false, true, false, false],
  )
  assert.equal([leerDato('sucursales', '["a"]'), leerDato('sucursales', 'roto'), leerDato('nombre', '["a"]')], [['a'], [], '["a"]'])
})

test('CUP-05: what a cupón and a recompensa say is read in words', () => {
  const dicho = (campo: string, valor: unknown) => valorEnPalabras(campo, valor, new Map())
  assert.equal(
    [dicho('tipo', 'dos_por_uno'), dicho('valor', 20), dicho('valor', 5_000), dicho('limiteTotal', null), dicho('nivelRequerido', 'oro')],
    ['2x1', '20%', '$50.00', 'Sin límite', 'Oro'],
  )
  assert.equal([dicho('articulos', ['a', 'b']), dicho('imagen', null), dicho('activa', true)], ['2 artículos', 'Sin imágenes', 'Sí'])
  assert.is(asiQueda({ nombre: 'Café', puntos: 80, sucursales: [] }, new Map(), false).precio, '80 puntos')
  assert.match(asiQueda({ titulo: 'Hoy', tipo: 'monto', valor: 5_000, venceAt: 0 }, new Map(), false).precio, /^\$50/)
  assert.equal([esValido('codigo', 'x'), esValido('codigo', 'PIZZA30'), esValido('tipo', 'regalo')], [false, true, true])
})

test.run()
