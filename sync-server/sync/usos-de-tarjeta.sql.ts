/**
 * R2 across negocios. A QR is judged once per negocio; its other negocios see nothing of it. The projector, which goes shopper by shopper, keeps who saw
 * each use and marks those that two saw. Points stay as they are: jobs/avisar-qr.ts tells each of the negocios.
 */
import type { Tx } from '../db/db.ts'
import type { Evento } from './proyeccion.ts'

/** [usuarioId, uso, negocioId, transaccionId] */
type Uso = readonly [string, string, string, string]

/** The uses of a card in these events. */
export const usosDe = (eventos: readonly (Evento & { usuarioId: string })[]): Uso[] =>
  eventos.flatMap(({ usuarioId, negocioId, cuerpo: { uso, venta } }) =>
    uso && venta ? [[usuarioId, uso, negocioId, venta.transaccionId] as const] : [],
  )

/**
 * The part of a statement (`with …`) that keeps them, under the counters of their shoppers. A negocio's first sale with a use stands; one that was told of is
 * not marked again, so events may be applied twice. Rows travel as arrays.
 */
export const guardandoUsos = (sql: Tx, usos: readonly Uso[], ahora: number) => sql`
  usos as materialized (
    select (v->>0)::uuid as usuario_id, v->>1 as uso, (v->>2)::uuid as de_negocio, (v->>3)::uuid as transaccion_id
    from jsonb_array_elements(${sql.json(usos as never)}) as f(v)),
  usos_nuevos as (
    insert into usos_de_tarjeta (usuario_id, uso, de_negocio, transaccion_id, visto_at, estado)
    select u.usuario_id, u.uso, u.de_negocio, u.transaccion_id, ${new Date(ahora)}::timestamptz, case
      when exists (select from usos o where o.usuario_id = u.usuario_id and o.uso = u.uso and o.de_negocio <> u.de_negocio) then 'repetido'
      when exists (select from usos_de_tarjeta o where o.usuario_id = u.usuario_id and o.uso = u.uso and o.de_negocio <> u.de_negocio) then 'repetido'
      else 'visto' end
    from usos u
    on conflict (usuario_id, uso, de_negocio) do nothing),
  usos_repetidos as (
    update usos_de_tarjeta t set estado = 'repetido' from usos u
    where t.usuario_id = u.usuario_id and t.uso = u.uso and t.de_negocio <> u.de_negocio and t.estado = 'visto')`

/** The same as a statement of its own; none where no card was used. */
export async function guardarUsos(sql: Tx, usos: readonly Uso[], ahora: number): Promise<void> {
  if (usos.length > 0) await sql`with ${guardandoUsos(sql, usos, ahora)} select 1`
}
