/** R5, SCAN-33. Canjes that nobody confirmed in time: what the sweeper says of each. */
import type { PendingQuery, Row } from 'postgres'
import type { EstadoDeCanje } from '../../../schema/domain/canjes/canje.ts'
import { devueltoAt, ESPERA_DEL_CANJE_MS, TOLERANCIA_DEL_CANJE_MS } from '../../../schema/domain/canjes/canje.ts'
import type { CanjeCerrado } from '../../../schema/domain/hechos/tipos.ts'
import type { Tx } from '../../db/db.ts'
import { vistaDe } from './arriendo.sql.ts'

/** In one round; the next ones follow in the next. */
const DE_UNA_VEZ = 10_000

/**
 * What is due at `ahora` (server ms), oldest first. Points that may go back go back at once, also of those cancelled; of one still to wait, only its end is said.
 * Read with the platform's eyes. `sin`: SQL that leaves negocios out, of the column negocio_id. Those that only wait for their day are left out before they are counted:
 * however many tills are away, the points of the others go back.
 */
export async function leerCanjesVencidos(
  sql: Tx,
  ahora: number,
  sin: PendingQuery<Row[]>,
  deUnaVez = DE_UNA_VEZ,
): Promise<{ negocioId: string; datos: CanjeCerrado }[]> {
  const filas = await sql<{ negocioId: string; id: string; estado: EstadoDeCanje; venceAt: number; vista: number | null }[]>`
    select * from (
      select c.negocio_id, c.id, c.estado, c.vence_at, ${vistaDe(sql)} as vista from canjes c
      where c.apartado and c.vence_at < ${new Date(ahora - TOLERANCIA_DEL_CANJE_MS)} and ${sin}) c
    where estado = 'pendiente' or vista is null or vista > vence_at + ${TOLERANCIA_DEL_CANJE_MS} * interval '1 millisecond'
      or vence_at < ${new Date(ahora - ESPERA_DEL_CANJE_MS)}
    order by vence_at, id limit ${deUnaVez}`
  return filas.flatMap(({ negocioId, id: canjeId, estado, venceAt, vista }) => {
    const devolver = ahora > devueltoAt(venceAt, vista)
    return devolver || estado === 'pendiente' ? [{ negocioId, datos: { canjeId, devolver } }] : []
  })
}
