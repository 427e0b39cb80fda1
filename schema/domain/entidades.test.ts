import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { EDITABLES, JUECES } from '../registry.ts'
import { AHORA, NEGOCIO, SUCURSAL } from '../testing/constructores.ts'
import { estaDisponible } from './articulos/articulo.ts'
import { aliasDeTarjeta } from './clientes/cliente.ts'
import { estadoDeLicencia } from './dispositivos/dispositivo.ts'
import { GRACIA_SIN_LICENCIA_MS } from './dispositivos/limites.ts'
import { DATOS_POR_TIPO } from './hechos/tipos.ts'
import { negocio } from './negocios/negocio.ts'
import { esZona, sucursal } from './sucursales/sucursal.ts'
import { netoCentavos, numeroDeVenta } from './transacciones/transaccion.ts'
import { aliasDe, contrasena, correo } from './usuarios/usuario.ts'

test('every kind of hecho has a judge, and every editable its collection', () => {
  assert.equal(Object.keys(JUECES).sort(), Object.keys(DATOS_POR_TIPO).sort())
  for (const [coleccion, editable] of Object.entries(EDITABLES)) {
    assert.is(editable.tabla, coleccion)
    for (const campo of editable.campos) assert.ok(campo in editable.schema.shape, campo)
  }
})

test('[R13] an item is available when it is visible, not sold out and not deleted', () => {
  assert.ok(estaDisponible({ visible: true, agotado: false }, false))
  assert.not(estaDisponible({ visible: false, agotado: false }, false))
  assert.not(estaDisponible({ visible: true, agotado: true }, false))
  assert.not(estaDisponible({ visible: true, agotado: false }, true))
})

test('[R15] a till past its lease, or past its sales, only sells; seven days later it stops', () => {
  const licencia = { venceAt: AHORA, maxVentas: 10 }
  assert.is(estadoDeLicencia(licencia, 9, AHORA), 'vigente')
  assert.is(estadoDeLicencia(licencia, 10, AHORA), 'solo_ventas')
  assert.is(estadoDeLicencia(licencia, 0, AHORA + 1), 'solo_ventas')
  assert.is(estadoDeLicencia(licencia, 0, AHORA + GRACIA_SIN_LICENCIA_MS), 'solo_ventas')
  assert.is(estadoDeLicencia(licencia, 0, AHORA + GRACIA_SIN_LICENCIA_MS + 1), 'agotada')
})

test('what a counter shows of a person is a first name and an initial', () => {
  assert.is(aliasDe('Ana María', 'López Ruiz'), 'Ana L.')
  assert.is(aliasDe(' Íñigo ', 'ñandú'), 'Íñigo Ñ.')
  assert.is(aliasDe('Ana', ''), 'Ana')
  assert.is(aliasDe('  ', 'López'), 'Cliente nuevo')
  assert.is(aliasDeTarjeta('12344821'), 'Cliente nuevo · ••4821')
})

test('correo is trimmed and lowered; a password has 10 characters or more', () => {
  assert.is(correo.parse(' Ana@Ejemplo.MX '), 'ana@ejemplo.mx')
  assert.not(correo.safeParse('ana').success)
  assert.not(contrasena.safeParse('123456789').success)
  assert.ok(contrasena.safeParse('1234567890').success)
})

test('a sucursal has a zone that exists', () => {
  for (const zona of ['America/Mexico_City', 'America/Tijuana', 'UTC']) assert.ok(esZona(zona), zona)
  for (const zona of ['', 'America/Macondo', 'x'.repeat(61)]) assert.not(esZona(zona) && zona !== '', zona)
  const base = {
    id: SUCURSAL,
    negocioId: NEGOCIO,
    numero: 1,
    nombre: 'Centro',
    direccion: '',
    zonaHoraria: 'America/Tijuana',
    principal: true,
    activa: true,
  }
  assert.ok(sucursal.safeParse(base).success)
  for (const malo of [{ numero: 0 }, { numero: 65_536 }, { zonaHoraria: 'America/Macondo' }])
    assert.not(sucursal.safeParse({ ...base, ...malo }).success)
})

test('the number of a negocio fits the 24 bits of a QR', () => {
  const base = {
    id: NEGOCIO,
    numero: 1,
    nombre: 'Pizzería Roma',
    codigoCaja: 'pizzeria-roma',
    ciudad: '',
    correo: '',
    sitioWeb: '',
    activo: true,
  }
  assert.ok(negocio.safeParse(base).success)
  for (const malo of [{ numero: 2 ** 24 }, { codigoCaja: 'Pizzería' }, { codigoCaja: '-roma' }, { nombre: '' }])
    assert.not(negocio.safeParse({ ...base, ...malo }).success)
})

test('SCAN-36, PTS-18: what a sale really charged, and its number', () => {
  assert.is(netoCentavos({ estado: 'completada', montoCentavos: 500, reembolsadoCentavos: 200 }), 300)
  assert.is(netoCentavos({ estado: 'anulada', montoCentavos: 500, reembolsadoCentavos: 200 }), 0)
  assert.equal(['C1-000089', 'C1-123456', 'C1K7QM-000001'].map(numeroDeVenta), ['#0089', '#123456', '#0001'])
})

test.run()
