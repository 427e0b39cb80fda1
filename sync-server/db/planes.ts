/**
 * When the plans a connection keeps are too old.
 *
 * A prepared statement, and the check of every foreign key, is planned a few times and then remembered. A plan remembered from when its tables were
 * nearly empty reads them whole, or by the wrong index, for as long as nobody tells the connection that they grew: PostgreSQL's autovacuum does so
 * within a minute or two, on the embedded database nobody does. Planning everything each time is no remedy: a foreign key is checked once per row.
 *
 *   what this process wrote since the plans were made ── more than `paso` ──► DISCARD PLANS with the next BEGIN, and `paso` doubles
 *
 * So no plan is older than the data is large, and making them again costs less and less.
 */
import type { Motor } from './db.ts'

/** Characters of JSON sent to databases by this process: what big writes travel as. */
let escrito = 0

/** Counts what a parameter carries. */
export const contarEscrito = (letras: number): void => {
  escrito += letras
}

const PRIMER_PASO = 32 * 1024
/**
 * Where doubling ends. The embedded database has no other remedy, and a table of its own may begin to grow late: about 250 sales. On PostgreSQL the
 * autovacuum comes in between.
 */
const ULTIMO_PASO: Record<Motor, number> = { pglite: 1024 * 1024, postgres: Number.POSITIVE_INFINITY }

/** Of one connection: asked at each BEGIN, it says true when its plans must go now. */
export function crearVejez(motor: Motor): () => boolean {
  let paso = PRIMER_PASO
  let hasta = escrito + paso
  return () => {
    if (escrito < hasta) return false
    paso = Math.min(paso * 2, ULTIMO_PASO[motor])
    hasta = escrito + paso
    return true
  }
}
