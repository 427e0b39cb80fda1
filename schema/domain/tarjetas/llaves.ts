/** Keys of phones. Importing one costs more than a verification, and a till sees the same cards again: the last ones are kept. */
import { aHex } from '../../core/ids.ts'
import { Lru } from './lru.ts'
import { descomprimir } from './punto.ts'

export const LLAVES_RECORDADAS = 2_000
const conocidas = new Lru<CryptoKey>(LLAVES_RECORDADAS)

/** The phone's key, for verifying. Null when the bytes are not a point of the curve. */
export async function importarLlave(devPub: Uint8Array<ArrayBuffer>): Promise<CryptoKey | null> {
  const nombre = aHex(devPub)
  const conocida = conocidas.get(nombre)
  if (conocida) return conocida
  try {
    const algoritmo = { name: 'ECDSA', namedCurve: 'P-256' }
    const llave = await globalThis.crypto.subtle.importKey('raw', descomprimir(devPub), algoritmo, true, ['verify'])
    conocidas.set(nombre, llave)
    return llave
  } catch {
    return null
  }
}

/** Name of a phone's key: first 32 hex of sha256 of the compressed point. */
export async function llaveDe(devPub: Uint8Array<ArrayBuffer>): Promise<string> {
  return aHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', devPub))).slice(0, 32)
}
