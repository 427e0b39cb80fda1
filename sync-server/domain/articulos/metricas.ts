import { DIA } from '../../../schema/core/tiempo.ts'
import type { RespuestaMetricas } from '../../../schema/protocol/catalogo.ts'
import type { Deps } from '../../context.ts'

const VENTANA_MS = 30 * DIA
/** What a till writes in its lines is its own word: an absurd one must not make the sum unreadable. */
const SUMA_MAXIMA = Number.MAX_SAFE_INTEGER

/**
 * CAT-08. Looks and sales of each articulo in the last 30 days; one with neither is not in it. `ventas` counts pieces, of sales that were not cancelled;
 * `sucursalId` null: of all of them. Looks are of the negocio's public page, which is one.
 */
export function metricasDe(deps: Pick<Deps, 'db' | 'now'>, negocioId: string, sucursalId: string | null): Promise<RespuestaMetricas> {
  const desdeAt = deps.now() - VENTANA_MS
  return deps.db.negocio(negocioId, async (sql) => {
    const articulos = await sql<RespuestaMetricas['articulos']>`
      with vendido as (
        select l.articulo_id as id, least(sum(l.cantidad), ${SUMA_MAXIMA})::bigint as ventas,
          least(sum(l.cantidad * l.precio_centavos), ${SUMA_MAXIMA})::bigint as vendido_centavos
        from transacciones t cross join lateral (
          select (x ->> 'articuloId')::uuid as articulo_id, (x ->> 'cantidad')::numeric as cantidad,
            (x ->> 'precioCentavos')::numeric as precio_centavos from jsonb_array_elements(t.lineas) x) l
        where t.negocio_id = ${negocioId} and t.eff_at >= ${new Date(desdeAt)} and t.estado <> 'anulada'
          ${sucursalId === null ? sql`` : sql`and t.sucursal_id = ${sucursalId}`}
        group by 1),
      visto as (
        select articulo_id as id, sum(vistas)::bigint as vistas from articulo_vistas
        where negocio_id = ${negocioId} and dia >= ${new Date(desdeAt).toISOString().slice(0, 10)}::date group by 1)
      select coalesce(a.id, b.id) as id, coalesce(b.vistas, 0) as vistas, coalesce(a.ventas, 0) as ventas,
        coalesce(a.vendido_centavos, 0) as vendido_centavos
      from vendido a full join visto b on b.id = a.id order by ventas desc, vistas desc, id`
    return { desdeAt, articulos }
  })
}
