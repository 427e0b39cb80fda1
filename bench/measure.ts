/** A measurement: what one turn does, and how many units (hechos, signatures…) that is. */
export interface Measure {
  name: string
  unit: string
  unitsPerTurn: number
  turn: () => unknown
  end?: () => unknown
}

/** Two measures, by name: how many times the first does what the second does in a second. */
export interface Ratio {
  name: string
  of: string
  to: string
}

export interface Result {
  name: string
  unit: string
  perSecond: number
  p50Us: number
  p95Us: number
}

const WARM_UP_MS = 200
const MEASURED_MS = 1500

/** Turns for 1.5 s after a warm-up. Rates are units per second; the percentiles are microseconds per unit, turn by turn. */
export async function measure({ name, unit, unitsPerTurn, turn, end }: Measure): Promise<Result> {
  await turnsFor(WARM_UP_MS, turn)
  const turnsMs = await turnsFor(MEASURED_MS, turn)
  await end?.()
  const sorted = [...turnsMs].sort((a, b) => a - b)
  const percentile = (share: number) => ((sorted[Math.floor(sorted.length * share)] ?? 0) * 1000) / unitsPerTurn
  const totalMs = turnsMs.reduce((sum, ms) => sum + ms, 0)
  return { name, unit, perSecond: (turnsMs.length * unitsPerTurn * 1000) / totalMs, p50Us: percentile(0.5), p95Us: percentile(0.95) }
}

async function turnsFor(limitMs: number, turn: () => unknown): Promise<number[]> {
  const turnsMs: number[] = []
  const startedAt = performance.now()
  while (performance.now() - startedAt < limitMs) {
    const from = performance.now()
    await turn()
    turnsMs.push(performance.now() - from)
  }
  return turnsMs
}
