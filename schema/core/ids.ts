/** RFC 9562 UUIDv7: made by whoever creates the row, never used for order. `azar` gives n random bytes (seeded in simulations). */
export function uuidv7(ahora: number, azar: (n: number) => Uint8Array = azarDelSistema): string {
  const bytes = azar(16)
  const ms = Math.max(0, Math.floor(ahora))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return formatoUuid(bytes)
}

export const azarDelSistema = (n: number): Uint8Array => globalThis.crypto.getRandomValues(new Uint8Array(n))

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Lower case only: one id has one spelling, in keys and in hashes. */
export const esUuid = (texto: unknown): texto is string => typeof texto === 'string' && UUID.test(texto)

export function formatoUuid(bytes: Uint8Array): string {
  const hex = aHex(bytes.subarray(0, 16))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const PARES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function aHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += PARES[byte]
  return hex
}

export function deHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

export function aBase64(bytes: Uint8Array): string {
  let binario = ''
  for (const byte of bytes) binario += String.fromCharCode(byte)
  return btoa(binario)
}

/** @throws when the text is not base64 */
export function deBase64(texto: string): Uint8Array<ArrayBuffer> {
  const binario = atob(texto)
  const bytes = new Uint8Array(binario.length)
  for (let i = 0; i < binario.length; i++) bytes[i] = binario.charCodeAt(i)
  return bytes
}

/** SHA-256 of text, lower-case hex. */
export async function sha256(texto: string): Promise<string> {
  return aHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(texto))))
}

/** A stable UUID (version 8) from text: the server's own chain of a negocio, an inbox row that must not be made twice. */
export async function uuidDeTexto(texto: string): Promise<string> {
  const bytes = deHex((await sha256(texto)).slice(0, 32))
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return formatoUuid(bytes)
}
