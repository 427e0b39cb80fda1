/** How a column takes its value out of a JSON array: the database says of which type it is, once per table and process. */
import { assert } from '../../schema/core/rechazo.ts'
import type { Tx } from '../db/db.ts'

interface Columna {
  tabla: string
  columna: string
  /** Without its length: the cast of `varchar(16)` would cut what is longer, storing it says that it is. */
  tipo: string
}

/** Column → type, of each table seen so far. Migrations are over before the first row is written. */
const conocidas = new Map<string, ReadonlyMap<string, string>>()

/** Of tables not seen yet, in one query. */
export async function conocerTablas(sql: Tx, tablas: readonly string[]): Promise<void> {
  const nuevas = tablas.filter((tabla) => !conocidas.has(tabla))
  if (nuevas.length === 0) return
  const columnas = await sql<Columna[]>`
    select c.relname as tabla, a.attname as columna, format_type(a.atttypid, null) as tipo
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relname in ${sql(nuevas)}`
  for (const tabla of nuevas) {
    const suyas = columnas.filter((c) => c.tabla === tabla)
    if (suyas.length > 0) conocidas.set(tabla, new Map(suyas.map((c) => [c.columna, c.tipo])))
  }
}

/** The expression of element `i` of the array `v`. A null is NULL, in a column of JSON too. Arrays of PostgreSQL are not written this way. */
export function tomarElemento(tabla: string, columna: string, i: number): string {
  const tipo = conocidas.get(tabla)?.get(columna)
  assert(tipo && !tipo.endsWith('[]'), `${tabla}.${columna} is a column that takes one value`)
  return tipo === 'jsonb' ? `nullif(v->${i}, 'null')` : tipo === 'text' ? `v->>${i}` : `(v->>${i})::${tipo}`
}
