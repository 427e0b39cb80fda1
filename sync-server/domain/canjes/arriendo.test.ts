// [R5] Which till of a sucursal confirms canjes with no network: given, renewed, seen, asked for, handed over, taken away.
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HORA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import type { Arriendo } from '../../../schema/domain/canjes/arriendo.ts'
import { CAJERO_AVANZADO, CAJERO_BASICO } from '../../../schema/domain/empleados/permisos.ts'
import type { ArriendoDeCanjes } from '../../../schema/protocol/canjes.ts'
import { barrerVencidos } from '../../jobs/sweep.ts'
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
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { darDeBajaDispositivo } from '../dispositivos/baja.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import { crearRecompensas } from '../recompensas/crear.ts'
import { canjear } from './crear.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

const CAMINO = '/api/scanya/arriendo-canjes'
const estado = { pendientes: 0, masAntiguoAt: null, offset: 0, almacenBytes: null, versionApp: '1' }
const nombreDe = new Map<string, string>()

interface Lugar {
  negocio: NegocioDePrueba
  a: DiarioDePrueba
  b: DiarioDePrueba
}
/** Two tills of a sucursal where something is redeemed. */
async function lugar({ recompensas = true } = {}): Promise<Lugar> {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 2, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const [a, b] = negocio.cajas.map((caja) => new DiarioDePrueba(servidor, caja)) as [DiarioDePrueba, DiarioDePrueba]
  nombreDe.set(a.caja.dispositivoId, 'a').set(b.caja.dispositivoId, 'b')
  if (recompensas) await crearRecompensas(deps, negocio.negocioId, negocio.dueno.usuarioId, [{ nombre: 'Café', puntos: 10 }])
  for (const diario of [a, b]) await diario.abrir()
  return { negocio, a, b }
}

/** Uploads all there is, saying that it is all; `enviadoAt` in ms. */
async function entero(diario: DiarioDePrueba, enviadoAt = reloj.ahora()): Promise<void> {
  const { esperado } = (await diario.enviar(await diario.pedido(0, 0))).cuerpo.data
  const { cuerpo } = await diario.enviar(await diario.pedido(esperado, undefined, { enviadoAt, estado: { ...estado, alDia: true } }))
  assert.ok(cuerpo.success)
}

const fila = async ({ negocio }: Lugar) => {
  const [f] = await sql`select * from arriendos_canje where negocio_id = ${negocio.negocioId} and sucursal_id = ${negocio.sucursalId}`
  return f as Arriendo | undefined
}
const deQuien = async (l: Lugar) => nombreDe.get((await fila(l))?.dispositivoId ?? '')
const enBitacora = async ({ negocio }: Lugar) =>
  sql`select despues from cambios_negocio where negocio_id = ${negocio.negocioId} and coleccion = 'config' and pk = ${`arriendo:${negocio.sucursalId}`} order by seq`

async function mover(diario: DiarioDePrueba, accion?: 'pedir' | 'ceder') {
  const { token } = await sesionDeDispositivo(servidor, diario.caja as CajaDePrueba)
  return (await pedir<ArriendoDeCanjes>(servidor, CAMINO, { token, ...(accion ? { cuerpo: { accion } } : {}) })).cuerpo
}

test('[R5] where nothing is redeemed nobody leases anything; else the first till that uploads or opens a session has it, for 24 hours', async () => {
  const sin = await lugar({ recompensas: false })
  await sin.a.subir()
  await sesionDeDispositivo(servidor, sin.negocio.cajas[0]!)
  assert.is(await fila(sin), undefined)
  const studio = await altaDeCaja(servidor, sin.negocio, { tipo: 'studio' })
  const uno = await lugar()
  await sesionDeDispositivo(servidor, studio)
  await uno.b.subir()
  await uno.a.subir()
  assert.is(await deQuien(uno), 'b')
  assert.is((await fila(uno))!.venceAt, reloj.ahora() + 24 * HORA)
  const otro = await lugar()
  await sesionDeDispositivo(servidor, otro.negocio.cajas[0]!)
  await otro.b.subir()
  assert.equal([await deQuien(otro), (await enBitacora(otro)).length], ['a', 1])
})

test('[R5] its holder keeps it by uploading: one row of the log an hour; another till’s uploads do not', async () => {
  const l = await lugar()
  await l.a.subir()
  const alta = (await fila(l))!.venceAt
  for (let i = 0; i < 5; i++) {
    reloj.avanzar(11 * MINUTO)
    await l.a.vender()
    await entero(l.a)
  }
  assert.equal([(await enBitacora(l)).length, (await fila(l))!.venceAt], [1, alta])
  reloj.avanzar(6 * MINUTO)
  await l.b.vender()
  await entero(l.b)
  assert.is((await fila(l))!.venceAt, alta)
  await entero(l.a)
  assert.equal([(await enBitacora(l)).length, (await fila(l))!.venceAt, await deQuien(l)], [2, reloj.ahora() + 24 * HORA, 'a'])
  const [, ultimo] = await enBitacora(l)
  assert.equal(ultimo!.despues, {
    ...{ id: `arriendo:${l.negocio.sucursalId}`, sucursalId: l.negocio.sucursalId, dispositivoId: l.a.caja.dispositivoId },
    ...{ venceAt: reloj.ahora() + 24 * HORA, pedidoPor: null },
  })
})

test('[R5] what is known of its holder moves with whole uploads only, to the earlier of both clocks, and never back', async () => {
  const l = await lugar()
  await l.a.subir()
  const vista = async () => (await fila(l))!.vistaHasta - inicio
  const inicio = reloj.ahora()
  reloj.avanzar(MINUTO)
  await l.a.vender()
  await l.a.subir()
  assert.is(await vista(), 0, 'it did not say that this was all')
  await entero(l.b)
  assert.is(await vista(), 0, 'another till says nothing of it')
  await l.a.vender()
  await entero(l.a, reloj.ahora() - 20 * SEGUNDO)
  assert.is(await vista(), 40 * SEGUNDO)
  await entero(l.a, reloj.ahora() + HORA)
  assert.is(await vista(), MINUTO, 'a greeting, by the server’s clock')
  await entero(l.a, reloj.ahora() - 30 * SEGUNDO)
  assert.is(await vista(), MINUTO)
  // Entries behind a gap were not taken: it is not all.
  reloj.avanzar(MINUTO)
  await l.a.vender()
  await l.a.vender()
  await l.a.enviar(await l.a.pedido(l.a.renglones.length - 1, undefined, { estado: { ...estado, alDia: true } }))
  assert.is(await vista(), MINUTO)
})

test('[R5] asked for, it passes when its holder lets go; meanwhile it is not renewed, and both tills read who waits', async () => {
  const l = await lugar()
  await l.a.subir()
  assert.equal((await mover(l.a, 'ceder')).data.arriendo?.esMio, true, 'nobody waits for it')
  const pedido = (await mover(l.b, 'pedir')).data.arriendo!
  assert.equal([pedido.esMio, pedido.pedidoPor], [false, l.b.caja.dispositivoId])
  assert.is((await enBitacora(l)).at(-1)!.despues.pedidoPor, l.b.caja.dispositivoId)
  assert.is((await mover(l.b, 'ceder')).data.arriendo?.esMio, false, 'only its holder lets go')
  const { venceAt } = (await fila(l))!
  reloj.avanzar(2 * HORA)
  await l.a.vender()
  await entero(l.a)
  assert.is((await fila(l))!.venceAt, venceAt)
  const cedido = (await mover(l.a, 'ceder')).data.arriendo!
  assert.equal([cedido.esMio, cedido.dispositivoId, cedido.pedidoPor], [false, l.b.caja.dispositivoId, null])
  assert.equal([await deQuien(l), (await mover(l.b)).data.arriendo?.esMio], ['b', true])
})

test('[R5] one that nobody keeps ends: whoever waits has it, else who comes first; a till that was taken away loses it', async () => {
  const l = await lugar()
  await l.a.subir()
  await mover(l.b, 'pedir')
  reloj.avanzar(24 * HORA)
  assert.is((await mover(l.a)).data.arriendo?.esMio, false, 'its own session brings it to who waits')
  assert.is(await deQuien(l), 'b')
  await darDeBajaDispositivo(deps, l.negocio.negocioId, l.b.caja.dispositivoId, 'robada')
  await l.b.vender()
  await entero(l.b)
  assert.is(await deQuien(l), 'b', 'what a lost till hands in gives it nothing')
  await l.a.vender()
  await l.a.subir()
  assert.equal([await deQuien(l), (await fila(l))!.sinSaberHasta !== null], ['a', true])
})

/** A canje of the first sucursal that has just ended. */
async function canjeVencido(l: Lugar) {
  const ana = await crearShopper(servidor)
  const caja = new DiarioDePrueba(servidor, await altaDeCaja(servidor, l.negocio, { sucursalId: l.negocio.sucursales[1]!.id }))
  await caja.abrir()
  await caja.vender({ qr: await ana.qr() })
  await caja.subir()
  const { negocioId, sucursalId } = l.negocio
  const [recompensa] = await sql`select id from recompensas where negocio_id = ${negocioId}`
  const pedido = { negocioId, recompensaId: recompensa!.id, puntos: 10, sucursalId }
  const { canjeId } = await canjear(deps, ana.usuarioId, pedido, { hechoId: '', llave: null, huella: '' })
  return async () => {
    await barrerVencidos(deps)
    const [c] = await sql`select apartado from canjes where id = ${canjeId}`
    return c!.apartado as boolean
  }
}

test('[R5] after a hand-over the points wait for what the till before has not said, and only for that', async () => {
  const l = await lugar()
  await entero(l.a)
  const sigueApartado = await canjeVencido(l)
  reloj.avanzar(MINUTO)
  await mover(l.b, 'pedir')
  await mover(l.a, 'ceder')
  reloj.avanzar(16 * MINUTO)
  await entero(l.b)
  assert.is(await sigueApartado(), true, 'b knows nothing of what a gave')
  await entero(l.a)
  assert.is(await sigueApartado(), false)
  assert.equal([(await fila(l))!.sinSaberHasta, (await fila(l))!.anteriorId], [null, null])
})

test('[R5] a canje of any sucursal waits for all the tills that may have given it; one made after a lease ended, for none', async () => {
  const l = await lugar()
  await entero(l.a)
  reloj.avanzar(25 * HORA)
  const sigueApartado = await canjeVencido(l)
  reloj.avanzar(16 * MINUTO)
  assert.is(await sigueApartado(), false, 'the lease of its sucursal had ended')
  await sesionDeDispositivo(servidor, l.negocio.cajas[0]!)
  const otro = await canjeVencido(l)
  await sql`update canjes set sucursal_id = null where negocio_id = ${l.negocio.negocioId}`
  reloj.avanzar(16 * MINUTO)
  assert.is(await otro(), true)
  await entero(l.a)
  // The till of Norte has its own lease, and may have given it as well.
  assert.is(await otro(), true)
  reloj.avanzar(24 * HORA)
  assert.is(await otro(), false)
})

test('[R5] a till pulls the lease of its own sucursal and the canjes given there: their end and points, never a code or a QR', async () => {
  const l = await lugar()
  await l.a.subir()
  await canjeVencido(l)
  const bajar = async (diario: DiarioDePrueba | CajaDePrueba, coleccion: string) => {
    const { token } = await sesionDeDispositivo(servidor, ('caja' in diario ? diario.caja : diario) as CajaDePrueba)
    return (await pedir<{ documents: Record<string, unknown>[] }>(servidor, `/sync/pull/${coleccion}`, { token })).cuerpo.data.documents
  }
  const esArriendo = ({ id }: Record<string, unknown>) => String(id).startsWith('arriendo:')
  const [suyo, ...otros] = (await bajar(l.b, 'config')).filter(esArriendo)
  assert.equal([suyo?.sucursalId, suyo?.dispositivoId, otros.length], [l.negocio.sucursalId, l.a.caja.dispositivoId, 0])
  const [canje] = await bajar(l.b, 'canjes')
  assert.equal([canje?.puntos, canje?.estado, canje?.apartado], [10, 'pendiente', true])
  for (const campo of ['numero', 'codigo', 'qr']) assert.not.ok(campo in canje!, campo)
  const norte = await altaDeCaja(servidor, l.negocio, { sucursalId: l.negocio.sucursales[1]!.id })
  assert.equal(await bajar(norte, 'canjes'), [], 'of another sucursal')
})

test('it is between tills: an empleado needs the permission, an account and a Studio are refused', async () => {
  const l = await lugar()
  await l.a.subir()
  const { negocioId, sucursalId, dueno } = l.negocio
  const entrar = async (nick: string, permisosScanYA: typeof CAJERO_BASICO) => {
    const nuevo = { nombre: 'Caro', nick, pin: '482913', puesto: 'Cajera', sucursalId, permisosScanYA }
    await crearEmpleado(deps, negocioId, nuevo as Parameters<typeof crearEmpleado>[2])
    return (await loginEmpleado(servidor, l.a.caja as CajaDePrueba, nick, '482913')).cuerpo.data.token
  }
  const codigo = async (token: string) => (await pedir<ArriendoDeCanjes>(servidor, CAMINO, { token })).cuerpo
  assert.is((await codigo(await entrar('caro', CAJERO_AVANZADO))).data.arriendo?.esMio, true)
  assert.is((await codigo(await entrar('beto', CAJERO_BASICO))).code, 'SIN_PERMISO')
  assert.is((await codigo(await tokenDeCuenta(servidor, dueno.usuarioId))).code, 'SIN_PERMISO')
  const studio = await altaDeCaja(servidor, l.negocio, { tipo: 'studio' })
  assert.is((await codigo((await sesionDeDispositivo(servidor, studio)).token)).code, 'SIN_PERMISO')
})

test.run()
