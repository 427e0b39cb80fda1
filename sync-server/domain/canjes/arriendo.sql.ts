/** The lease of canjes in its table (schema/domain/canjes/arriendo.ts), and what it says of one canje. */
import type { Arriendo, Tenencia } from '../../../schema/domain/canjes/arriendo.ts'
import type { Canje } from '../../../schema/domain/hechos/libro.ts'
import type { Tx } from '../../db/db.ts'

/** Null: no till ever had it. */
export async function leerTenencia(sql: Tx, negocioId: string, sucursalId: string): Promise<(Tenencia & { equipo: string }) | null> {
  const [fila] = await sql<(Tenencia & { equipo: string })[]>`
    select a.dispositivo_id, a.emitido_at, a.vence_at, a.vista_hasta, a.pedido_por, a.anterior_id, a.sin_saber_hasta, d.baja_at, d.nombre as equipo,
      coalesce(e.baja_at is null and e.sucursal_id = a.sucursal_id, false) as espera_viva
    from arriendos_canje a join dispositivos d on d.negocio_id = a.negocio_id and d.id = a.dispositivo_id
    left join dispositivos e on e.negocio_id = a.negocio_id and e.id = a.pedido_por
    where a.negocio_id = ${negocioId} and a.sucursal_id = ${sucursalId}`
  return fila ? { ...fila } : null
}

export async function guardarArriendo(sql: Tx, negocioId: string, sucursalId: string, a: Arriendo): Promise<void> {
  const sinSaber = a.sinSaberHasta === null ? null : new Date(a.sinSaberHasta)
  await sql`
    insert into arriendos_canje (negocio_id, sucursal_id, dispositivo_id, emitido_at, vence_at, vista_hasta, pedido_por, anterior_id, sin_saber_hasta)
    values (${negocioId}, ${sucursalId}, ${a.dispositivoId}, ${new Date(a.emitidoAt)}, ${new Date(a.venceAt)}, ${new Date(a.vistaHasta)}, ${a.pedidoPor},
      ${a.anteriorId}, ${sinSaber})
    on conflict (negocio_id, sucursal_id) do update set dispositivo_id = excluded.dispositivo_id, emitido_at = excluded.emitido_at,
      vence_at = excluded.vence_at, vista_hasta = excluded.vista_hasta, pedido_por = excluded.pedido_por, anterior_id = excluded.anterior_id,
      sin_saber_hasta = excluded.sin_saber_hasta`
}

/** All that this till did until `hasta` (ms) has arrived: of its holder, or of the one before. In one statement, beside the entries of the upload. */
export async function moverVista(sql: Tx, negocioId: string, sucursalId: string, dispositivoId: string, hasta: number): Promise<void> {
  const at = new Date(hasta)
  await sql`
    update arriendos_canje set
      vista_hasta = case when dispositivo_id = ${dispositivoId} then greatest(vista_hasta, ${at}) else vista_hasta end,
      sin_saber_hasta = case when dispositivo_id = ${dispositivoId} then sin_saber_hasta end,
      anterior_id = case when dispositivo_id = ${dispositivoId} then anterior_id end
    where negocio_id = ${negocioId} and sucursal_id = ${sucursalId}
      and ((dispositivo_id = ${dispositivoId} and vista_hasta < ${at}) or
        (dispositivo_id <> ${dispositivoId} and anterior_id = ${dispositivoId} and sin_saber_hasta <= ${at}))`
}

/**
 * Of the row `c` of canjes: until when all is known of the tills that may have given it with no network, null: none may. The least of them, where it is
 * given anywhere.
 */
export const vistaDe = (sql: Tx) => sql`
  (select min(case when c.creado_at < a.sin_saber_hasta then timestamptz 'epoch' else a.vista_hasta end)
   from arriendos_canje a join dispositivos d on d.negocio_id = a.negocio_id and d.id = a.dispositivo_id
   where a.negocio_id = c.negocio_id and (c.sucursal_id is null or a.sucursal_id = c.sucursal_id)
     and (c.creado_at < a.sin_saber_hasta or c.creado_at < least(a.vence_at, d.baja_at)))`

/** ms, for devueltoAt(). */
export async function vistaHastaDe(sql: Tx, negocioId: string, { id }: Pick<Canje, 'id'>): Promise<number | null> {
  const [fila] = await sql<{ vista: number | null }[]>`
    select ${vistaDe(sql)} as vista from canjes c where c.negocio_id = ${negocioId} and c.id = ${id}`
  return fila?.vista ?? null
}
