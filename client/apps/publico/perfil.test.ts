import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ArticuloDelPerfil, filtrar, porCategoria } from './perfil.ts'

const articulo = (nombre: string, categoria: string): ArticuloDelPerfil => ({
  ...{ id: nombre, nombre, categoria, descripcion: '', tipo: 'producto', destacado: false, desde: false, agotado: false },
  ...{ precio: 1, sucursales: [], imagenes: [] },
})
const TODOS = [articulo('Jamón serrano', 'Pizzas'), articulo('Piña colada', 'Bebidas'), articulo('Pizza de jamón', 'Pizzas')]

test('[CAT-15] words are found without accents or case, in any order, and within a category', () => {
  assert.equal(
    filtrar(TODOS, null, 'JAMON pizza').map((a) => a.nombre),
    ['Jamón serrano', 'Pizza de jamón'],
  )
  assert.equal(
    filtrar(TODOS, 'Bebidas', '').map((a) => a.nombre),
    ['Piña colada'],
  )
  assert.equal(filtrar(TODOS, 'Bebidas', 'pizza'), [])
})

test('[CAT-15] categories by name, each with its own', () => {
  assert.equal(
    porCategoria(TODOS).map((c) => [c.nombre, c.articulos.length]),
    [
      ['Bebidas', 1],
      ['Pizzas', 2],
    ],
  )
})

test.run()
