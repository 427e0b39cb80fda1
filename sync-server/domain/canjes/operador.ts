/** Who gives a canje at a till that asks as itself: it says so, as in its journal, and the server looks whether that person may (SCAN-49, EMP-11). */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { type PermisosScanYA, puede } from '../../../schema/domain/empleados/permisos.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Mostrador } from '../scanya/mostrador.ts'

/**
 * The counter with the person in it. Who has a session of their own is who they are.
 * @throws Rechazo DATO_INVALIDO `operador` (said by somebody else than a till), SIN_PERMISO (nobody here who may)
 */
export async function conOperador(deps: Pick<Deps, 'db'>, m: Mostrador, dicho: Sobre['operador'] | undefined): Promise<Mostrador> {
  if (dicho == null) return m
  if (m.clase !== 'dispositivo') throw new Rechazo('DATO_INVALIDO', 'operador')
  const bien = await deps.db.negocio(m.negocioId, (sql) =>
    dicho.tipo === 'empleado' ? esEmpleado(sql, m, dicho.id) : esCuenta(sql, m, dicho.id),
  )
  if (!bien) throw new Rechazo('SIN_PERMISO')
  return { ...m, operador: dicho }
}

async function esEmpleado(sql: Tx, { negocioId, sucursalId }: Mostrador, id: string): Promise<boolean> {
  const [fila] = await sql<{ permisos: PermisosScanYA }[]>`
    select permisos_scan_ya as permisos from empleados where negocio_id = ${negocioId} and id = ${id} and activo
      and (todas_las_sucursales or sucursal_id is null or sucursal_id = ${sucursalId})`
  return fila !== undefined && puede(fila.permisos, 'validarCanjes')
}

/** A dueño needs no permission, nor a gerente to whom none were denied (SCAN-05). */
async function esCuenta(sql: Tx, { negocioId, sucursalId }: Mostrador, id: string): Promise<boolean> {
  const [fila] = await sql<{ permisos: PermisosScanYA | null }[]>`
    select case when papel = 'gerente' then permisos_scan_ya end as permisos from negocio_cuentas
    where negocio_id = ${negocioId} and usuario_id = ${id} and (papel = 'dueno' or sucursal_id = ${sucursalId})`
  return fila !== undefined && (fila.permisos === null || puede(fila.permisos, 'validarCanjes'))
}
