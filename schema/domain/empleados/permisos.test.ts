import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { empleado, nick, pin, trabajaEn } from './empleado.ts'
import { ACCIONES_SCANYA, CAJERO_AVANZADO, CAJERO_BASICO, permisosScanYA, puede, SUPERVISOR } from './permisos.ts'

const puedeHacer = (permisos: typeof CAJERO_BASICO) => ACCIONES_SCANYA.filter((accion) => puede(permisos, accion))

test('EMP-12: the three templates', () => {
  assert.equal(puedeHacer(CAJERO_BASICO), ['escanearQR', 'registrarVentas', 'validarCupones', 'verHistorialPropio'])
  assert.equal(puedeHacer(CAJERO_AVANZADO), [
    ...['escanearQR', 'registrarVentas', 'validarCupones', 'validarCanjes', 'reembolsos', 'verHistorialPropio'],
  ])
  assert.equal(
    puedeHacer(SUPERVISOR),
    ACCIONES_SCANYA.filter((accion) => accion !== 'modificarMontos'),
  )
})

test('EMP-07: the shape is complete or refused', () => {
  assert.equal(permisosScanYA.parse(SUPERVISOR), SUPERVISOR)
  assert.not(permisosScanYA.safeParse({ ...SUPERVISOR, ajustes: { reembolsos: true } }).success)
  assert.is(
    ACCIONES_SCANYA.length,
    Object.values(permisosScanYA.shape).reduce((n, grupo) => n + Object.keys(grupo.shape).length, 0),
  )
})

test('EMP-04, 05: nick and PIN', () => {
  assert.is(nick.parse('Ana_Caja1'), 'ana_caja1')
  for (const malo of ['an', 'a'.repeat(21), 'ana ruiz', 'añа']) assert.not(nick.safeParse(malo).success, malo)
  for (const bueno of ['1234', '123456']) assert.ok(pin.safeParse(bueno).success)
  for (const malo of ['123', '1234567', '12a4']) assert.not(pin.safeParse(malo).success, malo)
})

test('EMP-06: one sucursal, or all', () => {
  assert.ok(trabajaEn({ sucursalId: 'x', todasLasSucursales: false }, 'x'))
  assert.not(trabajaEn({ sucursalId: 'x', todasLasSucursales: false }, 'y'))
  assert.ok(trabajaEn({ sucursalId: 'x', todasLasSucursales: true }, 'y'))
  assert.ok(trabajaEn({ sucursalId: null, todasLasSucursales: false }, 'y'))
  assert.not(empleado.safeParse({ nombre: 'Ana' }).success)
})

test.run()
