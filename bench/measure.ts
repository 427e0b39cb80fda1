import { type Ask, medianOf, percentile, type Row, rowOf } from './row.ts'

/** A measurement: what one turn does, and how many units (hechos, signatures…) that is. */
export interface Measure {
  name: string
  unit: string
  unitsPerTurn: number
  turn: () => unknown
  on?: string
  end?: () => unknown
}

const WARM_UP_MS = 200
/** Of all runs of a measure together. */
const MEASURED_MS = 1_500

/** Each run is a share of 1.5 s, after a warm-up. The row is the time of one unit, the median turn of each run; its note the rate and the p95 of all turns. */
export async function rowsOfMeasures(part: string, measures: readonly Measure[], { runs, say }: Ask): Promise<Row[]> {
  const rows: Row[] = []
  for (const { name, unit, unitsPerTurn, turn, on, end } of measures) {
    say(name)
    await turnsFor(WARM_UP_MS, turn)
    const turnsMs: number[][] = []
    for (let run = 0; run < runs; run++) turnsMs.push(await turnsFor(MEASURED_MS / runs, turn))
    await end?.()
    const all = turnsMs.flat()
    const perSecond = (all.length * unitsPerTurn * 1_000) / all.reduce((sum, ms) => sum + ms, 0)
    const unitsMs = turnsMs.map((run) => medianOf(run) / unitsPerTurn)
    const [scale, scaleName] = medianOf(unitsMs) >= 1 ? [1, 'ms'] : [1_000, 'µs']
    const p95 = (percentile(all, 0.95) / unitsPerTurn) * scale
    const note = `${whole.format(perSecond)} ${unit}/s, p95 ${tenths.format(p95)} ${scaleName}`
    const row = { part: '', figure: name, unit: scaleName, note, ...(on ? { on } : {}) }
    rows.push(
      rowOf(
        row,
        unitsMs.map((ms) => ms * scale),
      ),
    )
  }
  if (rows.length === 0) throw new Error(`${part} measures nothing`)
  return rows
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** At least one turn, however long it takes. */
async function turnsFor(limitMs: number, turn: () => unknown): Promise<number[]> {
  const turnsMs: number[] = []
  const startedAt = performance.now()
  do {
    const from = performance.now()
    await turn()
    turnsMs.push(performance.now() - from)
  } while (performance.now() - startedAt < limitMs)
  return turnsMs
}
