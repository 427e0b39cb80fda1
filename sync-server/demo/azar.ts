/** Seeded chance (mulberry32 over FNV-1a of a text): [0, 1). */
export function azarDe(texto: string): () => number {
  let estado = 0x811c9dc5
  for (const letra of texto) estado = Math.imul(estado ^ (letra.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return () => {
    estado = (estado + 0x6d2b79f5) >>> 0
    let t = estado
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
