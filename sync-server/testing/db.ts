/** Databases for tests: fresh, migrated, isolated from each other, gone at `close()`. */
import { randomUUID } from 'node:crypto'
import { enTransaccion } from '../db/contextos.ts'
import type { Db, Tx } from '../db/db.ts'
import { hashDeMigraciones, leerMigraciones, migrar } from '../db/migrate.ts'
import { type Abierta, abrirEnCarpeta, abrirEnMemoria } from '../db/open-pglite.ts'
import { abrirPostgres, comoDueno } from '../db/open-postgres.ts'
import { piscinaDeUno } from '../db/piscina.ts'
import { rolDeAcceso } from '../db/roles.ts'
import { abrirSql } from '../db/tipos.ts'

/** The key of every test database: nodes that share one must be opened with it. */
export const CLAVE_DE_PRUEBA = 'clave de prueba, no de verdad'

/**
 * Sees and writes everything, past row-level security: for preparing rows and asserting on them, never as the thing tested.
 * As a tag it runs one statement; `begin` runs a transaction, where `sql(rows)` helpers work too.
 */
export interface Superusuario {
  // biome-ignore lint/suspicious/noExplicitAny: rows of a test's own query
  (strings: TemplateStringsArray, ...args: any[]): Promise<any[]>
  begin<T>(fn: (sql: Tx) => T | Promise<T>): Promise<T>
}

export interface DbDePrueba extends Db {
  superusuario: Superusuario
}

export interface DbPgDePrueba extends DbDePrueba {
  /** Owner's URL of this database: a second node opens it with `openDb({ databaseUrl, secretKey: CLAVE_DE_PRUEBA })`. */
  databaseUrl: string
}

function crearSuperusuario(begin: Superusuario['begin']): Superusuario {
  const una = (strings: TemplateStringsArray, ...args: unknown[]) => begin(async (tx) => tx(strings, ...(args as never[])))
  return Object.assign(una, { begin }) as Superusuario
}

/** PGlite in memory, from the template: about half a second. One connection, shared with `superusuario`. */
export async function abrirDbDePrueba(): Promise<DbDePrueba> {
  return conSuperusuario(await abrirEnMemoria())
}

/** What a server left in its folder. @throws DATOS_EN_USO while one lives there */
export async function abrirCarpetaDePrueba(dataDir: string): Promise<DbDePrueba> {
  return conSuperusuario(await abrirEnCarpeta(dataDir))
}

function conSuperusuario({ db, sql }: Abierta): DbDePrueba {
  // LOCAL: at the end of the transaction the session is the application's again.
  const begin: Superusuario['begin'] = (fn) =>
    enTransaccion(piscinaDeUno(sql), { motor: 'pglite', preparar: 'set local session authorization postgres' }, fn)
  return { ...db, superusuario: crearSuperusuario(begin) }
}

function urlDelCluster(): string {
  const url = process.env.TEST_PG_URL
  if (!url) throw new Error('TEST_PG_URL is not set: the test runner starts a PostgreSQL and sets it')
  return url
}

function conBase(url: string, base: string): string {
  const otra = new URL(url)
  otra.pathname = `/${base}`
  return otra.toString()
}

/** Makes the migrated template database once per cluster and version of the migrations. */
async function asegurarBasePlantilla(url: string): Promise<string> {
  const migraciones = leerMigraciones()
  const nombre = `aya_plantilla_${hashDeMigraciones(migraciones).slice(0, 12)}`
  await comoDueno(url, async (sql) => {
    await sql`select pg_advisory_lock(7265002)`
    const [lista] = await sql`select from pg_database where datname = ${nombre}`
    if (lista) return
    // Under another name until it is whole: a run killed halfway must not leave half a template.
    const parcial = `${nombre}_parcial`
    await sql.unsafe(`drop database if exists ${parcial} with (force)`)
    await sql.unsafe(`create database ${parcial}`)
    await comoDueno(conBase(url, parcial), (dueno) => migrar(dueno, migraciones))
    await sql.unsafe(`alter database ${parcial} rename to ${nombre}`)
  })
  return nombre
}

/** A fresh database on a real PostgreSQL, cloned from the template; dropped at `close()`. Needs TEST_PG_URL. */
export async function abrirDbPgDePrueba(opciones: { conexiones?: number } = {}): Promise<DbPgDePrueba> {
  const url = urlDelCluster()
  const plantilla = await asegurarBasePlantilla(url)
  const base = `aya_${randomUUID().replaceAll('-', '')}`
  const databaseUrl = conBase(url, base)
  await comoDueno(url, (sql) => sql.unsafe(`create database ${base} template ${plantilla}`))
  const { db } = await abrirPostgres({ databaseUrl, secretKey: CLAVE_DE_PRUEBA, ...opciones })
  const dueno = abrirSql(databaseUrl, { max: 2 })
  const close = async () => {
    await db.close()
    await dueno.end({ timeout: 5 })
    await comoDueno(url, async (sql) => {
      await sql.unsafe(`drop database if exists ${base} with (force)`)
      await sql.unsafe(`drop role if exists ${rolDeAcceso(base)}`)
    })
  }
  return {
    ...db,
    databaseUrl,
    superusuario: crearSuperusuario((fn) => enTransaccion(piscinaDeUno(dueno), { motor: 'postgres', preparar: 'select 1' }, fn)),
    close,
  }
}
