/** Reads a backup: checks every byte of it, and writes it into a folder when there is one. */
import { createHash, type Hash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ErrorDb } from '../db/errores.ts'
import type { Entrada } from '../db/imagen.ts'
import { FICHA, type FichaDeRespaldo, FORMATO, fichaDeRespaldo, SUMAS } from './pack.ts'
import { desempaquetar } from './tar.ts'

/** Nothing of a backup lands elsewhere, whatever its names say. */
const NOMBRE = /^(?:(?:pg|imagenes|tls)\/(?:[\w.-]+\/)*[\w.-]*|secret\.key)$/
const esNombre = (nombre: string) => NOMBRE.test(nombre) && !/(^|\/)\.\.?(\/|$)/.test(nombre)
/** The description and the sums fit in memory; a hostile archive's do not. */
const TEXTO_MAXIMO = 256 * 1024 * 1024

export interface Avance {
  archivos: number
  bytes: number
  ficha: FichaDeRespaldo
}

/**
 * Reads it all.
 * @param destino an empty folder, or undefined to check only
 * @param alAvanzar after each entry
 * @throws ErrorDb RESPALDO_ILEGIBLE when it is cut, changed, of another kind or of a later release
 */
export async function desempacar(
  flujo: Readable,
  destino: string | undefined,
  alAvanzar: (avance: Avance) => void = () => {},
): Promise<FichaDeRespaldo> {
  const abierto = flujo.pipe(createGunzip())
  flujo.once('error', (error) => abierto.destroy(error))
  flujo.once('close', () => !flujo.readableEnded && abierto.destroy(new Error('the archive ends in the middle')))
  try {
    return await leer(abierto, destino, alAvanzar)
  } catch (error) {
    throw error instanceof ErrorDb ? error : new ErrorDb('RESPALDO_ILEGIBLE', (error as Error).message, error)
  } finally {
    flujo.destroy()
    abierto.destroy()
  }
}

async function leer(flujo: Readable, destino: string | undefined, alAvanzar: (avance: Avance) => void): Promise<FichaDeRespaldo> {
  let ficha: FichaDeRespaldo | undefined
  let anotadas: string | undefined
  let bytes = 0
  const sumas = new Map<string, string>()
  for await (const entrada of desempaquetar(flujo)) {
    if (anotadas !== undefined) throw new Error(`${entrada.nombre} comes after the sums`)
    if (!ficha && entrada.nombre !== FICHA) throw new Error(`it has no ${FICHA}`)
    const esTexto = entrada.nombre === FICHA || entrada.nombre === SUMAS
    if (!esTexto && !esNombre(entrada.nombre)) throw new Error(`a file that no backup has: ${entrada.nombre}`)
    const hash = createHash('sha256')
    if (esTexto) {
      const texto = await leerTexto(entrada, hash)
      if (entrada.nombre === FICHA) ficha = revisarFicha(texto)
      else anotadas = texto
    } else await guardar(entrada, destino, hash)
    if (entrada.nombre !== SUMAS && !entrada.nombre.endsWith('/')) sumas.set(entrada.nombre, hash.digest('hex'))
    bytes += entrada.bytes
    alAvanzar({ archivos: sumas.size, bytes, ficha: ficha as FichaDeRespaldo })
  }
  if (!ficha || anotadas === undefined) throw new Error('it has no sums')
  const leidas = [...sumas].map(([nombre, suma]) => `${suma}  ${nombre}\n`).join('')
  if (leidas !== anotadas) throw new Error('its sums do not agree with what is in it')
  return ficha
}

async function leerTexto(entrada: Entrada, hash: Hash): Promise<string> {
  if (entrada.bytes > TEXTO_MAXIMO) throw new Error(`${entrada.nombre} is too long`)
  const trozos: Uint8Array[] = []
  for await (const trozo of entrada.contenido()) {
    hash.update(trozo)
    trozos.push(trozo)
  }
  return Buffer.concat(trozos).toString('utf8')
}

function revisarFicha(texto: string): FichaDeRespaldo {
  const ficha = fichaDeRespaldo.parse(JSON.parse(texto))
  if (ficha.formato > FORMATO) throw new Error(`written by release ${ficha.version}, later than this one`)
  return ficha
}

async function guardar(entrada: Entrada, destino: string | undefined, hash: Hash): Promise<void> {
  const ruta = destino === undefined ? undefined : path.join(destino, entrada.nombre)
  if (entrada.nombre.endsWith('/')) {
    if (ruta) fs.mkdirSync(ruta, { recursive: true, mode: 0o700 })
    return
  }
  if (ruta) fs.mkdirSync(path.dirname(ruta), { recursive: true, mode: 0o700 })
  const archivo = ruta ? await fs.promises.open(ruta, 'wx', 0o600) : undefined
  try {
    for await (const trozo of entrada.contenido()) {
      hash.update(trozo)
      await archivo?.writeFile(trozo)
    }
    await archivo?.sync()
  } finally {
    await archivo?.close()
  }
}
