/** The digits of a typed card, worked out a second time with Node's own cryptography from SECRET_KEY down (design 04 §1.3). */
import { createHmac, hkdfSync } from 'node:crypto'

/** The 60-second step within two of `hora` (ms) at which a key of a card shows these digits, the nearest first; null: none. */
export function pasoEscrito(
  secretKey: string,
  { cardId, llave }: { cardId: string; llave: string },
  clave: string,
  hora: number,
): number | null {
  const maestra = hkdfSync('sha256', secretKey, 'anunciaya', 'claves de tarjetas', 32)
  const secreto = Buffer.from(hkdfSync('sha256', Buffer.from(maestra), 'anunciaya', `${cardId}|${llave}`, 32))
  const centro = Math.trunc(hora / 60_000)
  const cerca = [centro, centro - 1, centro + 1, centro - 2, centro + 2].filter((paso) => paso >= 0)
  return cerca.find((paso) => digitos(secreto, paso) === clave) ?? null
}

function digitos(secreto: Buffer, paso: number): string {
  const contador = Buffer.alloc(8)
  contador.writeBigUInt64BE(BigInt(paso))
  const mac = createHmac('sha256', secreto).update(contador).digest()
  const entero = mac.readUInt32BE((mac[mac.length - 1] as number) & 0xf) & 0x7fff_ffff
  return `00000${entero}`.slice(-6)
}
