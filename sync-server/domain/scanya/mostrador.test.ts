/** An empleado at the counter over HTTP: what each permission opens, whose sales are seen, and what ends in the middle (SCAN-38..40, 45, 47, 49, 52). */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CAJERO_BASICO, type PermisosScanYA, SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { darDeBajaEmpleado } from '../empleados/baja.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import type { TransaccionRest } from './documento.ts'
import type { ClienteIdentificado } from './identificar.ts'

const PIN = '482913'
let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let norte: CajaDePrueba
let cuantos = 0

test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { cajas: 2, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  norte = await altaDeCaja(servidor, negocio, { sucursalId: negocio.sucursales[1]!.id })
})
test.after(() => servidor.cerrar())

/** A cashier of every sucursal with an open session at a till. */
async function cajero(permisosScanYA: PermisosScanYA = CAJERO_BASICO, caja = negocio.cajas[0]!) {
  const nick = `mostrador_${++cuantos}`
  const { id } = await crearEmpleado(servidor.deps, negocio.negocioId, { nombre: 'Carlos', nick, pin: PIN, permisosScanYA })
  const { token } = (await loginEmpleado(servidor, caja, nick, PIN)).cuerpo.data
  return { id, nick, token }
}
let llaves = 0
const post = <T>(token: string, camino: string, cuerpo: unknown, llave: string | null = `llave-${++llaves}-xx`) =>
  pedir<T>(servidor, camino, { token, cuerpo, ...(llave ? { cabeceras: { 'idempotency-key': llave } } : {}) })
const vender = (token: string, monto: number, mas: object = {}) =>
  post<TransaccionRest>(token, '/api/scanya/venta', { monto, metodoPago: 'efectivo', ...mas })
const identificar = (token: string, qrPayload: string) =>
  post<ClienteIdentificado>(token, '/api/scanya/identificar-cliente', { qrPayload }, null)
const historial = (token: string, consulta = '') =>
  pedir<{ transacciones: TransaccionRest[]; total: number }>(servidor, `/api/scanya/historial${consulta}`, { token })
const sin = (grupo: keyof PermisosScanYA, accion: string): PermisosScanYA => ({
  ...SUPERVISOR,
  [grupo]: { ...SUPERVISOR[grupo], [accion]: false },
})

test('SCAN-49: each route asks for its own permission', async () => {
  const mudo = await cajero(sin('operaciones', 'escanearQR'))
  assert.equal(await codigoDe(identificar(mudo.token, 'X')), [403, 'SIN_PERMISO'])
  const sinVentas = await cajero(sin('operaciones', 'registrarVentas'))
  assert.equal(await codigoDe(vender(sinVentas.token, 10)), [403, 'SIN_PERMISO'])
  const venta = (await vender(mudo.token, 10)).cuerpo.data
  assert.equal([venta.empleadoId, venta.sucursalId], [mudo.id, negocio.sucursalId])
  const sinReembolsos = await cajero(sin('ajustes', 'reembolsos'))
  const camino = `/api/scanya/reembolso/${venta.id}`
  assert.equal(await codigoDe(post(sinReembolsos.token, camino, { motivo: 'x' })), [403, 'SIN_PERMISO'])
  assert.is((await post<TransaccionRest>(mudo.token, camino, { motivo: 'x' })).cuerpo.data.estado, 'reembolsada')
})

test('SCAN-52, 47: own sales only, unless the whole history was granted; never those of another sucursal', async () => {
  const [ana, beto, jefa] = [await cajero(), await cajero(), await cajero(SUPERVISOR)]
  const lejos = await cajero(SUPERVISOR, norte)
  await vender(ana.token, 11)
  await vender(ana.token, 22)
  await vender(beto.token, 33)
  const deLejos = (await vender(lejos.token, 44)).cuerpo.data
  const montos = async (token: string, consulta = '') => (await historial(token, consulta)).cuerpo.data.transacciones.map((t) => t.monto)
  assert.equal((await montos(ana.token)).sort(), [11, 22])
  assert.equal(await codigoDe(historial(ana.token, `?empleadoId=${beto.id}`)), [403, 'SIN_PERMISO'])
  assert.equal(await montos(jefa.token, `?empleadoId=${beto.id}`), [33])
  const todas = await montos(jefa.token, '?limit=100')
  assert.ok(todas.includes(11) && todas.includes(33) && !todas.includes(44))
  const resumen = await pedir(servidor, '/api/scanya/mi-resumen', { token: ana.token })
  assert.equal(resumen.cuerpo.data, { ventas: 2, total: 33, puntosOtorgados: 0, cupones: 0, descuento: 0 })
  const ciego = await cajero(sin('consultas', 'verHistorialPropio'))
  assert.is((await historial(ciego.token)).estado, 200, 'the whole history includes the own one')
  const nada = { ...SUPERVISOR, consultas: { verHistorialPropio: false, verHistorialCompleto: false, verEstadisticas: true } }
  assert.equal(await codigoDe(historial((await cajero(nada)).token)), [403, 'SIN_PERMISO'])
  assert.is((await post(jefa.token, `/api/scanya/reembolso/${deLejos.id}`, { motivo: 'x' })).cuerpo.code, 'NO_ENCONTRADO')
})

test('SCAN-47: points that are held are not among those given', async () => {
  const { token } = await cajero()
  const [deAna, deEva] = [await (await crearShopper(servidor)).qr(), await (await crearShopper(servidor)).qr()]
  const deQuien = async (qr: string) => (await identificar(token, qr)).cuerpo.data.identificacionId
  const [ana, eva] = [await deQuien(deAna), await deQuien(deEva)]
  // R2: another till takes a code that was shown here.
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  await diario.vender({ montoCentavos: 10_000, qr: deEva, puntosPrometidos: 10 })
  await diario.subir()
  const ventas = [await vender(token, 100, { identificacionId: ana }), await vender(token, 100, { identificacionId: eva })]
  assert.equal(
    ventas.map(({ cuerpo: { data } }) => [data.puntosOtorgados, data.acreditada]),
    [
      [10, true],
      [10, false],
    ],
  )
  const { data } = (await pedir(servidor, '/api/scanya/mi-resumen', { token })).cuerpo
  assert.equal(data, { ventas: 2, total: 200, puntosOtorgados: 10, cupones: 0, descuento: 0 })
})

test('SCAN-45: points and visits of a client only with verInfoCliente; an identification serves its own till only', async () => {
  const shopper = await crearShopper(servidor)
  const [sinInfo, conInfo, lejos] = [await cajero(), await cajero(SUPERVISOR), await cajero(SUPERVISOR, norte)]
  const visto = (await identificar(sinInfo.token, await shopper.qr())).cuerpo.data
  assert.equal([visto.cliente.puntosDisponibles, visto.cliente.visitas, visto.cliente.ultimaVisitaAt], [null, null, null])
  assert.is((await identificar(conInfo.token, await shopper.qr())).cuerpo.data.cliente.puntosDisponibles, 0)
  const { token: deLaCaja } = await sesionDeDispositivo(servidor, negocio.cajas[0]!)
  const sinNadie = (await identificar(deLaCaja, await shopper.qr())).cuerpo.data
  assert.is(sinNadie.cliente.puntosDisponibles, null, 'a till that asks by itself says nothing of who is in front of it')
  const { identificacionId } = visto
  assert.is((await vender(lejos.token, 100, { identificacionId })).cuerpo.code, 'IDENTIFICACION_INVALIDA')
  assert.is((await vender(conInfo.token, 100, { identificacionId })).cuerpo.data.puntosOtorgados, 10, 'same till, next cashier')
})

test('an empleado says which request it is: without Idempotency-Key nothing is sold or given back', async () => {
  const { token } = await cajero(SUPERVISOR)
  const cuerpo = { monto: 10, metodoPago: 'efectivo' }
  assert.equal(await codigoDe(post(token, '/api/scanya/venta', cuerpo, null)), [400, 'IDEMPOTENCIA_REQUERIDA'])
})

test('EMP-19, TU1: a baja of the empleado, or of the till, ends the session at the next request', async () => {
  const ido = await cajero()
  assert.is((await vender(ido.token, 10)).estado, 200)
  await darDeBajaEmpleado(servidor.deps, negocio.negocioId, ido.id)
  assert.equal(await codigoDe(vender(ido.token, 10)), [401, 'SESION_VENCIDA'])
  const robada = negocio.cajas[1]!
  const otro = await cajero(CAJERO_BASICO, robada)
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/dispositivos/${robada.dispositivoId}/baja`, {
    token: await tokenDeCuenta(servidor, negocio.dueno.usuarioId),
    cuerpo: { motivo: 'robo' },
  })
  assert.equal(await codigoDe(vender(otro.token, 10)), [401, 'DISPOSITIVO_REVOCADO'])
})

test('an empleado is nobody in another negocio, nor in the other rooms of the counter', async () => {
  const { token } = await cajero(SUPERVISOR)
  const ajeno = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const suyo = await tokenDeCuenta(servidor, ajeno.dueno.usuarioId)
  const venta = (await vender(suyo, 10)).cuerpo.data
  assert.is((await post(token, `/api/scanya/reembolso/${venta.id}`, { motivo: 'x' })).cuerpo.code, 'NO_ENCONTRADO')
  const { token: deCaja } = await sesionDeDispositivo(servidor, ajeno.cajas[0]!)
  assert.equal(await codigoDe(historial(deCaja)), [403, 'SIN_PERMISO'])
  const conOtra = await historial(token, `?sucursalId=${ajeno.sucursalId}`)
  assert.ok(conOtra.cuerpo.data.transacciones.every((t) => t.sucursalId === negocio.sucursalId))
})

async function codigoDe(respuesta: Promise<{ estado: number; cuerpo: { code?: string } }>) {
  const { estado, cuerpo } = await respuesta
  return [estado, cuerpo.code]
}

test.run()
