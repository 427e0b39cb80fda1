/**
 * What a backup is: a gzipped tar of a consistent image of the embedded database, the pictures and the keys, its description first and the
 * SHA-256 of everything last. `tar xzf` and `sha256sum -c SHA256SUMS` read it without us.
 *
 *   respaldo.json · pg/… · imagenes/… · secret.key · tls/… · SHA256SUMS
 *
 * Whoever has it has everything, the key of the installation included: it is written for its owner's eyes only (0600).
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { z } from 'zod'
import { type Entrada, entradaDeArchivo, entradaDeBytes, entradasBajo, imagenDetenida } from '../db/imagen.ts'
import { VERSION_DEL_SERVIDOR } from '../version.ts'
import { empaquetar } from './tar.ts'

export const FICHA = 'respaldo.json'
export const SUMAS = 'SHA256SUMS'
/** Raised when an older release could not restore what this one writes. */
export const FORMATO = 1

export const fichaDeRespaldo = z.object({
  formato: z.number().int(),
  /** Release that wrote it. */
  version: z.string(),
  /** Major version of the PostgreSQL inside. */
  postgres: z.string(),
  creadoAt: z.iso.datetime(),
  /** Taken while the server ran. */
  enMarcha: z.boolean(),
  /** Whether the key is inside; else it was given by SECRET_KEY and must be given again. */
  conClave: z.boolean(),
  /** Before compression, about. */
  bytes: z.number().int(),
  archivos: z.number().int(),
})
export type FichaDeRespaldo = z.infer<typeof fichaDeRespaldo>

export interface Origen {
  dataDir: string
  /** Where the pictures are. */
  imagenesDir: string
  /** Of the running server; without it nobody has the folder open and the caller holds its lock. */
  imagen?: AsyncGenerator<Entrada>
  /** ms */
  ahora: number
}

/** How much there is to copy, by the sizes of the files now. */
function medir(carpetas: string[]): { bytes: number; archivos: number } {
  const total = { bytes: 0, archivos: 0 }
  for (const carpeta of carpetas.filter((una) => fs.existsSync(una)))
    for (const hijo of fs.readdirSync(carpeta, { recursive: true, withFileTypes: true })) {
      const ficha = hijo.isFile() ? fs.statSync(path.join(hijo.parentPath, hijo.name), { throwIfNoEntry: false }) : undefined
      if (!ficha) continue
      total.bytes += ficha.size
      total.archivos++
    }
  return total
}

export function describir({ dataDir, imagenesDir, imagen, ahora }: Origen): FichaDeRespaldo {
  return {
    formato: FORMATO,
    version: VERSION_DEL_SERVIDOR,
    postgres: fs.readFileSync(path.join(dataDir, 'pg/PG_VERSION'), 'utf8').trim(),
    creadoAt: new Date(ahora).toISOString(),
    enMarcha: imagen !== undefined,
    conClave: fs.existsSync(path.join(dataDir, 'secret.key')),
    ...medir([path.join(dataDir, 'pg'), imagenesDir]),
  }
}

/** The pictures come after the database: each was on the disk before the row that names it. */
async function* contenidos({ dataDir, imagenesDir, imagen }: Origen): AsyncGenerator<Entrada> {
  yield* imagen ?? imagenDetenida(dataDir)
  if (fs.existsSync(imagenesDir)) yield* deImagenes(imagenesDir)
  const clave = await entradaDeArchivo('secret.key', path.join(dataDir, 'secret.key'))
  if (clave) yield clave
  if (fs.existsSync(path.join(dataDir, 'tls'))) yield* entradasBajo(dataDir, 'tls')
}

/** Under `imagenes/` in the archive, wherever they are kept here. Half written ones have another kind of name. */
async function* deImagenes(carpeta: string): AsyncGenerator<Entrada> {
  const base = path.basename(carpeta)
  for await (const entrada of entradasBajo(path.dirname(carpeta), base)) {
    const nombre = `imagenes${entrada.nombre.slice(base.length)}`
    if (/^imagenes\/([0-9a-f/]*)$/.test(nombre)) yield { ...entrada, nombre }
  }
}

async function* conSumas(entradas: AsyncIterable<Entrada>): AsyncGenerator<Entrada> {
  const sumas: string[] = []
  for await (const entrada of entradas) {
    const hash = createHash('sha256')
    yield {
      ...entrada,
      contenido: async function* () {
        for await (const trozo of entrada.contenido()) {
          hash.update(trozo)
          yield trozo
        }
      },
    }
    if (!entrada.nombre.endsWith('/')) sumas.push(`${hash.digest('hex')}  ${entrada.nombre}\n`)
  }
  yield entradaDeBytes(SUMAS, Buffer.from(sumas.join('')))
}

/** The bytes of a backup. Destroying the stream ends the image, and the database goes on as before. */
export function empacar(origen: Origen, ficha = describir(origen)): Readable {
  async function* todo(): AsyncGenerator<Entrada> {
    yield entradaDeBytes(FICHA, Buffer.from(`${JSON.stringify(ficha, null, 2)}\n`))
    yield* contenidos(origen)
  }
  const tar = Readable.from(empaquetar(conSumas(todo()), Math.floor(origen.ahora / 1_000)), { objectMode: false, highWaterMark: 1 << 20 })
  const gzip = createGzip({ level: 5 })
  tar.once('error', (error) => gzip.destroy(error))
  gzip.once('close', () => tar.destroy())
  return tar.pipe(gzip)
}
