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

export type Escritura = readonly [destino: Destino, filas: readonly Fila[]]

/** Inserts or updates rows. Nothing is sent when there are none. */
export const guardarFilas = (sql: Tx, destino: Destino, filas: readonly Fila[]): Promise<void> => guardarTablas(sql, [[destino, filas]])

/**
 * Rows of several tables in ONE statement: each table is a writing CTE, and foreign keys are checked at its end, so their order does not matter.
 * A table may appear once.
 */
export async function guardarTablas(sql: Tx, escrituras: readonly Escritura[]): Promise<void> {
  const partes = escrituras
    .filter(([, filas]) => filas.length > 0)
    .map(([destino, filas], i) => sql`${i === 0 ? sql`` : sql`,`} ${sql(`w${i}`)} as (${insertar(sql, destino, filas)})`)
  if (partes.length > 0) await sql`with ${partes} select`
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

/** Ids as one parameter: `where id = ${enUuids(sql, ids)}`. For tables that stay small. */
export const enUuids = (sql: Tx, ids: Iterable<string>) => sql`any(array(select jsonb_array_elements_text(${sql.json([...ids])})::uuid))`

/** Texts likewise. */
export const enTextos = (sql: Tx, textos: Iterable<string>) => sql`any(array(select jsonb_array_elements_text(${sql.json([...textos])})))`

/**
 * Ids as a source of rows, for tables that grow: `from ${lista} cross join lateral (select … where id = x.id offset 0)`. The fence keeps it one index
 * look-up per id. Without it a planner that has no statistics (the embedded database gathers none by itself) reads the whole tenant.
 */
export const listaDeUuids = (sql: Tx, ids: Iterable<string>) =>
  sql`(select jsonb_array_elements_text(${sql.json([...new Set(ids)])})::uuid as id) x`
/** Texts likewise. */
export const listaDeTextos = (sql: Tx, textos: Iterable<string>) =>
  sql`(select jsonb_array_elements_text(${sql.json([...new Set(textos)])}) as id) x`
