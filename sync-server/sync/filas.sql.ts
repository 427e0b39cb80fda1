/**
 * Rows of objects to rows of a table, set-based: one parameter (a JSON text), one prepared statement whatever the number of rows.
 * Keys are camelCase and become the column of the same name; instants (`…At`, ms) become timestamptz.
 */
import type { Tx } from '../db/db.ts'

export type Fila = Record<string, unknown>

const aColumna = (llave: string): string => llave.replace(/[A-Z]/g, (letra) => `_${letra.toLowerCase()}`)

function aJson(fila: Fila): Fila {
  const json: Fila = {}
  for (const [llave, valor] of Object.entries(fila)) {
    json[aColumna(llave)] = llave.endsWith('At') && typeof valor === 'number' ? new Date(valor).toISOString() : valor
  }
  return json
}

export interface Destino {
  tabla: string
  columnas: readonly string[]
  /** Columns of the key. Absent: a repeated key is an error. */
  llave?: readonly string[]
  /** Columns an existing row takes from the new one. Empty: the row that was there stays. */
  mutables?: readonly string[]
}

/** Inserts or updates rows. Nothing is sent when there are none. */
export async function guardarFilas(sql: Tx, destino: Destino, filas: readonly Fila[]): Promise<void> {
  if (filas.length > 0) await insertar(sql, destino, filas)
}

function insertar(sql: Tx, { tabla, columnas, llave, mutables = [] }: Destino, filas: readonly Fila[]) {
  const json = sql.json(filas.map(aJson) as never)
  const asignar = mutables.map((columna, i) => sql`${i === 0 ? sql`` : sql`,`} ${sql(columna)} = excluded.${sql(columna)}`)
  const alChocar = !llave
    ? sql``
    : sql`on conflict (${sql([...llave])}) do ${mutables.length > 0 ? sql`update set ${asignar}` : sql`nothing`}`
  return sql`
    insert into ${sql(tabla)} (${sql([...columnas])})
    select ${sql([...columnas])} from jsonb_populate_recordset(null::${sql(tabla)}, ${json}) ${alChocar}`
}

/** Ids as one parameter: `where id = ${enUuids(sql, ids)}`. */
export const enUuids = (sql: Tx, ids: Iterable<string>) =>
  sql`any(array(select jsonb_array_elements_text(${sql.json([...ids])})::uuid))`
/** Texts likewise. */
export const enTextos = (sql: Tx, textos: Iterable<string>) =>
  sql`any(array(select jsonb_array_elements_text(${sql.json([...textos])})))`
