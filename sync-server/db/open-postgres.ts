/** PostgreSQL by URL: the URL's user owns the tables and migrates them, and never serves a request. */
import { crearDb } from './contextos.ts'
import type { Db } from './db.ts'
import { ErrorDb } from './errores.ts'
import { crearEscucha } from './escucha.ts'
import { analizarDesconocidas } from './mantener.ts'
import { leerMigraciones, type Migracion, migrar } from './migrate.ts'
import { crearPiscina } from './piscina.ts'
import { revisarAislamiento } from './probe.ts'
import { claveDeAcceso, crearRolDeAcceso, ponerClave, ROLES_DE_CONTEXTO, rolDeAcceso } from './roles.ts'
import { abrirSql, type Sql } from './tipos.ts'

/** A transaction left open by a frozen process holds its negocio's counter: the server ends it. */
const TRANSACCION_OCIOSA_MS = 60_000
const CONEXION_S = 10

/** The database's name and place, without the password that the URL may carry. */
function lugar(databaseUrl: string): string {
  const { hostname, port, pathname, username } = new URL(databaseUrl)
  return `${username}@${hostname}:${port || 5432}${pathname}`
}

/** Opens the owner's single connection, runs `fn`, closes it. Throws `BASE_NO_RESPONDE` when it cannot be opened. */
export async function comoDueno<T>(databaseUrl: string, fn: (sql: Sql) => Promise<T>): Promise<T> {
  const dueno = abrirSql(databaseUrl, { max: 1, connect_timeout: CONEXION_S })
  try {
    await dueno`select 1`.catch((error: { code?: string; message: string }) => {
      throw new ErrorDb('BASE_NO_RESPONDE', `${lugar(databaseUrl)}: ${error.code ?? ''} ${error.message}`, error)
    })
    return await fn(dueno)
  } finally {
    await dueno.end({ timeout: 5 })
  }
}

async function entra(url: string, acceso: { user: string; password: string }): Promise<boolean> {
  const sql = abrirSql(url, { ...acceso, max: 1, connect_timeout: CONEXION_S })
  try {
    await sql`select 1`
    return true
  } catch (error) {
    // 28P01: wrong password; 28000: refused by pg_hba or unknown role. Anything else is not about who we are.
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return false
    throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const sinPermiso = (rol: string) => (error: { code?: string; message: string }) => {
  if (error.code !== '42501') throw error
  const remedio = `create role ${rol} login noinherit; grant ${ROLES_DE_CONTEXTO.join(', ')} to ${rol}`
  throw new ErrorDb('BASE_SIN_ACCESO', `${error.message}. As a superuser: ${remedio}`, error)
}

/**
 * Leaves a login that works. The role is made when it is missing and its password set when it does not open: an owner
 * without CREATEROLE is enough once a superuser did both.
 */
async function prepararAcceso(url: string, dueno: Sql, secretKey: string) {
  const [fila] = await dueno<{ base: string }[]>`select current_database() as base`
  const acceso = { user: rolDeAcceso(fila!.base), password: claveDeAcceso(secretKey) }
  await crearRolDeAcceso(dueno, acceso.user).catch(sinPermiso(acceso.user))
  if (await entra(url, acceso)) return acceso
  await ponerClave(dueno, acceso.user, acceso.password).catch(sinPermiso(acceso.user))
  if (await entra(url, acceso)) return acceso
  throw new ErrorDb('BASE_SIN_ACCESO', `role ${acceso.user}: check pg_hba.conf`)
}

export interface OpcionesPostgres {
  databaseUrl: string
  secretKey: string
  /** Connections of the pool. Default 10. */
  conexiones?: number
  migraciones?: Migracion[]
}

/** Migrates as the owner, then serves as a login that can become the three context roles and nothing else. */
export async function abrirPostgres(opciones: OpcionesPostgres): Promise<{ db: Db }> {
  const { databaseUrl, secretKey, conexiones = 10, migraciones = leerMigraciones() } = opciones
  const acceso = await comoDueno(databaseUrl, async (dueno) => {
    await migrar(dueno, migraciones)
    await analizarDesconocidas(dueno)
    return prepararAcceso(databaseUrl, dueno, secretKey)
  })
  const connection = { idle_in_transaction_session_timeout: TRANSACCION_OCIOSA_MS }
  // One closing retires the client: connections do not end for their age.
  const delGrupo = { ...acceso, max: conexiones, connection, connect_timeout: CONEXION_S, max_lifetime: null }
  const piscina = crearPiscina((onclose) => abrirSql(databaseUrl, { ...delGrupo, onclose }), conexiones)
  const escucha = crearEscucha(databaseUrl, { ...acceso, connect_timeout: CONEXION_S })
  const close = async () => {
    await escucha.close()
    await piscina.close()
  }
  try {
    await piscina.usar(revisarAislamiento)
  } catch (error) {
    await close()
    throw error
  }
  const avisar = async (canal: string, texto: string) => void (await piscina.usar((sql) => sql.notify(canal, texto)))
  const mantener = async () => 0 // it has its autovacuum
  return { db: crearDb('postgres', piscina, { escuchar: escucha.escuchar, avisar, mantener, close }) }
}
