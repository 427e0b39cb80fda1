/** What postgres.js is told, the same for both engines: types, names, and nothing printed behind our back. */
import postgres from 'postgres'
import { type OpcionesVivas, ponerArreglos } from './arreglos.ts'
import type { Tipos } from './db.ts'
import { contarEscrito } from './planes.ts'

const INT8 = 20
const JSON_ = 114
const JSONB = 3802
const DATE = 1082
const TIMESTAMPTZ = 1184

/** PostgreSQL's int8 to a number. Throws beyond 2^53 - 1: a rounded amount of money is worse than an error. */
export function leerInt8(texto: string): number {
  const n = Number(texto)
  if (!Number.isSafeInteger(n)) throw new RangeError(`int8 out of the safe range: ${texto}`)
  return n
}

// A writer must not throw: when the query is not the first in the pipe, postgres.js rejects the wrong one and this one
// waits for ever. So a value that cannot be written becomes a text that PostgreSQL refuses (22P02, 22007).
function escribirInt8(valor: number | bigint | string): string {
  const seguro = typeof valor !== 'number' || Number.isSafeInteger(valor)
  return seguro ? String(valor) : `not a safe integer: ${valor}`
}

/** "2026-11-21 12:28:21.123456+00" to milliseconds since the epoch. Throws on infinity and BC. */
export function leerInstante(texto: string): number {
  const iso = texto.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  const ms = Date.parse(iso.replace(/^\d{5,6}(?=-)/, (ano) => `+${ano.padStart(6, '0')}`))
  if (Number.isNaN(ms)) throw new RangeError(`timestamptz without a number: ${texto}`)
  return ms
}

export function escribirInstante(valor: number | Date | string): string {
  if (typeof valor === 'string') return valor
  const fecha = valor instanceof Date ? valor : new Date(valor)
  // After the year 9999 a `+` and zeros stand before it, which PostgreSQL takes for a time zone.
  return Number.isNaN(fecha.getTime()) ? `not an instant: ${valor}` : fecha.toISOString().replace(/^\+0*/, '')
}

function escribirJson(valor: unknown): string {
  try {
    const texto = JSON.stringify(valor) ?? 'null'
    contarEscrito(texto.length)
    return texto
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
}

const types = {
  json: { to: JSON_, from: [JSON_, JSONB], parse: (x: string) => JSON.parse(x), serialize: escribirJson },
  int8: { to: INT8, from: [INT8], parse: leerInt8, serialize: escribirInt8 },
  instante: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], parse: leerInstante, serialize: escribirInstante },
  // postgres.js makes a Date of it, which shifts the day in any zone west of Greenwich.
  fecha: { to: DATE, from: [DATE], parse: (x: string) => x, serialize: (x: string) => x },
}

/** Options every connection shares. Column names only: jsonb keys belong to whoever wrote them. */
export const opcionesComunes = {
  types,
  transform: { column: postgres.camel.column, undefined: null },
  prepare: true,
  fetch_types: false, // `arreglos.ts` says why
  onnotice: () => {},
  connection: { application_name: 'anunciaya', TimeZone: 'UTC', DateStyle: 'ISO' },
} satisfies postgres.Options<Record<string, postgres.PostgresType>>

export type Sql = postgres.Sql<Tipos>

/** Opens postgres.js with our types. `extra` wins over the shared options, except that `connection` is merged. */
export function abrirSql(url: string | undefined, extra: postgres.Options<Record<string, postgres.PostgresType>>): Sql {
  const opciones = {
    ...opcionesComunes,
    ...extra,
    connection: { ...opcionesComunes.connection, ...extra.connection },
  }
  const sql = (url ? postgres(url, opciones as never) : postgres(opciones as never)) as unknown as Sql
  ponerArreglos(sql.options as unknown as OpcionesVivas)
  return sql
}
