/** Who is at a counter that speaks HTTP, and what they may do there (SCAN-05..07, 49). */
import type { Context, MiddlewareHandler } from 'hono'
import { esUuid } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { type AccionScanYA, type PermisosScanYA, puede } from '../../../schema/domain/empleados/permisos.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import { ataduraDeEquipo } from '../../../schema/protocol/repetible.ts'
import { portadorDe } from '../../auth/middleware.ts'
import { sesionDeToken } from '../../auth/sesiones.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { Entorno } from '../../http/entorno.ts'
import { anotarNegada } from '../empleados/actividad.ts'

export interface Mostrador {
  negocioId: string
  /** Where it happens, and whose sales are seen. */
  sucursalId: string
  operador: Sobre['operador']
  /** Null: a dueño, who needs none (SCAN-07), or a gerente to whom none were denied (SCAN-05). */
  permisos: PermisosScanYA | null
  /** A gerente and an empleado give back sales of the own sucursal only (EMP-38). */
  soloSuSucursal: boolean
  /** What an identification and an Idempotency-Key belong to: the device, or the account. */
  atadura: string
  clase: Sesion['clase']
}

/**
 * An empleado with the permission (every one of a list), or a dueño or gerente. `equipo`: the till itself may ask too. For an account, `?sucursalId=` (EMP-24) says where;
 * with one sucursal it need not.
 * @throws Rechazo as sesionDeToken, SIN_PERMISO, NO_ENCONTRADO (a sucursal in which the account is nobody), DATO_INVALIDO `sucursalId` (more than one)
 */
export function enMostrador(
  deps: Deps,
  acciones: AccionScanYA | readonly AccionScanYA[] | null,
  { equipo = false } = {},
): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    const sesion = await sesionDeToken(deps, portadorDe(c))
    const mostrador = await mostradorDe(deps, sesion, c.req.query('sucursalId'))
    if (sesion.clase === 'dispositivo' && !(equipo && sesion.tipo === 'caja')) throw new Rechazo('SIN_PERMISO')
    c.set('sesion', sesion)
    c.set('mostrador', mostrador)
    for (const accion of [acciones ?? []].flat()) await exigirPermiso(deps, c, accion)
    await next()
  }
}

/** What only some requests of a route ask for. Who may not is noted (EMP-17). @throws Rechazo SIN_PERMISO */
export async function exigirPermiso(deps: Deps, c: Context<Entorno>, accion: AccionScanYA): Promise<void> {
  const { permisos } = c.get('mostrador')
  if (permisos === null || puede(permisos, accion)) return
  await anotarNegada(deps, c.get('sesion'), accion)
  throw new Rechazo('SIN_PERMISO')
}

async function mostradorDe(deps: Deps, sesion: Sesion, pedida: string | undefined): Promise<Mostrador> {
  if (sesion.clase === 'cuenta') return deCuenta(deps, sesion.usuarioId, pedida)
  const { negocioId, sucursalId, dispositivoId, clase } = sesion
  if (sucursalId === null) throw new Rechazo('SIN_PERMISO') // a Studio is at no counter
  const esEmpleado = sesion.clase === 'empleado'
  const operador = esEmpleado ? ({ tipo: 'empleado', id: sesion.empleadoId } as const) : null
  const permisos = esEmpleado ? sesion.permisos : null
  return { negocioId, sucursalId, operador, permisos, soloSuSucursal: true, atadura: ataduraDeEquipo(dispositivoId), clase }
}

interface Lugar {
  negocioId: string
  papel: 'dueno' | 'gerente'
  sucursalId: string
  permisosScanYa: PermisosScanYA | null
}

async function deCuenta(deps: Deps, usuarioId: string, pedida: string | undefined): Promise<Mostrador> {
  if (pedida !== undefined && !esUuid(pedida)) throw new Rechazo('NO_ENCONTRADO')
  const lugares = await deps.db.plataforma(
    (sql) => sql<Lugar[]>`
      select c.negocio_id, c.papel, s.id as sucursal_id, c.permisos_scan_ya from negocio_cuentas c
      join negocio_sucursales s on s.negocio_id = c.negocio_id and (c.papel = 'dueno' or s.id = c.sucursal_id)
      where c.usuario_id = ${usuarioId}`,
  )
  const lugar = pedida === undefined ? lugares[0] : lugares.find((l) => l.sucursalId === pedida)
  if (!lugar) throw new Rechazo(pedida === undefined ? 'SIN_PERMISO' : 'NO_ENCONTRADO')
  if (pedida === undefined && lugares.length > 1) throw new Rechazo('DATO_INVALIDO', 'sucursalId')
  return {
    negocioId: lugar.negocioId,
    sucursalId: lugar.sucursalId,
    operador: { tipo: 'usuario', id: usuarioId },
    permisos: lugar.papel === 'gerente' ? lugar.permisosScanYa : null,
    soloSuSucursal: lugar.papel === 'gerente',
    atadura: `cuenta:${usuarioId}`,
    clase: 'cuenta',
  }
}
