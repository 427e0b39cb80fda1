/** Keys of phones. Importing one costs more than a verification, and a till sees the same cards again: the last ones are kept. */
import { aHex } from '../../core/ids.ts'
import { nombreDe } from './bytes.ts'
import { EnCurso } from './en-curso.ts'
import { Lru } from './lru.ts'
import { descomprimir } from './punto.ts'

export const LLAVES_RECORDADAS = 2_000
const conocidas = new Lru<CryptoKey>(LLAVES_RECORDADAS)
const importando = new EnCurso<CryptoKey | null>()

/** The phone's key, for verifying. Null when the bytes are not a point of the curve. */
export async function importarLlave(devPub: Uint8Array<ArrayBuffer>): Promise<CryptoKey | null> {
  const nombre = nombreDe(devPub)
  return conocidas.get(nombre) ?? importando.hacer(nombre, () => importar(nombre, devPub))
}

async function importar(nombre: string, devPub: Uint8Array<ArrayBuffer>): Promise<CryptoKey | null> {
  try {
    const algoritmo = { name: 'ECDSA', namedCurve: 'P-256' }
    const llave = await globalThis.crypto.subtle.importKey('raw', descomprimir(devPub), algoritmo, true, ['verify'])
    conocidas.set(nombre, llave)
    return llave
  } catch {
    return null
  }
}

const nombradas = new Lru<string>(LLAVES_RECORDADAS)

/** Name of a phone's key: first 32 hex of sha256 of the compressed point. */
export async function llaveDe(devPub: Uint8Array<ArrayBuffer>): Promise<string> {
  const punto = nombreDe(devPub)
  const conocida = nombradas.get(punto)
  if (conocida) return conocida
  const llave = aHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', devPub))).slice(0, 32)
  nombradas.set(punto, llave)
  return llave
}
