/**
 * The files of an embedded database as one consistent image, one after another: what a backup carries.
 *
 *   running   pg_backup_start ─► every file, while everybody goes on writing ─► pg_backup_stop ─► its label and the log written meanwhile
 *   stopped   every file as it lies, under the folder's lock
 *
 * A file read while it is written may be torn or of another instant than its neighbour: opening the image replays the log from the label on, and
 * pages written during a backup are whole in that log. Nobody waits except for the checkpoint at its start.
 */
import fs from 'node:fs'
import path from 'node:path'
import { comoDuenoDeLaEmbebida } from './mantener.ts'
import type { Sql } from './tipos.ts'

export interface Entrada {
  /** With slashes, relative to DATA_DIR: `pg/base/5/1259`. A folder when it ends in one. */
  nombre: string
  bytes: number
  /** Exactly `bytes` long, whatever happens to the file meanwhile. */
  contenido: () => AsyncIterable<Uint8Array>
}

const TROZO_BYTES = 256 * 1024
/** Kept as folders; what is in them belongs to a running server. */
const VACIAS = /^pg_(replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)$/
const SIN_VALOR = /^(postmaster\.(pid|opts)|pg_internal\.init|backup_label(\.old)?|pgsql_tmp.*)$/
const SEGMENTO = /^[0-9A-F]{24}$/
const CONTROL = 'global/pg_control'

export const entradaDeBytes = (nombre: string, bytes: Uint8Array): Entrada => ({
  nombre,
  bytes: bytes.length,
  contenido: async function* () {
    yield bytes
  },
})

/** A file of the disk, or undefined when it has gone. One that grows is cut, one that shrinks is filled with zeros. */
export async function entradaDeArchivo(nombre: string, ruta: string): Promise<Entrada | undefined> {
  const ficha = await fs.promises.stat(ruta).catch(() => undefined)
  return ficha && { nombre, bytes: ficha.size, contenido: () => leer(ruta, ficha.size) }
}

async function* leer(ruta: string, bytes: number): AsyncGenerator<Uint8Array> {
  const archivo = await fs.promises.open(ruta).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined // dropped meanwhile: the log drops it again
    throw error
  })
  try {
    for (let desde = 0; desde < bytes; ) {
      const trozo = Buffer.alloc(Math.min(TROZO_BYTES, bytes - desde))
      const leidos = (await archivo?.read(trozo, 0, trozo.length, desde))?.bytesRead || trozo.length
      yield trozo.subarray(0, leidos)
      desde += leidos
    }
  } finally {
    await archivo?.close()
  }
}

/** Folders before what is in them. `entra`: whether the contents of a folder are wanted. */
export async function* entradasBajo(raiz: string, nombre: string, entra = (_carpeta: string) => true): AsyncGenerator<Entrada> {
  yield { nombre: `${nombre}/`, bytes: 0, contenido: async function* () {} }
  if (!entra(nombre)) return
  for (const hijo of (await fs.promises.readdir(path.join(raiz, nombre), { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const suyo = `${nombre}/${hijo.name}`
    if (hijo.isDirectory()) yield* entradasBajo(raiz, suyo, entra)
    else if (hijo.isFile() && !SIN_VALOR.test(hijo.name)) {
      const entrada = await entradaDeArchivo(suyo, path.join(raiz, suyo))
      if (entrada) yield entrada
    }
  }
}

/** The image of a cluster nobody has open: the caller holds the folder's lock. */
export const imagenDetenida = (dataDir: string): AsyncGenerator<Entrada> =>
  entradasBajo(dataDir, 'pg', (carpeta) => !VACIAS.test(carpeta.slice('pg/'.length)))

/**
 * The image of a running cluster, good from the moment it is whole: what was confirmed before its end is in it. No checkpoint may happen meanwhile
 * but its own: it would throw away log that the image needs (`mantenerEmbebida` waits).
 */
export async function* imagenEnMarcha(sql: Sql, dataDir: string): AsyncGenerator<Entrada> {
  await comoDuenoDeLaEmbebida(sql, `select pg_backup_start('anunciaya', true)`)
  let terminada = false
  const terminar = async () => {
    terminada = true
    const [fila] = await comoDuenoDeLaEmbebida(sql, 'select labelfile, pg_walfile_name(lsn) as hasta from pg_backup_stop(false)')
    return fila as unknown as { labelfile: string; hasta: string }
  }
  try {
    const entra = (carpeta: string) => carpeta !== 'pg/pg_wal' && !VACIAS.test(carpeta.slice('pg/'.length))
    for await (const entrada of entradasBajo(dataDir, 'pg', entra)) if (entrada.nombre !== `pg/${CONTROL}`) yield entrada
    // Last, as pg_basebackup does; at once, for its 512 bytes are written by this very thread.
    const control = fs.readFileSync(path.join(dataDir, 'pg', CONTROL))
    yield entradaDeBytes(`pg/${CONTROL}`, control)
    const { labelfile, hasta } = await terminar()
    yield entradaDeBytes('pg/backup_label', Buffer.from(labelfile))
    yield* segmentos(dataDir, labelfile, hasta)
  } finally {
    if (!terminada) await terminar().catch(() => {}) // the database may be closing
  }
}

async function* segmentos(dataDir: string, etiqueta: string, hasta: string): AsyncGenerator<Entrada> {
  const desde = /\(file ([0-9A-F]{24})\)/.exec(etiqueta)?.[1] ?? ''
  for (const nombre of fs.readdirSync(path.join(dataDir, 'pg/pg_wal')).sort()) {
    if (!SEGMENTO.test(nombre) || nombre < desde || nombre > hasta) continue
    const entrada = await entradaDeArchivo(`pg/pg_wal/${nombre}`, path.join(dataDir, 'pg/pg_wal', nombre))
    if (entrada) yield entrada
  }
}
