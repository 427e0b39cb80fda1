/** Fails loudly on what cannot happen; the sentence says what was believed. */
export function assert(condicion: unknown, oracion: string): asserts condicion {
  if (!condicion) throw new Error(`assert: ${oracion}`)
}
