import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { FichaDeEmpleado } from './documento.ts'

/** EMP-01. `sucursalId` null: everybody; else who may sell there. By name; those who were deleted are nowhere. */
export function listarEmpleados(deps: Pick<Deps, 'db'>, negocioId: string, sucursalId: string | null): Promise<FichaDeEmpleado[]> {
  return deps.db.negocio(negocioId, (sql) => leerEmpleados(sql, negocioId, sucursalId))
}

export async function leerEmpleados(sql: Tx, negocioId: string, sucursalId: string | null): Promise<FichaDeEmpleado[]> {
  const filas = await sql<FilaDeEmpleado[]>`
    select ${columnasDeFicha(sql)} from empleados e where negocio_id = ${negocioId} and borrado_at is null
      and (${sucursalId}::uuid is null or todas_las_sucursales or sucursal_id is null or sucursal_id = ${sucursalId})
    order by nombre, nick`
  return filas.map(comoFicha)
}

/** Of `empleados e`, for a select or a returning. */
export const columnasDeFicha = (sql: Tx) => sql`
  e.id, e.nombre, e.nick, e.puesto, e.telefono, e.sucursal_id, e.todas_las_sucursales, e.permisos_scan_ya, e.pin_hash is not null as tiene_pin,
  e.activo, e.baja_at, e.acceso_at,
  (select max(a.created_at) from actividad_empleado a
    where a.negocio_id = e.negocio_id and a.empleado_id = e.id and a.tipo = 'login' and a.resultado = 'ok') as ultima_sesion_at,
  (select d.nombre from actividad_empleado a join dispositivos d on d.negocio_id = a.negocio_id and d.id = a.dispositivo_id
    where a.negocio_id = e.negocio_id and a.empleado_id = e.id and a.tipo = 'login' and a.resultado = 'ok'
    order by a.created_at desc, a.id desc limit 1) as ultimo_equipo`

/** A row that whoever asks may change. A gerente has the people of the own sucursal; `sucursalId` null: a dueño, who has all of them. */
export const suyo = (sql: Tx, negocioId: string, empleadoId: string, sucursalId: string | null) => sql`
  e.negocio_id = ${negocioId} and e.id = ${empleadoId} and e.borrado_at is null
  and (${sucursalId}::uuid is null or (e.sucursal_id = ${sucursalId} and not e.todas_las_sucursales))`

/** A column's name gives permisosScanYa: an acronym loses its capitals on the way. */
export type FilaDeEmpleado = Omit<FichaDeEmpleado, 'permisosScanYA'> & { permisosScanYa: FichaDeEmpleado['permisosScanYA'] }

export const comoFicha = ({ permisosScanYa, ...resto }: FilaDeEmpleado): FichaDeEmpleado => ({ ...resto, permisosScanYA: permisosScanYa })
