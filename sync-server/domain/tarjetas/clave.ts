/** The secret behind the digits a card shows (schema/domain/tarjetas/totp.ts). Derived, never stored: whoever reads the database cannot type a card. */
import { hkdfSync } from 'node:crypto'
import { derivar } from '../../secreto.ts'

const maestras = new Map<string, Buffer>()

/** 32 bytes, of one key of one card. `llave`: first 32 hex of sha256 of the phone's public key. */
export function secretoDeLlave(secretKey: string, cardId: string, llave: string): Uint8Array<ArrayBuffer> {
  let maestra = maestras.get(secretKey)
  if (!maestra) {
    maestra = derivar(secretKey, 'claves de tarjetas')
    maestras.set(secretKey, maestra)
  }
  return new Uint8Array(hkdfSync('sha256', maestra, 'anunciaya', `${cardId}|${llave}`, 32))
}
