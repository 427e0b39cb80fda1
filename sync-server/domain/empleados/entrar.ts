/**
 * Login of an empleado (SCAN-04, 46, 48, 59). A PIN is accepted only with the signature of an enrolled till (TU1), so that guessing needs a device that
 * can be revoked.
 */
import { importarPublica, verificarTexto } from '../../../schema/core/firma.ts'
import { aBase64 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { trabajaEn } from '../../../schema/domain/empleados/empleado.ts'
import { ACCIONES_SCANYA, type PermisosScanYA, puede } from '../../../schema/domain/empleados/permisos.ts'
import type { RespuestaAlta } from '../../../schema/protocol/dispositivos.ts'
import type { PedidoLoginEmpleado, RespuestaLoginEmpleado } from '../../../schema/protocol/turnos.ts'
import { anotarIntentoDePin, olvidarIntentosDePin } from '../../auth/bloqueos-pin.ts'
import { contrasenaCorrecta } from '../../auth/contrasenas.ts'
import { abrirSesion } from '../../auth/sesiones.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Retos } from '../dispositivos/reto.ts'
import { anotarActividad } from './actividad.ts'
import { emitirLicenciaEmpleado } from './licencia.ts'

interface Equipo {
  id: string
  negocioId: string
  sucursalId: string
}
/** What a login needs to know of an empleado. */
export interface FilaDeEntrada {
  id: string
  nombre: string
  nick: string
  puesto: string
  pinHash: string | null
  permisosScanYa: PermisosScanYA
  activo: boolean
  sucursalId: string | null
  todasLasSucursales: boolean
}

/** Brakes that count once the signature is known to be the device's. */
export interface FrenosDePin {
  /** @throws Rechazo DEMASIADAS_PETICIONES */
  admitir(dispositivoId: string): Promise<void>
  alFallar(negocioId: string): Promise<void>
}

type DepsDeEntrada = Pick<Deps, 'db' | 'env' | 'now' | 'azar'>
type DepsDelEnlace = Pick<Deps, 'now' | 'azar'>

/**
 * Every attempt is logged with its result (EMP-17).
 * @throws Rechazo DISPOSITIVO_REQUERIDO (not signed, or for another negocio), FIRMA_INVALIDA, DISPOSITIVO_REVOCADO, DEMASIADAS_PETICIONES,
 * CREDENCIALES_PIN (same answer and work for an unknown nick), PIN_BLOQUEADO, EMPLEADO_INACTIVO, SIN_PERMISO (no permissions, another sucursal)
 */
export async function entrarEmpleado(
  deps: DepsDeEntrada,
  retos: Retos,
  frenos: FrenosDePin,
  pedido: PedidoLoginEmpleado,
): Promise<RespuestaLoginEmpleado> {
  const equipo = await exigirEquipo(deps, retos, pedido)
  await frenos.admitir(equipo.id)
  const nick = pedido.nick.toLowerCase()
  const empleado = await leerEmpleado(deps, equipo.negocioId, nick)
  try {
    return await abrirEntrada(deps, equipo, await comprobar(deps, equipo, nick, empleado, pedido.pin))
  } catch (error) {
    if (!(error instanceof Rechazo)) throw error
    await anotar(deps, equipo, empleado?.id ?? null, error.codigo)
    await frenos.alFallar(equipo.negocioId)
    throw error
  }
}

/** TU1. The till that signs; its own negocio is the one the nick is looked up in (SCAN-48). */
async function exigirEquipo(deps: DepsDeEntrada, retos: Retos, pedido: PedidoLoginEmpleado): Promise<Equipo> {
  const { dispositivoId, reto, firma, nick } = pedido
  if (!dispositivoId || !reto || !firma) throw new Rechazo('DISPOSITIVO_REQUERIDO')
  const [fila] = await deps.db.plataforma(
    (sql) => sql<(Equipo & { tipo: string; clavePublica: string; bajaAt: number | null; codigoCaja: string })[]>`
      select d.id, d.negocio_id, d.sucursal_id, d.tipo, d.clave_publica, d.baja_at, n.codigo_caja
      from dispositivos d join negocios n on n.negocio_id = d.negocio_id where d.id = ${dispositivoId}`,
  )
  const llave = fila && (await importarPublica(fila.clavePublica))
  if (!fila || !llave || !(await verificarTexto(llave, 'CYA1|pin', `${dispositivoId}|${reto}|${nick}`, firma)))
    throw new Rechazo('FIRMA_INVALIDA')
  retos.usar(dispositivoId, reto)
  if (fila.bajaAt !== null) throw new Rechazo('DISPOSITIVO_REVOCADO')
  const otroNegocio =
    (pedido.negocioId ?? fila.negocioId) !== fila.negocioId || (pedido.codigoCaja ?? fila.codigoCaja).toLowerCase() !== fila.codigoCaja
  if (otroNegocio || fila.tipo !== 'caja' || !fila.sucursalId) throw new Rechazo('DISPOSITIVO_REQUERIDO')
  return { id: fila.id, negocioId: fila.negocioId, sucursalId: fila.sucursalId }
}

export async function leerEmpleado(deps: DepsDeEntrada, negocioId: string, nick: string): Promise<FilaDeEntrada | undefined> {
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<FilaDeEntrada[]>`
      select id, nombre, nick, puesto, pin_hash, permisos_scan_ya, activo, sucursal_id, todas_las_sucursales
      from empleados where negocio_id = ${negocioId} and nick = ${nick}`,
  )
  return fila
}

/** SCAN-59: in this order. What comes after the PIN is told only to who knows it. */
async function comprobar(
  deps: DepsDeEntrada,
  equipo: Equipo,
  nick: string,
  empleado: FilaDeEntrada | undefined,
  pin: string,
): Promise<FilaDeEntrada> {
  await anotarIntentoDePin(deps, equipo.negocioId, nick)
  const correcto = await contrasenaCorrecta(deps.env.secretKey, empleado?.pinHash ?? undefined, pin)
  if (!empleado || !correcto) throw new Rechazo('CREDENCIALES_PIN')
  if (!empleado.activo) throw new Rechazo('EMPLEADO_INACTIVO')
  if (!ACCIONES_SCANYA.some((accion) => puede(empleado.permisosScanYa, accion))) throw new Rechazo('SIN_PERMISO')
  if (!trabajaEn(empleado, equipo.sucursalId)) throw new Rechazo('SIN_PERMISO')
  await olvidarIntentosDePin(deps, equipo.negocioId, nick)
  return empleado
}

/**
 * Session and lease of somebody whose PIN is known to be right. `tipo`: what the log says of it; null: it is told there already.
 * @throws Rechazo CREDENCIALES_PIN: the PIN changed, or the empleado left, meanwhile
 */
export function abrirEntrada(
  deps: DepsDeEntrada,
  equipo: Pick<Equipo, 'id' | 'negocioId'>,
  { id, nombre, nick, puesto, permisosScanYa: permisos, pinHash }: Omit<FilaDeEntrada, 'activo' | 'sucursalId' | 'todasLasSucursales'>,
  tipo: 'login' | null = 'login',
): Promise<RespuestaLoginEmpleado> {
  const para = { negocioId: equipo.negocioId, empleadoId: id, dispositivoId: equipo.id, permisos }
  return deps.db.plataforma(async (sql) => {
    // Looking at a PIN takes a while: one that was changed meanwhile, or an empleado who left, gets neither session nor lease (TU6). Who changes it waits.
    const [sigue] = await sql`
      select 1 from empleados where negocio_id = ${equipo.negocioId} and id = ${id} and activo and pin_hash = ${pinHash} for share`
    if (!sigue) throw new Rechazo('CREDENCIALES_PIN')
    const sesion = await abrirSesion(sql, deps, { clase: 'empleado', ...para })
    const licencia = await emitirLicenciaEmpleado(sql, deps, para)
    if (tipo) await anotarActividad(sql, deps, { ...para, tipo, resultado: 'ok' })
    return { ...sesion, empleado: { id, nombre, nick, puesto, permisos }, licencia, llave: aBase64(deps.azar(32)), hora: deps.now() }
  })
}

/** In a transaction of its own: the refusal must not take it along. */
function anotar(deps: DepsDeEntrada, equipo: Equipo, empleadoId: string | null, resultado: Rechazo['codigo']): Promise<void> {
  const { negocioId, id: dispositivoId } = equipo
  return deps.db.negocio(negocioId, (sql) => anotarActividad(sql, deps, { negocioId, empleadoId, dispositivoId, tipo: 'login', resultado }))
}

/**
 * PWA-14. The dueño made the link for this person and saw the till that opened it: they are inside without nick or PIN, as long as they work here and their
 * PIN is the one of then. Null: the link is nobody's, or they may not be inside any more; the till is enrolled all the same.
 */
export async function entrarPorEnlace(
  sql: Tx,
  deps: DepsDelEnlace,
  dispositivoId: string,
  enlace: { negocioId: string; empleadoId: string | null; aprobadoAt: number | null; dispositivoId: string | null },
): Promise<RespuestaAlta['empleado']> {
  const { negocioId, empleadoId, aprobadoAt } = enlace
  if (!empleadoId || aprobadoAt === null) return null
  const [suya] = await sql<FilaDeEntrada[]>`
    select id, nombre, nick, puesto, permisos_scan_ya from empleados
    where negocio_id = ${negocioId} and id = ${empleadoId} and activo and coalesce(acceso_at, '-infinity') <= ${new Date(aprobadoAt)}`
  if (!suya) return null
  const { id, nombre, nick, puesto, permisosScanYa: permisos } = suya
  const para = { negocioId, empleadoId: id, dispositivoId, permisos }
  if (enlace.dispositivoId === null) await anotarActividad(sql, deps, { ...para, tipo: 'login', resultado: 'ok' })
  return { ficha: { id, nombre, nick, puesto, permisos }, licencia: await emitirLicenciaEmpleado(sql, deps, para) }
}
