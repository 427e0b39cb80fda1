import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'

/** A device as its dueño sees it: never its key. */
export const fichaDeDispositivo = z.object({
  id: uuid,
  nombre: z.string(),
  modelo: z.string(),
  tipo: z.enum(['caja', 'studio']),
  sucursalId: uuid.nullable(),
  serie: z.string(),
  altaAt: instante,
  bajaAt: instante.nullable(),
  bajaMotivo: z.string().nullable(),
  licenciaVenceAt: instante.nullable(),
})
export type FichaDeDispositivo = z.infer<typeof fichaDeDispositivo>

/** Oldest first. `sucursalId` null: all of them. */
export function listarDispositivos(deps: Pick<Deps, 'db'>, negocioId: string, sucursalId: string | null): Promise<FichaDeDispositivo[]> {
  return deps.db.negocio(
    negocioId,
    (sql) => sql<FichaDeDispositivo[]>`
      select d.id, d.nombre, d.modelo, d.tipo, d.sucursal_id, d.serie, d.created_at as alta_at, d.baja_at, d.baja_motivo,
        (select max(l.vence_at) from licencias l where l.negocio_id = d.negocio_id and l.dispositivo_id = d.id) as licencia_vence_at
      from dispositivos d
      where d.negocio_id = ${negocioId} and (${sucursalId}::uuid is null or d.sucursal_id = ${sucursalId})
      order by d.created_at, d.serie`,
  )
}
