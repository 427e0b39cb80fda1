import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { escribirArreglo, leerArreglo, type OpcionesVivas, ponerArreglos } from './arreglos.ts'

test('what PostgreSQL writes is read', () => {
  assert.equal(leerArreglo('{}'), [])
  assert.equal(leerArreglo('{a,NULL,"NULL",""}'), ['a', null, 'NULL', ''])
  assert.equal(leerArreglo('{"con, coma","con \\"comillas\\" y \\\\","{llaves}"}'), ['con, coma', 'con "comillas" y \\', '{llaves}'])
  assert.equal(leerArreglo('{{1,2},{3,NULL}}', Number), [
    [1, 2],
    [3, null],
  ])
  assert.equal(leerArreglo('[0:1]={7,8}', Number), [7, 8])
})

test('what is written is read back', () => {
  for (const valor of [[], ['a', null, '', 'NULL', '{"x":1}', 'ñ, "y" \\'], [['a'], ['b']]])
    assert.equal(leerArreglo(escribirArreglo(valor)), valor)
  assert.is(escribirArreglo([undefined]), '{NULL}')
  assert.is(escribirArreglo('no es lista'), 'no es lista')
})

test('an element is read and written as it would be alone', () => {
  const opciones: OpcionesVivas = {
    parsers: { 20: Number },
    serializers: { 20: (x: unknown) => `<${x}>` },
    shared: { typeArrayMap: {} },
  }
  ponerArreglos(opciones)
  assert.equal(opciones.parsers[1016]!('{1,2}'), [1, 2])
  assert.is(opciones.serializers[1016]!([1] as never), '{"<1>"}')
  assert.is(opciones.shared.typeArrayMap[2950], 2951)
})

test.run()
