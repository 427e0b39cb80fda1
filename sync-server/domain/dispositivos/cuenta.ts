/**
 * A Studio acts for the account that enrolled it: who reads its edits must know whose hand it was, and an account that lost its place in the
 * negocio must not go on through a browser it left open.
 */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { darDeBajaDispositivo } from './baja.ts'

export interface CuentaDeStudio {
  /** Of the device. */
  nombre: string
  /** Null: enrolled before accounts were noted. */
  usuarioId: string | null
  usuarioNombre: string
  /** Whether the account still has what this device reaches: the negocio, or its sucursal. */
  sigue: boolean
}

/** The reason a dueño reads beside the device. */
export const SIN_CUENTA = 'cuenta_sin_acceso'

/** Reads as app_negocio or app_plataforma. A till, and a Studio of before accounts were noted, always go on. */
export async function cuentaDeStudio(sql: Tx, negocioId: string, dispositivoId: string): Promise<CuentaDeStudio> {
  const [fila] = await sql<CuentaDeStudio[]>`
    select d.nombre, d.usuario_id, d.usuario_nombre,
      d.tipo <> 'studio' or d.usuario_id is null or exists (
        select from negocio_cuentas c where c.negocio_id = d.negocio_id and c.usuario_id = d.usuario_id
          and (c.papel = 'dueno' or (c.sucursal_id is not null and c.sucursal_id = d.sucursal_id))) as sigue
    from dispositivos d where d.negocio_id = ${negocioId} and d.id = ${dispositivoId}`
  return fila ?? { nombre: '', usuarioId: null, usuarioNombre: '', sigue: false }
}

/** Ends a Studio whose account has no place here any more. @throws Rechazo DISPOSITIVO_REVOCADO always */
export async function revocarSinCuenta(deps: Pick<Deps, 'db' | 'hub' | 'now'>, negocioId: string, dispositivoId: string): Promise<never> {
  await darDeBajaDispositivo(deps, negocioId, dispositivoId, SIN_CUENTA)
  throw new Rechazo('DISPOSITIVO_REVOCADO')
}
