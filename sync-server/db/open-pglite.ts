/**
 * The embedded database: a folder with a cluster in `pg/` and a lock, or nothing but memory for tests.
 *
 * A first start builds the cluster in `pg.nuevo/` and renames it when all of it is on the disk: a process killed halfway
 * leaves nothing that looks like a database.
 */
import fs from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { crearDb } from './contextos.ts'
import type { Db } from './db.ts'
import { sincronizarCarpeta, sincronizarTodo } from './disco.ts'
import { crearEmbebida, type Embebida } from './embebida.ts'
import { ErrorDb } from './errores.ts'
import { tomarCandado } from './lock.ts'
import { analizarDesconocidas, mantenerEmbebida } from './mantener.ts'
import { leerMigraciones, type Migracion, migrar } from './migrate.ts'
import { sqlSobrePglite } from './pglite-duplex.ts'
import { abrirDurable } from './pglite-durable.ts'
import { piscinaDeUno } from './piscina.ts'
import { asegurarPlantilla, leerPlantillaSinMoldes, plantillaLista } from './plantilla.ts'
import { revisarAislamiento } from './probe.ts'
import { exigirSinRestauracion } from './restauracion.ts'
import { ROL_APP } from './roles.ts'
import type { Sql } from './tipos.ts'

const VERSION_DE_POSTGRES = '18'

/** A Db, and the client under it: the client is for tests and backups, which run as nobody's tenant. */
export interface Abierta {
  db: Db
  sql: Sql
}

async function envolver(
  pg: PGlite,
  migraciones: Migracion[],
  alCerrar: () => Promise<void>,
  enCarpeta?: (sql: Sql) => Embebida,
): Promise<Abierta> {
  let reponer = ''
  const sql = sqlSobrePglite(pg, () => reponer)
  const cerrar = async () => {
    await sql.end({ timeout: 5 })
    await pg.close()
    await alCerrar()
  }
  try {
    await sql.unsafe(`set timezone to 'UTC'; set datestyle to 'ISO'`)
    await migrar(sql, migraciones)
    await analizarDesconocidas(sql)
    // PGlite's user is a superuser, whom not even FORCE ROW LEVEL SECURITY binds.
    reponer = `set session authorization ${ROL_APP}`
    await sql.unsafe(reponer)
    await revisarAislamiento(sql)
  } catch (error) {
    await cerrar().catch(() => {})
    throw error
  }
  const embebida = enCarpeta?.(sql)
  const mantener = (limiteMs?: number) => mantenerEmbebida(sql, limiteMs, () => !embebida?.ocupada())
  const db = crearDb('pglite', piscinaDeUno(sql), { escuchar: async () => async () => {}, avisar: async () => {}, mantener, close: cerrar })
  return { sql, db: embebida ? { ...db, embebida } : db }
}

/** Its 128 MB would be cleared at each start, which takes a tenth of a second: all that a database in memory holds is in memory anyway. */
const EN_MEMORIA = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB']

/** A database in memory, from the template: well under a second. Gone with the process. */
export async function abrirEnMemoria(migraciones = leerMigraciones()): Promise<Abierta> {
  const loadDataDir = leerPlantillaSinMoldes(await asegurarPlantilla(migraciones))
  return envolver(await PGlite.create({ loadDataDir, startParams: EN_MEMORIA }), migraciones, async () => {})
}

/** Builds a cluster beside its place and moves it there whole. Uses the template when there is one. */
async function estrenar(carpeta: string, migraciones: Migracion[]): Promise<void> {
  const nueva = `${carpeta}.nuevo`
  fs.rmSync(nueva, { recursive: true, force: true })
  const loadDataDir = plantillaLista(migraciones)
  await (await abrirDurable(nueva, loadDataDir ? { loadDataDir } : {})).close()
  sincronizarTodo(nueva)
  fs.renameSync(nueva, carpeta)
  sincronizarCarpeta(path.dirname(carpeta))
}

function exigirVersion(carpeta: string): void {
  const version = fs.readFileSync(path.join(carpeta, 'PG_VERSION'), 'utf8').trim()
  if (version !== VERSION_DE_POSTGRES)
    throw new ErrorDb('DATOS_DE_OTRA_VERSION', `${carpeta}: ${version}, this server brings ${VERSION_DE_POSTGRES}`)
}

/** Opens (or makes) the database of DATA_DIR. Throws `DATOS_EN_USO` when a living process has it, `RESTAURACION_A_MEDIAS`. */
export async function abrirEnCarpeta(dataDir: string, migraciones = leerMigraciones()): Promise<Abierta> {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const candado = await tomarCandado(dataDir)
  try {
    exigirSinRestauracion(dataDir)
    const carpeta = path.join(fs.realpathSync(dataDir), 'pg')
    if (!fs.existsSync(carpeta)) await estrenar(carpeta, migraciones)
    exigirVersion(carpeta)
    const real = path.dirname(carpeta)
    return await envolver(
      await abrirDurable(carpeta),
      migraciones,
      () => candado.soltar(),
      (sql) => crearEmbebida(sql, real, candado),
    )
  } catch (error) {
    await candado.soltar()
    throw error
  }
}
