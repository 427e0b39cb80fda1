/** One shape of result for every part: what was measured, its median and spread over the runs, the bar it has to meet and the floor under it. */

/** Inclusive. */
export type Bar = { atMost: number } | { atLeast: number }

export interface Row {
  /** Which scene of the part: `A`, `single push`, `ScanYA`. */
  part: string
  figure: string
  median: number
  min: number
  max: number
  /** `ms`, `µs`, `KiB`, `B`, `×`, `/s`… */
  unit: string
  /** The database or browser it ran on, where a part has more than one. */
  on?: string
  /** Undefined: for orientation only. */
  bar?: Bar
  /** The floor's median of the same runs, in the unit of the row. */
  floor?: number
  /** A few words more: a rate, what stood beside it. */
  note?: string
}

/** What a part is asked: how many times, on which databases, and where to say what it is doing. */
export interface Ask {
  runs: number
  engines: readonly ('PGlite' | 'PostgreSQL')[]
  say(doing: string): void
}

/** The value below which `share` (0–1) of them lie; NaN of none. */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

export const medianOf = (values: readonly number[]): number => percentile(values, 0.5)

/** The row of one value a run. @throws Error without values: a figure nobody measured is not shown as one */
export function rowOf(row: Omit<Row, 'median' | 'min' | 'max'>, values: readonly number[]): Row {
  if (values.length === 0 || values.some(Number.isNaN)) throw new Error(`nothing was measured of ${row.part}: ${row.figure}`)
  return { ...row, median: medianOf(values), min: Math.min(...values), max: Math.max(...values) }
}

export const isMet = ({ bar, median }: Row): boolean | undefined => bar && ('atMost' in bar ? median <= bar.atMost : median >= bar.atLeast)

const formats = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }))
/** Three figures of it, or all before the point. */
function shown(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  return formats[digits]?.format(value) ?? String(value)
}

function barOf(row: Row): string {
  if (!row.bar) return ''
  const said = 'atMost' in row.bar ? `≤ ${shown(row.bar.atMost)}` : `≥ ${shown(row.bar.atLeast)}`
  return `${isMet(row) ? '✔' : '✘'} ${said}`
}

const HEAD = '| part | figure | median | min–max | unit | bar | × floor | |\n|---|---|---:|---:|---|---|---:|---|'

/** Rows of any parts as one Markdown table. */
export function tableOf(parts: readonly { name: string; rows: readonly Row[] }[]): string {
  const lines = parts.flatMap(({ name, rows }) =>
    rows.map((row) => {
      const { part, on, figure, median, min, max, unit, floor, note } = row
      const where = [name, on, part].filter(Boolean).join(' · ')
      const ratio = floor ? `${shown(median / floor)} of ${shown(floor)}` : ''
      return `| ${[where, figure, shown(median), `${shown(min)}–${shown(max)}`, unit, barOf(row), ratio, note ?? ''].join(' | ')} |`
    }),
  )
  return [HEAD, ...lines].join('\n')
}
