/**
 * Plain SQL files, in order of name, each in a transaction of its own (so no CREATE INDEX CONCURRENTLY in them).
 * What was applied is remembered with its hash: a changed file is refused, because two databases that say "0003"
 * must be equal.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ErrorDb } from './errores.ts'
import { crearRoles } from './roles.ts'
import type { Sql } from './tipos.ts'

export interface Migracion {
  nombre: string
  hash: string
  texto: string
}

export const CARPETA_DE_MIGRACIONES = fileURLToPath(new URL('./migrations', import.meta.url))

/** One lock for every node of one database: two may boot at once. Any constant does. */
const CERROJO = 7_265_001

/** The files of a folder, in order. A checkout with CRLF has the same hash. */
export function leerMigraciones(carpeta = CARPETA_DE_MIGRACIONES): Migracion[] {
  return readdirSync(carpeta)
    .filter((nombre) => nombre.endsWith('.sql'))
    .sort()
    .map((nombre) => {
      const texto = readFileSync(`${carpeta}/${nombre}`, 'utf8').replaceAll('\r\n', '\n')
      return { nombre, texto, hash: createHash('sha256').update(texto).digest('hex') }
    })
}

/** One hash of all: the name of the schema these files make. */
export function hashDeMigraciones(migraciones: Migracion[]): string {
  const todo = migraciones.map((m) => `${m.nombre} ${m.hash}`).join('\n')
  return createHash('sha256').update(todo).digest('hex')
}

async function aplicadas(sql: Sql): Promise<Map<string, string>> {
  await sql.unsafe(`create table if not exists migraciones (
    nombre text primary key, hash text not null, aplicada_at timestamptz not null default now())`)
  const filas = await sql<{ nombre: string; hash: string }[]>`select nombre, hash from migraciones order by nombre`
  return new Map(filas.map((f) => [f.nombre, f.hash]))
}

function revisar(migraciones: Migracion[], hechas: Map<string, string>): Migracion[] {
  const conocidas = new Map(migraciones.map((m) => [m.nombre, m.hash]))
  for (const [nombre, hash] of hechas) {
    if (!conocidas.has(nombre)) throw new ErrorDb('MIGRACION_CAMBIADA', `${nombre} was applied and its file is gone`)
    if (conocidas.get(nombre) !== hash) throw new ErrorDb('MIGRACION_CAMBIADA', `${nombre} changed after it was applied`)
  }
  const ultima = [...hechas.keys()].at(-1) ?? ''
  const pendientes = migraciones.filter((m) => !hechas.has(m.nombre))
  const tarde = pendientes.find((m) => m.nombre < ultima)
  if (tarde) throw new ErrorDb('MIGRACION_CAMBIADA', `${tarde.nombre} comes before ${ultima}, already applied`)
  return pendientes
}

async function aplicar(sql: Sql, m: Migracion): Promise<void> {
  try {
    await sql.begin(async (tx) => {
      // FORCE binds an owner who is no superuser: a data migration would quietly see no rows. This makes it an error.
      await tx.unsafe('set local row_security = off')
      await tx.unsafe(m.texto).simple()
      await tx`insert into migraciones (nombre, hash) values (${m.nombre}, ${m.hash})`
    })
  } catch (error) {
    throw new ErrorDb('MIGRACION_FALLIDA', `${m.nombre}: ${(error as Error).message}`, error)
  }
}

/**
 * Brings the database up to date, as its owner. `sql` must hold a single connection (`max: 1`): the lock is the session's.
 * Returns the names applied now. Throws `MIGRACION_CAMBIADA`, `MIGRACION_FALLIDA`.
 */
export async function migrar(sql: Sql, migraciones = leerMigraciones()): Promise<string[]> {
  await sql`select pg_advisory_lock(${CERROJO})`
  try {
    await crearRoles(sql)
    const pendientes = revisar(migraciones, await aplicadas(sql))
    for (const m of pendientes) await aplicar(sql, m)
    return pendientes.map((m) => m.nombre)
  } finally {
    await sql`select pg_advisory_unlock(${CERROJO})`
  }
}
