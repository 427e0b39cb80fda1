/**
 * ECDSA P-256 / SHA-256 through WebCrypto, the one signature scheme of the platform (design 04 §1.1): device keys, journal heads,
 * sessions. Signatures are the raw 64 bytes r||s. ECDSA is malleable, so nothing is ever de-duplicated by a signature.
 */
import { aBase64, deBase64 } from './ids.ts'

const ALGORITMO = { name: 'ECDSA', namedCurve: 'P-256' } as const
const FIRMA = { name: 'ECDSA', hash: 'SHA-256' } as const

/** A device key; the private half cannot be exported (an API rule, not hardware: design 04 §1.1). */
export const generarParDeLlaves = (extraible = false): Promise<CryptoKeyPair> =>
  globalThis.crypto.subtle.generateKey(ALGORITMO, extraible, ['sign', 'verify']) as Promise<CryptoKeyPair>

/** The public half as base64 of the 65-byte uncompressed point. */
export const exportarPublica = async (llave: CryptoKey): Promise<string> =>
  aBase64(new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', llave)))

/** @throws when the text is not a point of the curve */
export const importarPublica = (base64: string): Promise<CryptoKey> =>
  globalThis.crypto.subtle.importKey('raw', deBase64(base64), ALGORITMO, true, ['verify'])

/** Signs `dominio \0 texto`; the domain keeps a signature made for one purpose from being shown for another. */
export async function firmarTexto(privada: CryptoKey, dominio: Dominio, texto: string): Promise<string> {
  return aBase64(new Uint8Array(await globalThis.crypto.subtle.sign(FIRMA, privada, mensaje(dominio, texto))))
}

export async function verificarTexto(publica: CryptoKey, dominio: Dominio, texto: string, firmaBase64: string): Promise<boolean> {
  try {
    return await globalThis.crypto.subtle.verify(FIRMA, publica, deBase64(firmaBase64), mensaje(dominio, texto))
  } catch {
    return false // not base64
  }
}

/** The same over bytes: the 64 of the signature. */
export async function firmarBytes(privada: CryptoKey, dominio: Dominio, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await globalThis.crypto.subtle.sign(FIRMA, privada, mensajeDeBytes(dominio, bytes)))
}

export const verificarBytes = (publica: CryptoKey, dominio: Dominio, bytes: Uint8Array, firma: Uint8Array<ArrayBuffer>): Promise<boolean> =>
  globalThis.crypto.subtle.verify(FIRMA, publica, firma, mensajeDeBytes(dominio, bytes))

export type Dominio = 'CYA1|diario' | 'CYA1|sesion' | 'CYA1|alta' | 'CYA1|pendientes' | 'CYA1|llave' | 'CYA1|pin' | 'CYA1|ticket'
const mensaje = (dominio: Dominio, texto: string) => new TextEncoder().encode(`${dominio}\0${texto}`)

function mensajeDeBytes(dominio: Dominio, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const cabeza = new TextEncoder().encode(`${dominio}\0`)
  const mensaje = new Uint8Array(cabeza.length + bytes.length)
  mensaje.set(cabeza)
  mensaje.set(bytes, cabeza.length)
  return mensaje
}
