/** R5, SCAN-33. Canjes that nobody confirmed in time: what the sweeper says of each. */
import type { PendingQuery, Row } from 'postgres'
import type { EstadoDeCanje } from '../../../schema/domain/canjes/canje.ts'
import { devueltoAt, TOLERANCIA_DEL_CANJE_MS } from '../../../schema/domain/canjes/canje.ts'
import type { CanjeCerrado } from '../../../schema/domain/hechos/tipos.ts'
import type { Tx } from '../../db/db.ts'
import { vistaDe } from './arriendo.sql.ts'

/** Those whose points are apart and whose time is over: few, and each of them for a day at most. */
const DE_UNA_VEZ = 10_000

/**
 * What is due at `ahora` (server ms), oldest first. Points that may go back go back at once, also of those cancelled; of one still to wait, only its end is said.
 * Read with the platform's eyes. `sin`: SQL that leaves negocios out, of the column negocio_id.
 */
export async function leerCanjesVencidos(
  sql: Tx,
  ahora: number,
  sin: PendingQuery<Row[]>,
): Promise<{ negocioId: string; datos: CanjeCerrado }[]> {
  const filas = await sql<{ negocioId: string; id: string; estado: EstadoDeCanje; venceAt: number; vista: number | null }[]>`
    select c.negocio_id, c.id, c.estado, c.vence_at, ${vistaDe(sql)} as vista from canjes c
    where c.apartado and c.vence_at < ${new Date(ahora - TOLERANCIA_DEL_CANJE_MS)} and ${sin} order by c.vence_at, c.id limit ${DE_UNA_VEZ}`
  return filas.flatMap(({ negocioId, id: canjeId, estado, venceAt, vista }) => {
    const devolver = ahora > devueltoAt(venceAt, vista)
    return devolver || estado === 'pendiente' ? [{ negocioId, datos: { canjeId, devolver } }] : []
  })
}
