/**
 * Delays in a few dozen numbers: bucket 0 is below 50 ms, each next one ends √2 times later, the last holds everything beyond some weeks. Histograms
 * of several nodes and minutes add up, which percentiles do not.
 */

/** Counts by bucket; zeros at the end are left out. */
export type Histograma = number[]

const BASE_MS = 50
const POR_OCTAVA = 2
const ULTIMA = 63

const limiteMs = (cubeta: number): number => BASE_MS * 2 ** (cubeta / POR_OCTAVA)

/** `ms` below zero (a clock that runs ahead) counts as none. */
export function contarRetraso(histograma: Histograma, ms: number): void {
  const cubeta = ms < BASE_MS ? 0 : Math.min(ULTIMA, 1 + Math.floor(POR_OCTAVA * Math.log2(ms / BASE_MS)))
  while (histograma.length <= cubeta) histograma.push(0)
  histograma[cubeta] = (histograma[cubeta] ?? 0) + 1
}

/** Both together. */
export const sumar = (a: Histograma, b: Histograma): Histograma =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0))

export const cuantos = (histograma: Histograma): number => histograma.reduce((suma, n) => suma + n, 0)

/** Halves the counts of one that holds more than `maximo`: what is old weighs less and less. */
export function envejecer(histograma: Histograma, maximo: number): Histograma {
  let h = histograma
  while (cuantos(h) > maximo) h = h.map((n) => n >> 1)
  return h
}

/** The delay, whole ms, that `parte` (0 to 1) of them did not exceed, even inside its bucket; null: there are none. */
export function percentil(histograma: Histograma, parte: number): number | null {
  const total = cuantos(histograma)
  if (total === 0) return null
  const meta = Math.max(1, Math.ceil(total * parte))
  let vistos = 0
  for (const [cubeta, n] of histograma.entries()) {
    if (vistos + n >= meta) {
      const desde = cubeta === 0 ? 0 : limiteMs(cubeta - 1)
      return Math.round(desde + (limiteMs(cubeta) - desde) * ((meta - vistos) / n))
    }
    vistos += n
  }
  return null
}
