/** Seeds that once found a real bug, kept for ever, each with what it found; and the fixed ones of every run. */
export const KEPT_SEEDS: { seed: number; que: string }[] = [
  {
    seed: 1,
    que: 'a COMMIT lost on the embedded database: a connection inside a transaction was handed to the next one, two uploads hung',
  },
  { seed: 2, que: 'a resent edit left the value another had written in the history as if it were new' },
  { seed: 3, que: 'the same lost COMMIT, under one upload of ten sales while another till pulled' },
]

/** Kept seeds first, then 1, 2, 3… */
export function semillasFijas(cuantas: number, desde = 1): number[] {
  const guardadas = desde === 1 ? KEPT_SEEDS.map((k) => k.seed) : []
  const fijas = Array.from({ length: cuantas + guardadas.length }, (_, i) => desde + i).filter((seed) => !guardadas.includes(seed))
  return [...guardadas, ...fijas].slice(0, Math.max(cuantas, guardadas.length))
}
