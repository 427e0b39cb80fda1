import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { porQueNoSeCambia, separar } from './alcance.ts'

const SUCURSALES = [
  { id: 'c', nombre: 'Centro' },
  { id: 'n', nombre: 'Norte' },
]
const [deTodas, deAmbas, deNorte, deCentro, deAntes] = [
  { sucursales: [] },
  { sucursales: ['c', 'n'] },
  { sucursales: ['n'] },
  { sucursales: ['c'] },
  {},
]

test('[EMP-38] a gerente changes what is sold everywhere or also where they work; a dueño everything', () => {
  const articulos = [deTodas, deAmbas, deNorte, deCentro, deAntes]
  assert.equal(separar(articulos, 'n'), { suyos: [deTodas, deAmbas, deNorte, deAntes], ajenos: 1 })
  assert.equal(separar(articulos, null), { suyos: articulos, ajenos: 0 })
})

test('[EMP-38] why one may not be changed names where it is sold, if that is known', () => {
  assert.match(porQueNoSeCambia(deCentro, 'n', SUCURSALES) ?? '', 'Centro')
  assert.ok(porQueNoSeCambia({ sucursales: ['x'] }, 'n', SUCURSALES), 'a sucursal this device has not heard of')
  for (const suyo of [deTodas, deAmbas, deNorte, deAntes]) assert.is(porQueNoSeCambia(suyo, 'n', SUCURSALES), null)
  assert.is(porQueNoSeCambia(deCentro, null, SUCURSALES), null)
})

test.run()
