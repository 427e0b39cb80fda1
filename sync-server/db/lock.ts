/**
 * One process per data folder. PGlite takes no lock of its own: two processes diverge in silence.
 *
 * The lock is a Unix socket somebody listens on, because the kernel forgets it with the process: a connection refused means
 * that the owner died, at once and also in a container, where every process has the same pid as the one before it.
 */
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { ErrorDb } from './errores.ts'

/** Its name in the folder. */
export const CANDADO = 'candado.sock'
/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included; a longer path is cut or refused. */
const LARGO_MAXIMO = 100
/** Longer than the instant between another's "it is stale" and its removal of the file. */
const REVISION_MS = 50

export interface Candado {
  /** Who connects to the folder's socket from now on is given to `fn` (a command that asks the running server); before, it is hung up on. */
  alPedir(fn: (conexion: net.Socket) => void): void
  /** Releases the lock and cuts whoever is still connected. Safe to call twice. */
  soltar(): Promise<void>
}

/** Calls `fn` with a path that fits in a socket address: the real one, or the same folder behind a short symbolic link. */
async function conRutaCorta<T>(carpeta: string, fn: (ruta: string) => Promise<T>): Promise<T> {
  const directa = path.join(carpeta, CANDADO)
  if (Buffer.byteLength(directa) <= LARGO_MAXIMO) return fn(directa)
  const temporal = fs.mkdtempSync(path.join(os.tmpdir(), 'aya-'))
  const enlace = path.join(temporal, 'd')
  try {
    fs.symlinkSync(carpeta, enlace)
    return await fn(path.join(enlace, CANDADO))
  } finally {
    fs.rmSync(temporal, { recursive: true, force: true })
  }
}

function escuchar(ruta: string): Promise<net.Server | 'ocupado'> {
  return new Promise((resolve, reject) => {
    const servidor = net.createServer((conexion) => conexion.destroy())
    servidor.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve('ocupado') : reject(error)))
    servidor.listen(ruta, () => {
      // Who may write to it may ask for everything: its owner, also in a folder somebody opened to others.
      fs.chmodSync(ruta, 0o600)
      resolve(servidor.unref())
    })
  })
}

function hayAlguien(ruta: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const conexion = net.connect(ruta)
    conexion.once('connect', () => {
      conexion.destroy()
      resolve(true)
    })
    conexion.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT' || error.code === 'ENOTSOCK') resolve(false)
      else if (error.code === 'ECONNRESET' || error.code === 'EAGAIN' || error.code === 'EPIPE') resolve(true)
      else reject(error)
    })
  })
}

/** A connection to the process that holds a folder, or undefined when none does. */
export async function llamar(carpeta: string): Promise<net.Socket | undefined> {
  if (!fs.existsSync(carpeta)) return undefined
  return conRutaCorta(
    fs.realpathSync(carpeta),
    (ruta) =>
      new Promise((listo) => {
        const conexion = net.connect(ruta)
        conexion.once('connect', () => listo(conexion)).once('error', () => listo(undefined))
      }),
  )
}

/** Which file stands there now. Its inode alone would not say: the number of a removed file is given to the next one. */
function identidad(archivo: string): string | undefined {
  const ficha = fs.lstatSync(archivo, { bigint: true, throwIfNoEntry: false })
  return ficha && `${ficha.ino} ${ficha.ctimeNs}`
}

/** Removes this very file, and not a living socket that another process put there meanwhile. */
function retirar(archivo: string, visto: string | undefined): void {
  if (visto !== undefined && identidad(archivo) === visto) fs.rmSync(archivo, { force: true })
}

/**
 * Takes the lock of a folder that exists. Throws `DATOS_EN_USO` when a living process holds it.
 * Two processes that find the same dead lock may both remove it; each looks again after a moment, and the one whose
 * socket is no longer the folder's gives up.
 */
export async function tomarCandado(carpeta: string): Promise<Candado> {
  const real = fs.realpathSync(carpeta)
  const archivo = path.join(real, CANDADO)
  for (let intento = 0; intento < 5; intento++) {
    const servidor = await conRutaCorta(real, escuchar)
    if (servidor !== 'ocupado') {
      const mio = identidad(archivo)
      await new Promise((listo) => setTimeout(listo, REVISION_MS))
      if (mio !== undefined && identidad(archivo) === mio) return candadoDe(servidor, archivo, mio)
      // Not closed: closing removes the file of that name, which is now another's.
      continue
    }
    const visto = identidad(archivo)
    if (await conRutaCorta(real, hayAlguien)) throw new ErrorDb('DATOS_EN_USO', real)
    retirar(archivo, visto)
  }
  throw new ErrorDb('DATOS_EN_USO', real)
}

function candadoDe(servidor: net.Server, archivo: string, mio: string): Candado {
  let suelto: Promise<void> | undefined
  let atender: (conexion: net.Socket) => void = (conexion) => void conexion.destroy()
  const abiertas = new Set<net.Socket>()
  servidor.removeAllListeners('connection').on('connection', (conexion) => {
    abiertas.add(conexion)
    // Whoever only looks whether somebody lives here hangs up at once: not worth a word.
    conexion.on('error', () => {}).once('close', () => abiertas.delete(conexion))
    atender(conexion)
  })
  const soltar = async () => {
    for (const conexion of abiertas) conexion.destroy()
    const cerrado = new Promise<void>((listo) => servidor.close(() => listo()))
    // Closing removed the file by the name it was opened with; the short name of a long path is gone by now.
    retirar(archivo, mio)
    await cerrado
  }
  return {
    alPedir: (fn) => {
      atender = fn
    },
    soltar: () => (suelto ??= soltar()),
  }
}
