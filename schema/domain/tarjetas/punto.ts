/**
 * P-256 points. A card carries the compressed form (33 bytes); WebKit imports only the uncompressed one (65 bytes), so the root is computed
 * here. p = 3 mod 4 makes it one power.
 */
import { aHex } from '../../core/ids.ts'

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

const modulo = (n: bigint): bigint => ((n % P) + P) % P
const aEntero = (bytes: Uint8Array): bigint => BigInt(`0x${aHex(bytes)}`)

function potencia(base: bigint, exponente: bigint): bigint {
  let resultado = 1n
  for (let b = modulo(base), e = exponente; e > 0n; e >>= 1n, b = (b * b) % P) if (e & 1n) resultado = (resultado * b) % P
  return resultado
}

/** 65 bytes (0x04 x y) to 33 (parity, x). Does not check the curve: importing the key does. @throws when it is not that form */
export function comprimir(punto: Uint8Array): Uint8Array<ArrayBuffer> {
  if (punto.length !== 65 || punto[0] !== 4) throw new Error('not an uncompressed P-256 point')
  const corto = new Uint8Array(33)
  corto[0] = 2 + ((punto[64] ?? 0) & 1)
  corto.set(punto.subarray(1, 33), 1)
  return corto
}

/** 33 bytes to 65. @throws when the bytes are not a point of the curve */
export function descomprimir(corto: Uint8Array): Uint8Array<ArrayBuffer> {
  if (corto.length !== 33 || (corto[0] !== 2 && corto[0] !== 3)) throw new Error('not a compressed P-256 point')
  const x = aEntero(corto.subarray(1))
  if (x >= P) throw new Error('x is out of range')
  const cuadrado = modulo(x * x * x - 3n * x + B)
  const raiz = potencia(cuadrado, (P + 1n) / 4n)
  if (modulo(raiz * raiz) !== cuadrado) throw new Error('not on the curve')
  const y = (raiz & 1n) === BigInt((corto[0] ?? 0) & 1) ? raiz : P - raiz
  const punto = new Uint8Array(65)
  punto[0] = 4
  punto.set(corto.subarray(1), 1)
  for (let i = 0, resto = y; i < 32; i++, resto >>= 8n) punto[64 - i] = Number(resto & 0xffn)
  return punto
}
