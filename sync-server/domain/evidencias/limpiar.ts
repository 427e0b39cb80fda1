/** NF-28. A photo whose sale never came, or that never came whole, goes 35 days later: by then its till has handed in what it had, or it never will. */
import { DIA } from '../../../schema/core/tiempo.ts'
import type { Deps } from '../../context.ts'
import { almacenDe } from '../imagenes/almacen.ts'

export const CONSERVAR_SUELTA_MS = 35 * DIA
const POR_VUELTA = 500

/** Gives how many went. Row first: a file that nobody remembers is removed with the pictures. */
export async function limpiarEvidencias(deps: Pick<Deps, 'db' | 'env' | 'now'>): Promise<number> {
  const limite = new Date(deps.now() - CONSERVAR_SUELTA_MS)
  const sueltas = await deps.db.plataforma(async (sql) => {
    // Looked at once: a sale never lets go of its photo.
    await sql`
      update evidencias_foto f set suelta = false where suelta and completa_at is not null and created_at <= ${limite}
        and exists (select from transacciones t where t.negocio_id = f.negocio_id and t.foto = f.hash)`
    return sql<{ negocioId: string; archivo: string }[]>`
      delete from evidencias_foto e using (
        select negocio_id, hash from evidencias_foto where suelta and created_at <= ${limite} limit ${POR_VUELTA}) x
      where e.negocio_id = x.negocio_id and e.hash = x.hash returning e.negocio_id, e.archivo`
  })
  for (const { negocioId, archivo } of sueltas) await almacenDe(deps.env).borrar(negocioId, archivo)
  return sueltas.length
}
