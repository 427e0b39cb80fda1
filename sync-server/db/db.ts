/**
 * The one type through which the server touches its database, whatever engine is under it.
 *
 * Every piece of work is ONE transaction in ONE context. The context is a PostgreSQL role plus a setting, and row-level
 * security reads both: a query that forgets its WHERE sees nothing of another tenant, it does not leak it.
 *
 *   negocio(id)     role app_negocio,    app.negocio = id   rows of one tenant
 *   usuario(id)     role app_usuario,    app.usuario = id   one shopper's rows, in every tenant
 *   plataforma()    role app_plataforma                     login, jobs, projector, Panel
 *
 * Rows come back with camelCase columns. int8 is a number (a value beyond 2^53 throws), timestamptz is a number of
 * milliseconds since the epoch (a Date is accepted on write), date and numeric are strings, jsonb keys are left alone.
 */
import type postgres from 'postgres'
import type { Embebida } from './embebida.ts'

/** What each PostgreSQL type of ours becomes in JavaScript. */
export type Tipos = { int8: number; instante: number | Date; fecha: string }

/** The SQL tag inside a context: valid until the function given to the context returns. */
export type Tx = postgres.TransactionSql<Tipos>

export type Motor = 'postgres' | 'pglite'

export interface OpcionesTx {
  /** Default: READ COMMITTED, in which a lock that waited sees what the other transaction wrote. */
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  soloLectura?: boolean
}

export interface Db {
  readonly motor: Motor
  /** Of an embedded database in a folder; undefined on PostgreSQL and in memory. */
  readonly embebida?: Embebida
  /** Throws `ID_INVALIDO` when the id is not a UUID, `TRANSACCION_ANIDADA` inside another context. */
  negocio<T>(negocioId: string, fn: (sql: Tx) => T | Promise<T>, opciones?: OpcionesTx): Promise<T>
  usuario<T>(usuarioId: string, fn: (sql: Tx) => T | Promise<T>, opciones?: OpcionesTx): Promise<T>
  plataforma<T>(fn: (sql: Tx) => T | Promise<T>, opciones?: OpcionesTx): Promise<T>
  /** LISTEN on PostgreSQL, kept through lost connections. On PGlite there is one process: its hub needs no wire. */
  escuchar(canal: string, fn: (texto: string) => void): Promise<() => Promise<void>>
  /** NOTIFY outside any transaction (inside one it serializes every writer). Nothing on PGlite. */
  avisar(canal: string, texto: string): Promise<void>
  /**
   * Periodic care of the embedded database, which has no autovacuum: VACUUM ANALYZE, one table at a time between transactions; no table is begun
   * after `limiteMs`. Gives how many tables; nothing on PostgreSQL. Throws `TRANSACCION_ANIDADA` inside a context.
   */
  mantener(limiteMs?: number): Promise<number>
  /** Waits for running transactions up to five seconds. Safe to call twice. */
  close(): Promise<void>
}
