/**
 * The change log of a negocio and its counter (PU2).
 *
 * A transaction that writes a negocio's tables takes its counter row FIRST and keeps it until commit. So the order of seq is the order of
 * commit and there are no holes: a reader that saw the head has everything up to it. One counter per transaction, ever: two of them in one
 * transaction stall one tenant behind another (design 07).
 */
import { assert } from '../../schema/core/rechazo.ts'
import type { Tx } from '../db/db.ts'

/** The counter as read under its lock. `seq`, `aceptados` and `ultimoRecibidoAt` move in memory until they are written back. */
export interface Contador {
  negocioId: string
  epoca: string
  /** Last seq of the change log. */
  seq: number
  /** Last `n` of hechos_recibidos: the acceptance order (DI10). */
  aceptados: number
  /** ms; the receipt time never falls within a negocio (DI10). */
  ultimoRecibidoAt: number
}

/** One row of the log. `antes` only where a row may leave a slice by changing (design 03); `despues` null: the row is gone. */
export interface Cambio {
  coleccion: string
  pk: string
  antes: object | null
  despues: object | null
}

/**
 * Locks the counter of a negocio. It must be the first statement of a transaction that writes; others wait here.
 * @throws when the negocio has no counter (it does not exist)
 */
export async function tomarContador(sql: Tx, negocioId: string): Promise<Contador> {
  const [fila] = await sql<Contador[]>`
    select negocio_id, epoca, seq, aceptados, ultimo_recibido_at from contadores_negocio
    where negocio_id = ${negocioId} for update`
  assert(fila, 'a negocio has a counter from its birth')
  return { ...fila }
}

/**
 * Appends changes to the log with consecutive seqs and writes the counter back, in one statement. Gives the last seq of the log.
 * May be called several times in one transaction; with no changes it only writes the counter.
 */
export async function anotar(sql: Tx, contador: Contador, cambios: readonly Cambio[], at: number): Promise<number> {
  const primero = contador.seq + 1
  contador.seq += cambios.length
  const filas = cambios.map(({ coleccion, pk, antes, despues }) => [coleccion, pk, antes, despues])
  await sql`
    with filas as (
      insert into cambios_negocio (negocio_id, seq, coleccion, pk, antes, despues, at)
      select ${contador.negocioId}, ${primero}::bigint + x.n - 1, v->>0, v->>1, nullif(v->2, 'null'), nullif(v->3, 'null'), ${new Date(at)}
      from jsonb_array_elements(${sql.json(filas as never)}) with ordinality as x(v, n))
    ${contadorAlDia(sql, contador)}`
  return contador.seq
}

/** The end of a statement that appends to the log: writes the counter back. */
export const contadorAlDia = (sql: Tx, contador: Contador) => sql`
  update contadores_negocio set seq = ${contador.seq}, aceptados = ${contador.aceptados},
    ultimo_recibido_at = ${new Date(contador.ultimoRecibidoAt)}
  where negocio_id = ${contador.negocioId}`

/** The collections a set of changes touches, for the hint that follows the commit (LI1). */
export const coleccionesDe = (cambios: readonly Cambio[]): string[] => [...new Set(cambios.map((c) => c.coleccion))]

export const streamDeNegocio = (negocioId: string): string => `negocio:${negocioId}`
export const streamDeUsuario = (usuarioId: string): string => `usuario:${usuarioId}`
