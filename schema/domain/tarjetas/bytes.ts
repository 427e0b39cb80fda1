/** Fixed binary fields of the QRs: big-endian, with plain numbers (a shift would turn bit 31 into a sign). */

export function juntar(...partes: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const todo = new Uint8Array(partes.reduce((largo, parte) => largo + parte.length, 0))
  let donde = 0
  for (const parte of partes) {
    todo.set(parte, donde)
    donde += parte.length
  }
  return todo
}

/** `largo` bytes, at most 6. */
export function escribir(bytes: Uint8Array, donde: number, largo: number, valor: number): void {
  for (let i = largo - 1, resto = valor; i >= 0; i--, resto = Math.floor(resto / 256)) bytes[donde + i] = resto % 256
}

export function leer(bytes: Uint8Array, donde: number, largo: number): number {
  let valor = 0
  for (let i = donde; i < donde + largo; i++) valor = valor * 256 + (bytes[i] ?? 0)
  return valor
}

/** A name for bytes, to look them up by: shorter than hex and made in one go. For up to some hundreds of them. */
export const nombreDe = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
