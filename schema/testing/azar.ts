/** Seeded chance (mulberry32): the same seed tells the same story on every machine. */
export interface Azar {
  /** [0, 1) */
  (): number
  /** Integer from min to max, both included. */
  entero(min: number, max: number): number
  elegir<T>(lista: readonly T[]): T
  bytes(n: number): Uint8Array<ArrayBuffer>
}

export function azar(seed: number): Azar {
  let estado = seed >>> 0
  const siguiente = () => {
    estado = (estado + 0x6d2b79f5) >>> 0
    let t = estado
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const entero = (min: number, max: number) => min + Math.floor(siguiente() * (max - min + 1))
  return Object.assign(siguiente, {
    entero,
    elegir: <T>(lista: readonly T[]): T => {
      if (lista.length === 0) throw new Error('nothing to choose from')
      return lista[entero(0, lista.length - 1)] as T
    },
    bytes: (n: number) => Uint8Array.from({ length: n }, () => entero(0, 255)),
  })
}
