/**
 * A new embedded database costs three seconds of initdb; a copy of a finished one costs a third of one.
 * The copy is a tar of an empty, migrated cluster, kept in node_modules/.cache under the hash of what made it.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { hashDeMigraciones, leerMigraciones, type Migracion, migrar } from './migrate.ts'
import { sqlSobrePglite } from './pglite-duplex.ts'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/anunciaya', import.meta.url))
const CANDADO_VIEJO_MS = 60_000
const PLANTILLA_VIEJA_MS = 24 * 3_600_000

/** PGlite keeps its package.json private: it is read beside the entry it does export. */
function versionDePglite(): string {
  const entrada = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return JSON.parse(fs.readFileSync(path.join(path.dirname(entrada), '../package.json'), 'utf8')).version
}

function archivoDe(migraciones: Migracion[], cache: string): string {
  const semilla = `1 ${versionDePglite()} ${hashDeMigraciones(migraciones)}`
  return path.join(cache, `plantilla-${createHash('sha256').update(semilla).digest('hex').slice(0, 20)}.tar`)
}

async function fabricar(archivo: string, migraciones: Migracion[]): Promise<void> {
  const pg = await PGlite.create()
  try {
    const sql = sqlSobrePglite(pg)
    await migrar(sql, migraciones)
    await sql.end()
    await pg.exec('checkpoint')
    const tar = await pg.dumpDataDir('none')
    const parcial = `${archivo}.${process.pid}`
    fs.writeFileSync(parcial, Buffer.from(await tar.arrayBuffer()))
    fs.renameSync(parcial, archivo)
  } finally {
    await pg.close()
  }
}

/** Each change of the migrations leaves 40 MB behind: those of other days go. */
function tirarViejas(cache: string): void {
  for (const nombre of fs.readdirSync(cache)) {
    const archivo = path.join(cache, nombre)
    const desde = fs.statSync(archivo, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (nombre.startsWith('plantilla-') && Date.now() - desde > PLANTILLA_VIEJA_MS) fs.rmSync(archivo, { force: true })
  }
}

/** True when this process took the lock. A lock older than a minute belongs to somebody who died. */
function tomar(candado: string): boolean {
  try {
    fs.closeSync(fs.openSync(candado, 'wx'))
    return true
  } catch {
    const desde = fs.statSync(candado, { throwIfNoEntry: false })?.mtimeMs
    if (desde !== undefined && Date.now() - desde > CANDADO_VIEJO_MS) fs.rmSync(candado, { force: true })
    return false
  }
}

/**
 * The path of the template, made now if it is missing (3 to 5 s, once per change of the migrations). Several processes
 * may ask at once: one makes it, the rest wait. Losing that race costs time, never correctness: it lands by rename.
 */
export async function asegurarPlantilla(migraciones = leerMigraciones(), cache = CACHE): Promise<string> {
  const archivo = archivoDe(migraciones, cache)
  const candado = `${archivo}.candado`
  fs.mkdirSync(cache, { recursive: true })
  while (!fs.existsSync(archivo)) {
    if (!tomar(candado)) {
      await new Promise((listo) => setTimeout(listo, 100))
      continue
    }
    try {
      if (fs.existsSync(archivo)) break
      tirarViejas(cache)
      await fabricar(archivo, migraciones)
    } finally {
      fs.rmSync(candado, { force: true })
    }
  }
  return archivo
}

/** What PGlite asks of its `loadDataDir`, without the three copies of 43 MB that a Blob makes on the way in and out. */
class Tar extends Blob {
  readonly #bytes: ArrayBuffer
  constructor(bytes: Buffer) {
    super([], { type: 'application/x-tar' })
    const { buffer, byteOffset, byteLength } = bytes
    // A file this large has an ArrayBuffer of its own; a smaller one would share node's pool.
    const entero = byteLength === buffer.byteLength
    this.#bytes = (entero ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer
  }
  override arrayBuffer = async (): Promise<ArrayBuffer> => this.#bytes
}

/** The template as PGlite's `loadDataDir` takes it: only `type` and `arrayBuffer` say something. */
export const leerPlantilla = (archivo: string): Blob => new Tar(fs.readFileSync(archivo))

/** The same for a database in memory, which never makes another one: 600 of 1,400 files less to unpack. */
export const leerPlantillaSinMoldes = (archivo: string): Blob => new Tar(sinMoldes(fs.readFileSync(archivo)))

const BLOQUE = 512
/** Where PostgreSQL keeps template1 and template0, whose files only a `create database` reads. The folders stay. */
const DE_MOLDES = /^(\.?\/)*base\/[14]\/./

/** A tar without the files of the template databases. */
function sinMoldes(tar: Buffer): Buffer {
  const partes: Buffer[] = []
  for (let en = 0; en < tar.length; ) {
    const nombre = tar.toString('latin1', en, en + 100).replace(/\0.*/s, '')
    // Two empty blocks are its end.
    if (nombre === '') return Buffer.concat([...partes, tar.subarray(en)])
    const bytes = Number.parseInt(tar.toString('latin1', en + 124, en + 136), 8) || 0
    const hasta = en + BLOQUE * (1 + Math.ceil(bytes / BLOQUE))
    if (!DE_MOLDES.test(nombre)) partes.push(tar.subarray(en, hasta))
    en = hasta
  }
  return Buffer.concat(partes)
}

/** The template if some earlier run left one, else undefined. Never makes it. */
export function plantillaLista(migraciones = leerMigraciones(), cache = CACHE): Blob | undefined {
  const archivo = archivoDe(migraciones, cache)
  return fs.existsSync(archivo) ? leerPlantilla(archivo) : undefined
}
