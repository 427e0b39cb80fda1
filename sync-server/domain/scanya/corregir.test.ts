import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
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
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import type { TurnoDeCajaRest } from '../transacciones/turnos-de-caja.ts'
import type { TransaccionRest } from './documento.ts'
import type { ClienteIdentificado } from './identificar.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let token: string
let caja: CajaDePrueba
test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor)
  caja = await altaDeCaja(servidor, negocio)
  token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
})
test.after(() => servidor.cerrar())

let llaves = 0
const post = <T>(camino: string, cuerpo: unknown, { de = token, llave = `correccion-${++llaves}` } = {}) =>
  pedir<T>(servidor, camino, { token: de, cuerpo, cabeceras: { 'idempotency-key': llave } })

/** A sale at plata's door: bronce, $10 a point. */
async function ventaDe(shopper: { qr(): Promise<string> }, monto: number) {
  const { data } = (await post<ClienteIdentificado>('/api/scanya/identificar-cliente', { qrPayload: await shopper.qr() })).cuerpo
  const pedido = { identificacionId: data.identificacionId, monto, metodoPago: 'efectivo' }
  return (await post<TransaccionRest>('/api/scanya/venta', pedido)).cuerpo.data
}
const saldoDe = async (usuarioId: string) => {
  const [fila] = await servidor.db.superusuario`
    select puntos_disponibles, sobregiro from puntos_por_negocio where negocio_id = ${negocio.negocioId} and usuario_id = ${usuarioId}`
  return [fila?.puntosDisponibles, fila?.sobregiro]
}

test('SCAN-51: a sale is cancelled once, with its points; the same request again is the same answer', async () => {
  const ana = await crearShopper(servidor)
  const venta = await ventaDe(ana, 300)
  assert.equal(await saldoDe(ana.usuarioId), [30, 0])
  const camino = `/api/scanya/anulacion/${venta.id}`
  const anulada = await post<TransaccionRest>(camino, { motivo: 'Se cobró dos veces' }, { llave: 'anular-una-vez' })
  assert.equal([anulada.estado, anulada.cuerpo.data.estado, anulada.cuerpo.data.puntosDevueltos], [200, 'anulada', 30])
  assert.is((await post(camino, { motivo: 'Se cobró dos veces' }, { llave: 'anular-una-vez' })).estado, 200)
  assert.is((await post(camino, { motivo: 'otra' })).cuerpo.code, 'ya_anulada')
  assert.is((await post(`/api/scanya/cambio-monto/${venta.id}`, { monto: 10, motivo: 'x' })).cuerpo.code, 'ya_anulada')
  assert.is((await post(camino, { motivo: '' })).cuerpo.campo, 'motivo')
  assert.equal(await saldoDe(ana.usuarioId), [0, 0])
})

test('SCAN-22: a corrected monto gives the points of that monto, up and down; never below what was refunded', async () => {
  const ana = await crearShopper(servidor)
  const venta = await ventaDe(ana, 300)
  const camino = `/api/scanya/cambio-monto/${venta.id}`
  const menos = (await post<TransaccionRest>(camino, { monto: '200', motivo: 'Se tecleó de más' })).cuerpo.data
  assert.equal([menos.monto, menos.puntosOtorgados, await saldoDe(ana.usuarioId)], [200, 20, [20, 0]])
  const mas = (await post<TransaccionRest>(camino, { monto: 410.5, motivo: 'Faltaba una' })).cuerpo.data
  assert.equal([mas.monto, mas.puntosOtorgados, await saldoDe(ana.usuarioId)], [410.5, 41, [41, 0]])
  await post(`/api/scanya/reembolso/${venta.id}`, { monto: 100, motivo: 'Fría' })
  assert.is((await post(camino, { monto: 99.99, motivo: 'x' })).cuerpo.code, 'cambio_excedido')
  assert.equal(
    [(await post(camino, { monto: 0, motivo: 'x' })).cuerpo.code, (await post(camino, { motivo: 'x' })).cuerpo.campo],
    ['MONTO_CERO', 'monto'],
  )
  const [gastado] = await servidor.db.superusuario`
    select gastado_centavos from clientes where negocio_id = ${negocio.negocioId} and usuario_id = ${ana.usuarioId}`
  assert.is(gastado?.gastadoCentavos, 31_050, 'what was given back was not spent')
})

test('SCAN-22, 49, 51: each correction asks for its own permission', async () => {
  const sin = (accion: 'cancelaciones' | 'modificarMontos') => ({
    ...SUPERVISOR,
    ajustes: { ...SUPERVISOR.ajustes, cancelaciones: true, modificarMontos: true, [accion]: false },
  })
  const venta = (await post<TransaccionRest>('/api/scanya/venta', { monto: 50, metodoPago: 'efectivo' })).cuerpo.data
  for (const [accion, camino, cuerpo] of [
    ['cancelaciones', `/api/scanya/anulacion/${venta.id}`, { motivo: 'x' }],
    ['modificarMontos', `/api/scanya/cambio-monto/${venta.id}`, { motivo: 'x', monto: 40 }],
  ] as const) {
    const nick = `c${accion.toLowerCase()}`
    await crearEmpleado(servidor.deps, negocio.negocioId, { nombre: 'Carlos', nick, pin: '4821', permisosScanYA: sin(accion) })
    const de = (await loginEmpleado(servidor, caja, nick, '4821')).cuerpo.data.token
    assert.equal([(await post(camino, cuerpo, { de })).estado, (await post(camino, cuerpo, { de })).cuerpo.code], [403, 'SIN_PERMISO'])
  }
})

test('the shifts of a till: what the drawer should hold, and what was counted', async () => {
  const diario = new DiarioDePrueba(servidor, caja)
  const turnoId = '019f0000-0000-7000-8000-00000000f001'
  await diario.abrir()
  await diario.escribir('turno', { accion: 'abrir', turnoId, fondoCentavos: 50_000 })
  const resumen = {
    ...{ ventas: 3, efectivoCentavos: 30_000, tarjetaCentavos: 10_000, transferenciaCentavos: 0, reembolsadoCentavos: 5_000 },
    ...{ reembolsadoEfectivoCentavos: 5_000, descuentoCentavos: 0, puntos: 40, cupones: 0, canjes: 1, anuladas: 0 },
  }
  await diario.escribir('turno', { accion: 'cerrar', turnoId, contadoCentavos: 74_000, resumen, nota: 'faltó $10' })
  await diario.subir()
  const leer = () => pedir<TurnoDeCajaRest[]>(servidor, `/api/negocios/${negocio.negocioId}/turnos`, { token })
  const [turno] = (await leer()).cuerpo.data
  assert.equal([turno?.fondo, turno?.esperado, turno?.contado, turno?.total, turno?.canjes], [500, 750, 740, 400, 1])
  assert.ok(turno?.cerradoAt)
})

test.run()
