/**
 * What autovacuum does on a PostgreSQL and nobody does on the embedded engine: dead rows go (a counter's row is rewritten by every batch), and the
 * planner learns how many live ones there are.
 *
 * VACUUM is the owner's and runs in no transaction, and there is one connection: it is taken away from everybody for one table at a time, as the
 * owner, and given back as the application's. If it cannot be given back as such, it is not given back at all.
 */
import { ROL_APP } from './roles.ts'
import type { Sql } from './tipos.ts'

/** Small tables first: those are the counters. */
const leerTablas = (sql: Sql) => sql<{ tabla: string }[]>`
  select format('%I.%I', n.nspname, c.relname) as tabla from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r' order by pg_relation_size(c.oid), c.relname`

/**
 * ANALYZE of the tables that have rows and of which the planner knows nothing: after a restore or an import, before the first care. `sql` is the
 * owner's. Tables of a few pages are left out: whatever is thought of them costs nothing; so is one that somebody is vacuuming, which learns it by that:
 * nobody who starts waits for it. Gives how many.
 */
export async function analizarDesconocidas(sql: Sql): Promise<number> {
  const tablas = await sql<{ tabla: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as tabla from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.reltuples < 0 and pg_relation_size(c.oid) > 65536 order by c.relname`
  if (tablas.length > 0) await sql.unsafe(`analyze (skip_locked) ${tablas.map(({ tabla }) => tabla).join(', ')}`)
  return tablas.length
}

/**
 * VACUUM ANALYZE of every table of ours, one turn of the connection each, so that a till waits for one table at most, and at the end a checkpoint
 * if `puedeVaciar`: the engine alone makes one when it closes, and its log grows until then. `limiteMs`: no table is begun later than this. Gives
 * how many were done. @throws the database's errors; the session is the application's again, or it is closed
 */
export async function mantenerEmbebida(
  sql: Sql,
  limiteMs = Number.POSITIVE_INFINITY,
  puedeVaciar: () => boolean = () => true,
): Promise<number> {
  const inicio = performance.now()
  let hechas = 0
  for (const { tabla } of await leerTablas(sql)) {
    if (performance.now() - inicio > limiteMs) break
    await comoDuenoDeLaEmbebida(sql, `vacuum (analyze) ${tabla}`)
    hechas++
  }
  if (puedeVaciar()) await comoDuenoDeLaEmbebida(sql, 'checkpoint')
  return hechas
}

/** One statement as the owner, in no transaction, in one turn of the only connection. Gives its rows. */
export async function comoDuenoDeLaEmbebida(sql: Sql, sentencia: string): Promise<Record<string, unknown>[]> {
  const conexion = await sql.reserve()
  try {
    await conexion.unsafe('set session authorization postgres')
    return await conexion.unsafe(sentencia)
  } finally {
    await conexion.unsafe(`set session authorization ${ROL_APP}`).catch(async (error) => {
      await sql.end({ timeout: 0 })
      throw error
    })
    conexion.release()
  }
}
