/**
 * The code typed when a QR cannot be scanned (design 04 §1.3): 6 digits, a new one every 60 s, RFC 6238 with HMAC-SHA256 and a secret of 32 bytes
 * per (card, key of a phone). A till cannot check it: the server does, and one code of a card counts once.
 */
import { MINUTO } from '../../core/tiempo.ts'
import { escribir } from './bytes.ts'

export const PASO_MS = MINUTO
/** How many steps the phone's clock may be away from the hour of the sale, on each side. */
export const PASOS_DE_TOLERANCIA = 2

/** Number of the step an instant (ms, server time) falls in. */
export const pasoDe = (instante: number): number => Math.floor(instante / PASO_MS)

/** The secret as a key that gives codes and nothing else: a phone keeps this and forgets the bytes. `secreto`: 32 bytes. */
export const importarSecreto = (secreto: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  globalThis.crypto.subtle.importKey('raw', secreto, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])

/** The 6 digits of one step. */
export async function claveDePaso(secreto: CryptoKey, paso: number): Promise<string> {
  const contador = new Uint8Array(8)
  escribir(contador, 2, 6, paso)
  const mac = new Uint8Array(await globalThis.crypto.subtle.sign('HMAC', secreto, contador))
  const donde = (mac[31] ?? 0) & 0x0f
  const numero = new DataView(mac.buffer).getUint32(donde) & 0x7fff_ffff
  return String(numero % 1_000_000).padStart(6, '0')
}

/** What the card shows now: its 6 digits, and for how many ms more. `ahora`: ms as the server counts them. */
export async function claveDeAhora(secreto: CryptoKey, ahora: number): Promise<{ clave: string; quedanMs: number }> {
  const paso = pasoDe(ahora)
  return { clave: await claveDePaso(secreto, paso), quedanMs: (paso + 1) * PASO_MS - ahora }
}

/** The step nearest to `hora` (ms) whose code this is, at most 2 away; null: none. */
export async function pasoDeClave(secreto: CryptoKey, clave: string, hora: number): Promise<number | null> {
  const centro = pasoDe(hora)
  for (let lejos = 0; lejos <= PASOS_DE_TOLERANCIA; lejos++) {
    for (const paso of lejos === 0 ? [centro] : [centro - lejos, centro + lejos]) {
      if (paso >= 0 && (await claveDePaso(secreto, paso)) === clave) return paso
    }
  }
  return null
}
