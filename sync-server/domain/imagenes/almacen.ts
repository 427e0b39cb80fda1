/**
 * Where pictures lie: bytes under (negocio, hash), and nothing else is known here. A folder per negocio, so that two of them never share a file: what
 * one removes the other keeps, and nobody learns by uploading what another has.
 *
 *   IMAGENES_DIR/<negocioId without dashes>/<aa>/<hash>      aa: first two digits of the hash
 */
import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

export interface ImagenGuardada {
  negocioId: string
  hash: string
  /** Last written, ms. */
  modificadaAt: number
}

export interface AlmacenDeImagenes {
  /** Whole or not at all, and on disk when it returns. Writing the same again is harmless. */
  guardar(negocioId: string, hash: string, bytes: Uint8Array): Promise<void>
  leer(negocioId: string, hash: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Removing what is not there is no error. */
  borrar(negocioId: string, hash: string): Promise<void>
  /** Everything that lies here, also what nobody remembers. */
  listar(): AsyncIterable<ImagenGuardada>
}

/** Instead of a folder: gone with the process. */
export const EN_MEMORIA = ':memoria:'
const enMemoria = new WeakMap<object, AlmacenDeImagenes>()

/** The store an environment names. */
export function almacenDe(env: { imagenesDir: string }): AlmacenDeImagenes {
  if (env.imagenesDir !== EN_MEMORIA) return enCarpeta(env.imagenesDir)
  const uno = enMemoria.get(env) ?? crearEnMemoria()
  enMemoria.set(env, uno)
  return uno
}

const CARPETA = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/
const HASH = /^[0-9a-f]{64}$/

/** Names come from requests: whatever is no id of ours never reaches the file system. */
function lugarDe(carpeta: string, negocioId: string, hash: string): string {
  const propia = negocioId.replaceAll('-', '')
  if (!CARPETA.test(propia) || !HASH.test(hash)) throw new Error('not the name of a picture')
  return path.join(carpeta, propia, hash.slice(0, 2), hash)
}

const noEsta = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(String((error as { code?: unknown }).code))

function enCarpeta(carpeta: string): AlmacenDeImagenes {
  return {
    async guardar(negocioId, hash, bytes) {
      const lugar = lugarDe(carpeta, negocioId, hash)
      await fs.mkdir(path.dirname(lugar), { recursive: true })
      // Beside its place, so that the rename stays within one file system.
      const provisional = `${lugar}.${randomUUID()}.tmp`
      try {
        await escribirEnDisco(provisional, bytes)
        await fs.rename(provisional, lugar)
      } catch (error) {
        await fs.rm(provisional, { force: true })
        throw error
      }
      await fsyncDeCarpeta(path.dirname(lugar))
    },
    async leer(negocioId, hash) {
      try {
        return new Uint8Array(await fs.readFile(lugarDe(carpeta, negocioId, hash)))
      } catch (error) {
        if (noEsta(error)) return null
        throw error
      }
    },
    borrar: (negocioId, hash) => fs.rm(lugarDe(carpeta, negocioId, hash), { force: true }),
    listar: () => recorrer(carpeta),
  }
}

async function escribirEnDisco(archivo: string, bytes: Uint8Array): Promise<void> {
  const mano = await fs.open(archivo, 'wx')
  try {
    await mano.writeFile(bytes)
    await mano.sync()
  } finally {
    await mano.close()
  }
}

/** The new name itself must survive a power cut. */
async function fsyncDeCarpeta(carpeta: string): Promise<void> {
  const mano = await fs.open(carpeta, 'r')
  try {
    await mano.sync()
  } finally {
    await mano.close()
  }
}

const nombresEn = (carpeta: string) =>
  fs.readdir(carpeta).catch((error: unknown) => {
    if (noEsta(error)) return [] as string[]
    throw error
  })

async function* recorrer(carpeta: string): AsyncIterable<ImagenGuardada> {
  for (const propia of (await nombresEn(carpeta)).filter((nombre) => CARPETA.test(nombre))) {
    const negocioId = propia.replace(CARPETA, '$1-$2-$3-$4-$5')
    for (const rama of await nombresEn(path.join(carpeta, propia)))
      for (const nombre of await nombresEn(path.join(carpeta, propia, rama))) {
        const archivo = path.join(carpeta, propia, rama, nombre)
        const estado = await fs.stat(archivo).catch(() => undefined)
        if (!estado?.isFile()) continue
        if (HASH.test(nombre)) yield { negocioId, hash: nombre, modificadaAt: estado.mtimeMs }
        else if (nombre.endsWith('.tmp') && Date.now() - estado.mtimeMs > PROVISIONAL_VIEJO_MS) await fs.rm(archivo, { force: true })
      }
  }
}
/** Of an upload that was killed while it wrote. */
const PROVISIONAL_VIEJO_MS = 60 * 60 * 1_000

function crearEnMemoria(): AlmacenDeImagenes {
  const guardadas = new Map<string, ImagenGuardada & { bytes: Uint8Array<ArrayBuffer> }>()
  return {
    async guardar(negocioId, hash, bytes) {
      guardadas.set(`${negocioId}/${hash}`, { negocioId, hash, modificadaAt: Date.now(), bytes: new Uint8Array(bytes) })
    },
    leer: async (negocioId, hash) => guardadas.get(`${negocioId}/${hash}`)?.bytes ?? null,
    async borrar(negocioId, hash) {
      guardadas.delete(`${negocioId}/${hash}`)
    },
    async *listar() {
      yield* [...guardadas.values()]
    },
  }
}
