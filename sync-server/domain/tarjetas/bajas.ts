/** What tills are told of keys that were taken away (schema/protocol/bajas-de-tarjetas.ts). */
import { DIA, MINUTO } from '../../../schema/core/tiempo.ts'
import { BAJAS_POR_PEDIDO, type BajaDeTarjeta, type RespuestaDeBajas } from '../../../schema/protocol/bajas-de-tarjetas.ts'
import type { Deps } from '../../context.ts'
import { CERTIFICADO_MS } from './emitir.ts'

/** A transaction that commits late, or a node whose clock is behind, is still told. */
const TRASLAPE_MS = 10 * MINUTO

/** Keys taken away since `desde` (ms), the oldest first; those whose certificate cannot be alive any more are left out. */
export async function leerBajas(deps: Pick<Deps, 'db' | 'now'>, negocioId: string, desde: number): Promise<RespuestaDeBajas> {
  const ahora = deps.now()
  const desdeAt = new Date(Math.max(desde, ahora - CERTIFICADO_MS - DIA))
  const filas = await deps.db.negocio(
    negocioId,
    (sql) => sql<BajaDeTarjeta[]>`
      select card_id, llave, baja_at from tarjetas_emitidas where baja_at >= ${desdeAt} order by baja_at, card_id, llave limit ${BAJAS_POR_PEDIDO}`,
    { soloLectura: true },
  )
  const mas = filas.length === BAJAS_POR_PEDIDO
  const ultima = filas.at(-1)
  return { bajas: [...filas], hasta: mas && ultima ? ultima.bajaAt : Math.max(0, ahora - TRASLAPE_MS), mas }
}
