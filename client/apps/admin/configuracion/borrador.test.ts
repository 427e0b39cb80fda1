import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CONFIGURACION_POR_DEFECTO as BASE } from '../../../../schema/domain/configuracion-app/configuracion-app.ts'
import { type Borrador, comoEra, deTexto, enTexto, escribir, proponer } from './borrador.ts'

test('numbers as people write them, within the range of their field', () => {
  assert.equal([deTexto('umbrales.oro', ' 12,000 '), deTexto('umbrales.oro', '0'), deTexto('umbrales.oro', '12.5')], [12_000, null, null])
  assert.equal(
    ['1.25', '1.3', '2', '1.255', '6', ''].map((t) => deTexto('multiplicadoresPct.plata', t)),
    [125, 130, 200, null, null, null],
  )
  assert.equal([deTexto('vidaQrSegundos', '59'), deTexto('vidaQrSegundos', '60'), deTexto('limites.maxEmpleados', '0')], [null, 60, 0])
  assert.equal([enTexto('umbrales.oro', 15_000), enTexto('multiplicadoresPct.oro', 150)], ['15,000', '1.50'])
})

test('CARD-19: a draft is what differs from the version in force, field by field', () => {
  let borrador: Borrador = escribir(BASE, {}, 'umbrales.oro', '12000')
  borrador = escribir(BASE, borrador, 'beneficios.oro.multiplicador', false)
  const { contenido, cambios } = proponer(BASE, borrador)
  assert.equal([contenido?.umbrales.oro, contenido?.beneficios.oro.multiplicador, BASE.umbrales.oro], [12_000, false, 15_000])
  assert.equal(
    cambios.map((c) => [c.campo, c.antes, c.despues]),
    [
      ['umbrales.oro', 15_000, 12_000],
      ['beneficios.oro.multiplicador', true, false],
    ],
  )
  borrador = escribir(BASE, escribir(BASE, borrador, 'umbrales.oro', '15,000'), 'beneficios.oro.multiplicador', true)
  assert.equal(borrador, {}, 'as it was is no change')
})

test('what is wrong is named by its field, and nothing can be published meanwhile', () => {
  const de = (borrador: Borrador) => proponer(BASE, borrador)
  assert.equal(de({ 'umbrales.oro': 'x' }).fallas, { 'umbrales.oro': 'rango' })
  assert.equal(de({ 'umbrales.oro': '5000' }).fallas, { 'umbrales.oro': 'orden' })
  assert.equal(de({ 'multiplicadoresPct.bronce': '1.4' }).fallas, { 'multiplicadoresPct.plata': 'orden' })
  assert.equal(de({ 'multiplicadoresPct.plata': '1.6' }).fallas, { 'multiplicadoresPct.oro': 'orden' })
  assert.is(de({ 'umbrales.oro': '5000' }).contenido, null)
})

test('coming back to another version is a draft like any other', () => {
  const otra = { ...BASE, vidaQrSegundos: 180, limites: { maxSucursales: 10, maxEmpleados: 2_500 } }
  const borrador = comoEra(BASE, otra)
  assert.equal(borrador, { vidaQrSegundos: '180', 'limites.maxSucursales': '10', 'limites.maxEmpleados': '2,500' })
  assert.equal(proponer(BASE, borrador).contenido, otra)
})

test.run()
