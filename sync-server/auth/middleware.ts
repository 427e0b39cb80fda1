/** Who may pass. Every request asks the database: a session revoked on one node is over on all of them. */
import type { Context, MiddlewareHandler } from 'hono'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Deps, Sesion } from '../context.ts'
import type { Entorno, Papel } from '../http/entorno.ts'
import { sesionDeToken } from './sesiones.ts'

/** `Authorization: Bearer <token>` */
export const portadorDe = (c: Context): string | undefined => /^Bearer ([\w-]{20,200})$/i.exec(c.req.header('authorization') ?? '')?.[1]

/** Any living session, in `c.get('sesion')`. @throws Rechazo SESION_REQUERIDA, SESION_VENCIDA, DISPOSITIVO_REVOCADO */
export function requiereSesion(deps: Deps): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    c.set('sesion', await sesionDeToken(deps, portadorDe(c)))
    await next()
  }
}

/** A session of an enrolled device, also in `c.get('dispositivo')`. @throws Rechazo as requiereSesion, DISPOSITIVO_REQUERIDO */
export function requiereDispositivo(deps: Deps): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    const sesion = await sesionDeToken(deps, portadorDe(c))
    if (sesion.clase !== 'dispositivo') throw new Rechazo('DISPOSITIVO_REQUERIDO')
    c.set('sesion', sesion)
    c.set('dispositivo', sesion)
    await next()
  }
}

/** A session of a person. @throws Rechazo as requiereSesion, SIN_PERMISO for a device */
export function requiereCuenta(deps: Deps): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    c.set('sesion', exigirCuenta(await sesionDeToken(deps, portadorDe(c))))
    await next()
  }
}

export type SesionDeCuenta = Extract<Sesion, { clase: 'cuenta' }>

export function exigirCuenta(sesion: Sesion): SesionDeCuenta {
  if (sesion.clase !== 'cuenta') throw new Rechazo('SIN_PERMISO')
  return sesion
}

/** Somebody who entered with nick and PIN. @throws Rechazo as requiereSesion, SIN_PERMISO for everybody else */
export function requiereEmpleado(deps: Deps): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    c.set('sesion', exigirEmpleado(await sesionDeToken(deps, portadorDe(c))))
    await next()
  }
}

export type SesionDeEmpleado = Extract<Sesion, { clase: 'empleado' }>

export function exigirEmpleado(sesion: Sesion): SesionDeEmpleado {
  if (sesion.clase !== 'empleado') throw new Rechazo('SIN_PERMISO')
  return sesion
}

/** The platform's own people. @throws Rechazo as requiereCuenta, SIN_PERMISO for everybody else */
export function requiereSuperadmin(deps: Deps): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    const sesion = exigirCuenta(await sesionDeToken(deps, portadorDe(c)))
    if (!sesion.esSuperadmin) throw new Rechazo('SIN_PERMISO')
    c.set('sesion', sesion)
    await next()
  }
}

/**
 * A person with one of these papeles in the negocio of the path (`:negocioId`), in `c.get('papel')`.
 * A negocio in which the person is nobody is answered exactly like one that does not exist.
 * @throws Rechazo as requiereCuenta, NO_ENCONTRADO, SIN_PERMISO
 */
export function requierePapel(deps: Deps, ...papeles: Papel['papel'][]): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    const sesion = exigirCuenta(await sesionDeToken(deps, portadorDe(c)))
    const papel = await papelEn(deps, c.req.param('negocioId') ?? '', sesion.usuarioId)
    if (!papel) throw new Rechazo('NO_ENCONTRADO')
    if (!papeles.includes(papel.papel)) throw new Rechazo('SIN_PERMISO')
    c.set('sesion', sesion)
    c.set('papel', papel)
    await next()
  }
}

/** A gerente without a sucursal is nobody: null means every sucursal to whoever reads it. */
async function papelEn(deps: Deps, negocioId: string, usuarioId: string): Promise<Papel | undefined> {
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<Papel[]>`
      select papel, sucursal_id, case when papel = 'gerente' then permisos_scan_ya end as permisos from negocio_cuentas where negocio_id = ${negocioId} and usuario_id = ${usuarioId}
        and (papel = 'dueno' or sucursal_id is not null)`,
  )
  return fila
}

/** A gerente acts on the own sucursal only. @throws Rechazo SIN_PERMISO */
export function exigirSucursal(papel: Papel, sucursalId: string | null): void {
  if (papel.papel === 'gerente' && papel.sucursalId !== sucursalId) throw new Rechazo('SIN_PERMISO')
}
