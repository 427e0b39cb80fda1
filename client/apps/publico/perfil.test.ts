import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type CuponPublico, condicionesDe, enMiTarjeta, estadoAhora, fraseDe, seOfreceGuardar, talonDe } from './cupon-en-palabras.ts'
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

const ZONA = 'America/Mexico_City'
const AT = Date.UTC(2026, 10, 21, 18)
const DIA = 86_400_000
const publico = (mas: Partial<CuponPublico['cupon']> = {}, de: Partial<CuponPublico> = {}): CuponPublico => ({
  ...{ negocioId: 'n', negocioNombre: 'Pizzería Roma', ciudad: '', sucursales: [], estado: 'vigente' },
  cupon: {
    ...{
      cuponId: 'c',
      titulo: '30 %',
      descripcion: '',
      tipo: 'porcentaje',
      valor: 30,
      compraMinima: 0,
      desdeAt: AT - DIA,
      venceAt: AT + 9 * DIA,
    },
    ...{ limitePorCliente: 1, codigo: 'PIZZA30', nivelRequerido: null, soloConConexion: false, imagen: null },
    ...mas,
  },
  ...de,
})

test('CUP-28: a copy of the page tells by the hour what began or ended since; what is used up or over is not offered', () => {
  const estado = (de: Partial<CuponPublico>, ahora: number) => estadoAhora(publico({}, de), ahora)
  assert.equal(
    [estado({}, AT), estado({}, AT + 10 * DIA), estado({ estado: 'no_empieza' }, AT), estado({ estado: 'agotado' }, AT)],
    ['vigente', 'vencido', 'vigente', 'agotado'],
  )
  assert.is(estadoAhora(publico({ desdeAt: AT + 1 }, { estado: 'no_empieza' }), AT), 'no_empieza')
  assert.equal((['vigente', 'no_empieza', 'vencido', 'agotado'] as const).map(seOfreceGuardar), [true, true, false, false])
})

test('CUP-28: the page says what it takes off, its state and its conditions, and where it is kept', () => {
  assert.equal(talonDe({ tipo: 'monto', valor: 50 }), ['$50', 'menos'])
  assert.equal(talonDe({ tipo: 'dos_por_uno', valor: 0 })[0], '2x1')
  const frase = (de: CuponPublico, ahora = AT) => fraseDe(de, ahora, ZONA)
  assert.equal(frase(publico()), { texto: 'Vigente hasta el 30 nov 2026, 12:00', pronto: false })
  assert.ok(frase(publico(), AT + 8.5 * DIA).pronto)
  assert.is(frase(publico({}, { estado: 'agotado' })).texto, 'Ya se usaron todos')
  assert.is(frase(publico({ desdeAt: AT + DIA }, { estado: 'no_empieza' })).texto, 'Empieza el 22 nov 2026, 12:00')
  assert.is(frase(publico(), AT + 20 * DIA).texto, 'Terminó el 30 nov 2026')
  const todo = publico(
    { compraMinima: 200, nivelRequerido: 'plata', soloConConexion: true, limitePorCliente: 3 },
    { sucursales: ['Centro', 'Norte'] },
  )
  assert.equal(condicionesDe(todo, ZONA), [
    'Del 20 nov 2026 al 30 nov 2026, 12:00',
    'Compra mínima $200',
    'En Centro, Norte',
    'Nivel Plata o más',
    'Hasta 3 veces por persona',
    'La caja necesita conexión para aceptarlo',
    'Se usa con tu tarjeta CardYA, que es gratis',
  ])
  assert.is(enMiTarjeta(publico()), '/cardya-widget/#guardar=n.c')
})

test.run()
