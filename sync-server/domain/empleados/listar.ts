import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { FichaDeEmpleado } from './documento.ts'

/** EMP-01. `sucursalId` null: everybody; else who may sell there. By name. */
export function listarEmpleados(deps: Pick<Deps, 'db'>, negocioId: string, sucursalId: string | null): Promise<FichaDeEmpleado[]> {
  return deps.db.negocio(negocioId, (sql) => leerEmpleados(sql, negocioId, sucursalId))
}

export async function leerEmpleados(sql: Tx, negocioId: string, sucursalId: string | null): Promise<FichaDeEmpleado[]> {
  const filas = await sql<FilaDeEmpleado[]>`
    select id, nombre, nick, puesto, telefono, sucursal_id, todas_las_sucursales, permisos_scan_ya, pin_hash is not null as tiene_pin,
      activo, baja_at, acceso_at
    from empleados where negocio_id = ${negocioId}
      and (${sucursalId}::uuid is null or todas_las_sucursales or sucursal_id is null or sucursal_id = ${sucursalId})
    order by nombre, nick`
  return filas.map(comoFicha)
}

/** A column's name gives permisosScanYa: an acronym loses its capitals on the way. */
export type FilaDeEmpleado = Omit<FichaDeEmpleado, 'permisosScanYA'> & { permisosScanYa: FichaDeEmpleado['permisosScanYA'] }

export const comoFicha = ({ permisosScanYa, ...resto }: FilaDeEmpleado): FichaDeEmpleado => ({ ...resto, permisosScanYA: permisosScanYa })
