/**
 * Rows of objects to rows of a table, set-based: one parameter per table (a JSON text), one prepared statement whatever the number of rows.
 * Keys are camelCase and become the column of the same name; instants (`…At`, ms) become timestamptz.
 *
 * A row travels as an array of values, and each column takes its own by number: names said once instead of once a row, and no record built from a
 * JSON object, cost the server and the database less than half.
 */
import type { Tx } from '../db/db.ts'
import { conocerTablas, tomarElemento } from './columnas.sql.ts'

export type Fila = Record<string, unknown>

export interface Destino {
  tabla: string
  columnas: readonly string[]
  /** Columns of the key. Absent: a repeated key is an error. */
  llave?: readonly string[]
  /** Columns an existing row takes from the new one. Empty: the row that was there stays. */
  mutables?: readonly string[]
}

/** `comunes`: what every row has besides its own, under other keys. */
export type Escritura = readonly [destino: Destino, filas: readonly Fila[], comunes?: Fila]

/** Inserts or updates rows. Nothing is sent when there are none. */
export const guardarFilas = (sql: Tx, destino: Destino, filas: readonly Fila[]): Promise<void> => guardarTablas(sql, [[destino, filas]])

/**
 * Rows of several tables in ONE statement: each table is a writing CTE, and foreign keys are checked at its end, so their order does not matter.
 * A table may appear once.
 */
export async function guardarTablas(sql: Tx, escrituras: readonly Escritura[]): Promise<void> {
  const llenas = escrituras.filter(([, filas]) => filas.length > 0)
  if (llenas.length === 0) return
  await conocerTablas(
    sql,
    llenas.map(([{ tabla }]) => tabla),
  )
  const moldes = llenas.map(([destino]) => moldeDe(destino))
  const partes = moldes.map((molde, i) => `w${i} as (${molde.insertar(`$${i + 1}`)})`)
  const valores = llenas.map(([, filas, comunes], i) => sql.json(filas.map((fila) => moldes[i]!.valores(fila, comunes)) as never))
  await sql.unsafe(`with ${partes.join(', ')} select`, valores as never[], { prepare: true })
}

/** What is worked out once per Destino. */
interface Molde {
  /** The statement; `parametro` holds the rows. */
  insertar(parametro: string): string
  valores(fila: Fila, comunes?: Fila): unknown[]
}

const moldes = new WeakMap<Destino, Molde>()

function moldeDe(destino: Destino): Molde {
  const hecho = moldes.get(destino) ?? crearMolde(destino)
  moldes.set(destino, hecho)
  return hecho
}

const aLlave = (columna: string): string => columna.replace(/_([a-z])/g, (_, letra: string) => letra.toUpperCase())
const citar = (nombre: string): string => `"${nombre}"`

function crearMolde({ tabla, columnas, llave, mutables = [] }: Destino): Molde {
  const nombres = columnas.map(citar).join(',')
  const elementos = columnas.map((columna, i) => tomarElemento(tabla, columna, i)).join(',')
  const asignar = mutables.map((columna) => `${citar(columna)} = excluded.${citar(columna)}`).join(',')
  const alChocar = llave ? `on conflict (${llave.map(citar).join(',')}) do ${asignar ? `update set ${asignar}` : 'nothing'}` : ''
  const llaves = columnas.map(aLlave)
  const sonInstantes = llaves.map((suya) => suya.endsWith('At'))
  return {
    insertar: (parametro) =>
      `insert into ${citar(tabla)} (${nombres}) select ${elementos} from jsonb_array_elements(${parametro}) as f(v) ${alChocar}`,
    valores: (fila, comunes) =>
      llaves.map((suya, i) => {
        const valor = fila[suya] === undefined ? comunes?.[suya] : fila[suya]
        return sonInstantes[i] && typeof valor === 'number' ? new Date(valor).toISOString() : valor
      }),
  }
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
