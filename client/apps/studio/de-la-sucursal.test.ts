import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { deLaSucursal } from './de-la-sucursal.ts'

const gente = [
  { id: 'ana', sucursalId: 'centro', todasLasSucursales: false },
  { id: 'beto', sucursalId: 'norte', todasLasSucursales: false },
  { id: 'carla', sucursalId: 'centro', todasLasSucursales: true },
  { id: 'dani', sucursalId: null, todasLasSucursales: false },
]
const ids = (lista: { id: string }[]) => lista.map(({ id }) => id)

test('the selector says one sucursal: its own people, and those of all of them', () => {
  assert.equal(ids(deLaSucursal(gente, 'norte')), ['beto', 'carla', 'dani'])
})

test('all the sucursales: nobody is left out', () => {
  assert.equal(ids(deLaSucursal(gente, null)), ['ana', 'beto', 'carla', 'dani'])
})

test('tills, which say nothing of all the sucursales, are those of the one in view', () => {
  const cajas = [
    { id: 'c1', sucursalId: 'centro' },
    { id: 'c2', sucursalId: 'norte' },
  ]
  assert.equal(ids(deLaSucursal(cajas, 'norte')), ['c2'])
})

test.run()
