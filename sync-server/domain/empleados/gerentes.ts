/** SCAN-05, EMP-38. Who runs a sucursal with an account, and what the dueño lets them do at a till. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { permisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'

export const fichaDeGerente = z.object({
  usuarioId: uuid,
  nombre: z.string(),
  sucursalId: uuid.nullable(),
  /** Null: everything. */
  permisosScanYA: permisosScanYA.nullable(),
})
export type FichaDeGerente = z.infer<typeof fichaDeGerente>
export const pedidoPermisosDeGerente = z.object({ permisosScanYA: permisosScanYA.nullable() })

/** By name. An account is read by the platform: a tenant sees no person. */
export function listarGerentes(deps: Pick<Deps, 'db'>, negocioId: string, usuarioId: string | null = null): Promise<FichaDeGerente[]> {
  return deps.db.plataforma(
    (sql) => sql<FichaDeGerente[]>`
      select c.usuario_id, trim(u.nombre || ' ' || u.apellidos) as nombre, c.sucursal_id, c.permisos_scan_ya as "permisosScanYA"
      from negocio_cuentas c join usuarios u on u.id = c.usuario_id
      where c.negocio_id = ${negocioId} and c.papel = 'gerente' and u.borrado_at is null and (${usuarioId}::uuid is null or c.usuario_id = ${usuarioId})
      order by 2, 1`,
  )
}

/** In force at the next request of a counter, and at a till when it next asks who is there. @throws Rechazo NO_ENCONTRADO: no gerente of this negocio */
export async function darPermisosAGerente(
  deps: Pick<Deps, 'db'>,
  negocioId: string,
  usuarioId: string,
  { permisosScanYA: permisos }: z.output<typeof pedidoPermisosDeGerente>,
): Promise<FichaDeGerente> {
  await deps.db.negocio(
    negocioId,
    (sql) => sql`update negocio_cuentas set permisos_scan_ya = ${permisos === null ? null : (sql.json(permisos) as never)}
      where negocio_id = ${negocioId} and usuario_id = ${usuarioId} and papel = 'gerente'`,
  )
  const [ficha] = await listarGerentes(deps, negocioId, usuarioId)
  if (!ficha) throw new Rechazo('NO_ENCONTRADO')
  return ficha
}
