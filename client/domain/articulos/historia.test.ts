import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { escalones, nacimientoDe, otrosCambios, preciosDe, seHizoSinConexion } from './historia.ts'

const edicion = (campo: string, valor: unknown, effAt: number) => ({
  campo,
  valor,
  effAt,
  recibidoAt: effAt,
  quien: 'Ana',
  equipo: 'Laptop',
  vigente: false,
})

test('[R7] prices newest first, each with the one before it; the same price twice is one', () => {
  const precios = preciosDe([
    edicion('precioCentavos', 18_900, 30),
    edicion('precioCentavos', 17_500, 10),
    edicion('nombre', 'Pizza', 15),
    edicion('precioCentavos', 17_500, 20),
  ])
  assert.equal(
    precios.map((p) => [p.centavos, p.antes, p.effAt]),
    [
      [18_900, 17_500, 30],
      [17_500, null, 10],
    ],
  )
})

test('other fields are told apart, newest first; what arrived late was made offline', () => {
  const otros = otrosCambios([edicion('nombre', 'a', 1), edicion('precioCentavos', 1, 2), edicion('visible', true, 3)])
  assert.equal(
    otros.map((e) => e.campo),
    ['visible', 'nombre'],
  )
  assert.ok(seHizoSinConexion({ effAt: 0, recibidoAt: 42 * 60_000 }))
  assert.not(seHizoSinConexion({ effAt: 0, recibidoAt: 2_000 }))
})

test('what a birth wrote is one line: created, and none of it a change', () => {
  const nacido = [edicion('nombre', 'Pizza', 10), edicion('precioCentavos', 17_500, 10), edicion('visible', true, 10)]
  assert.is(nacimientoDe(nacido)?.effAt, 10)
  assert.equal(otrosCambios(nacido), [])
  const cambiado = [...nacido, edicion('visible', false, 40)]
  assert.equal(
    otrosCambios(cambiado).map((e) => [e.campo, e.valor]),
    [['visible', false]],
  )
  assert.is(nacimientoDe(cambiado)?.effAt, 10)
})

test('a history that does not go back to the birth tells changes alone', () => {
  assert.is(nacimientoDe([edicion('nombre', 'Pizza', 10), edicion('precioCentavos', 17_500, 20)]), null)
  assert.is(nacimientoDe([]), null)
})

test('the line goes up with money and right with time; one price is a level line', () => {
  const precios = preciosDe([edicion('precioCentavos', 100, 0), edicion('precioCentavos', 200, 50)])
  assert.equal(escalones(precios, 100, { ancho: 200, alto: 40 }), [
    { x: 0, y: 40, centavos: 100 },
    { x: 100, y: 0, centavos: 200 },
  ])
  assert.equal(escalones(precios.slice(1), 100, { ancho: 200, alto: 40 }), [{ x: 0, y: 20, centavos: 100 }])
  assert.equal(escalones([], 100, { ancho: 200, alto: 40 }), [])
})

test.run()
