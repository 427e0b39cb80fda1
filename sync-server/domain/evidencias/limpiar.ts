/** NF-28. A photo whose sale never came, or that never came whole, goes 35 days later: by then its till has handed in what it had, or it never will. */
import { DIA } from '../../../schema/core/tiempo.ts'
import type { Deps } from '../../context.ts'
import { almacenDe } from '../imagenes/almacen.ts'

export const CONSERVAR_SUELTA_MS = 35 * DIA
const POR_TANDA = 500
/** Of one run: 50,000 photos. The rest goes with the next one. */
const TANDAS = 100

/** Gives how many went. Row first: a file that nobody remembers is removed with the pictures. @param porTanda photos of one transaction */
export async function limpiarEvidencias(deps: Pick<Deps, 'db' | 'env' | 'now'>, porTanda = POR_TANDA): Promise<number> {
  const limite = new Date(deps.now() - CONSERVAR_SUELTA_MS)
  // Looked at once: a sale never lets go of its photo.
  await deps.db.plataforma(
    (sql) => sql`
      update evidencias_foto f set suelta = false where suelta and completa_at is not null and created_at <= ${limite}
        and exists (select from transacciones t where t.negocio_id = f.negocio_id and t.foto = f.hash)`,
  )
  let idas = 0
  for (let tanda = 0; tanda < TANDAS; tanda++) {
    const deEsta = await borrarSueltas(deps, limite, porTanda)
    idas += deEsta
    if (deEsta < porTanda) break
  }
  return idas
}

/** The oldest that no sale has. One whose sale came since they were looked at is told by the delete itself. */
async function borrarSueltas(deps: Pick<Deps, 'db' | 'env'>, limite: Date, cuantas: number): Promise<number> {
  const sueltas = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string; archivo: string }[]>`
      delete from evidencias_foto e using (
        select negocio_id, hash from evidencias_foto f where suelta and created_at <= ${limite}
          and not (completa_at is not null and exists (select from transacciones t where t.negocio_id = f.negocio_id and t.foto = f.hash))
        order by created_at limit ${cuantas}) x
      where e.negocio_id = x.negocio_id and e.hash = x.hash returning e.negocio_id, e.archivo`,
  )
  for (const { negocioId, archivo } of sueltas) await almacenDe(deps.env).borrar(negocioId, archivo)
  return sueltas.length
}
