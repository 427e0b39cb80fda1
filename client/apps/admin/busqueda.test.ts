import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { consulta, leerBusqueda } from './busqueda.ts'

test('of an address only what the Panel knows is taken', () => {
  const negocio = '0193e7a0-0000-7000-8000-000000000001'
  assert.equal(leerBusqueda({ rango: '1h', filtro: 'atencion', regla: 'R2', negocio, buscar: 'café', otra: 'x' }), {
    rango: '1h',
    filtro: 'atencion',
    regla: 'R2',
    negocio,
    buscar: 'café',
  })
  assert.equal(
    leerBusqueda({ rango: '2 años', filtro: ['todos'], regla: 'DROP', negocio: 'no', buscar: 'x'.repeat(81), demo: 'Roma!' }),
    {},
  )
  assert.equal(leerBusqueda({ buscar: 42, dias: 30 }), { buscar: '42', dias: '30' }, 'the router reads figures as numbers')
  assert.equal(leerBusqueda({ dias: '8' }), {})
})

test('a query holds what is known', () => {
  assert.is(consulta({ buscar: 'café & té', cursor: null, filtro: undefined }), '?buscar=caf%C3%A9+%26+t%C3%A9')
  assert.is(consulta({}), '')
})

test.run()
