/** Medians of whole days, against the floor's of the same run, beside the bar each figure has to meet. */

import { medianOf, percentile, type Row, rowOf } from '../row.ts'
import type { Engine } from '../store.ts'
import { type Day, type Figures, floorDay, ourDay } from './day.ts'

type Read = (day: Day) => number | undefined
const KIB = 1024
const SALES = 1_000
const CROWD_WRITES = 5_000

/** What a figure is, and what it may be. `over`: the floor's figure it is divided by. */
interface Figure {
  part: string
  figure: string
  unit: Row['unit']
  ours: Read
  over?: Read
  /** The floor's figure it is shown beside. */
  floor?: (day: Day) => number
  bar?: number
}
const ms = (part: string, figure: string, of: (day: Day) => Figures | undefined, floor: (day: Day) => Figures): Figure => ({
  part,
  figure,
  unit: 'ms',
  ours: (day) => of(day)?.ms,
  floor: (day) => floor(day).ms,
})
const cpu = (part: string, figure: string, ours: Read, bar?: number): Figure => ({
  part,
  figure,
  unit: 'ms',
  ours,
  ...(bar === undefined ? {} : { bar }),
})
const perThousand = (ms: number | undefined, many: number) => (ms === undefined ? undefined : (ms * 1_000) / many)
const times = (part: string, figure: string, ours: (d: Day) => Figures | undefined, over: (d: Day) => Figures, bar: number): Figure => ({
  part,
  figure,
  unit: '×',
  ours: (d) => ours(d)?.ms,
  over: (d) => over(d).ms,
  bar,
})

const FIGURES: readonly Figure[] = [
  ms(
    'A',
    'cold pull of 10,000 artículos',
    (d) => d.pull,
    (d) => d.pull,
  ),
  cpu('A', 'CPU of server and database', (d) => d.pull.cpuMs),
  cpu('A', 'CPU of the client', (d) => d.pull.clientCpuMs),
  times(
    'A',
    'cold pull, of the floor',
    (d) => d.pull,
    (d) => d.pull,
    3,
  ),
  { part: 'A', figure: 'on the wire', unit: 'KiB', ours: (d) => (d.pull.up + d.pull.down) / KIB, bar: 700 },
  ms(
    'B',
    '1,000 edits pushed on reconnect',
    (d) => d.push,
    (d) => d.push,
  ),
  cpu('B', 'CPU of the client', (d) => d.push.clientCpuMs),
  times(
    'B',
    'edits, of the floor',
    (d) => d.push,
    (d) => d.push,
    2,
  ),
  ms(
    'B',
    '1,000 sales pushed on reconnect',
    (d) => d.pushSales,
    (d) => d.push,
  ),
  cpu('B', 'CPU of the client, sales', (d) => d.pushSales?.clientCpuMs),
  times(
    'B',
    'sales, of the floor',
    (d) => d.pushSales,
    (d) => d.push,
    4,
  ),
  { part: 'B', figure: 'a sale on the wire', unit: 'B', ours: (d) => d.pushSales && d.pushSales.up / SALES, bar: 400 },
  ms(
    'C',
    '20 devices × 250 edits',
    (d) => d.crowd,
    (d) => d.crowd,
  ),
  times(
    'C',
    'edits, of the floor',
    (d) => d.crowd,
    (d) => d.crowd,
    2.5,
  ),
  cpu('C', 'server and database CPU per 1,000 edits', (d) => perThousand(d.crowd.cpuMs, CROWD_WRITES), 60),
  ms(
    'C',
    '20 tills × 250 sales',
    (d) => d.crowdSales,
    (d) => d.crowd,
  ),
  times(
    'C',
    'sales, of the floor',
    (d) => d.crowdSales,
    (d) => d.crowd,
    4,
  ),
  cpu('C', 'server and database CPU per 1,000 sales', (d) => perThousand(d.crowdSales?.cpuMs, CROWD_WRITES), 350),
  { part: 'D', figure: 'one write, device to device, p50', unit: 'ms', ours: (d) => percentile(d.singles, 0.5), bar: 6 },
  { part: 'D', figure: 'p95', unit: 'ms', ours: (d) => percentile(d.singles, 0.95) },
  { part: 'D', figure: 'p99', unit: 'ms', ours: (d) => percentile(d.singles, 0.99), bar: 25 },
  {
    ...ms(
      'E',
      '200 changes after an absence',
      (d) => d.absence,
      (d) => d.absence,
    ),
    bar: 45,
  },
  { part: 'E', figure: 'on the wire', unit: 'KiB', ours: (d) => (d.absence.up + d.absence.down) / KIB },
]

/** `runs` whole days of both sides, one after the other in turn, so that a slow minute of the machine hits both. */
export async function engineRows(engine: Engine, runs: number, say: (doing: string) => void): Promise<Row[]> {
  const days: { ours: Day; floor: Day }[] = []
  for (let run = 1; run <= runs; run++) {
    const tell = (doing: string) => say(`${engine}, run ${run} of ${runs}: ${doing}`)
    tell('the floor')
    const floor = await floorDay(engine)
    days.push({ floor, ours: await ourDay(engine, tell) })
  }
  return FIGURES.flatMap((figure) => {
    const values = days.flatMap(({ ours, floor }) => {
      const mine = figure.ours(ours)
      const under = figure.over?.(floor)
      return mine === undefined ? [] : [figure.over ? mine / (under ?? Number.NaN) : mine]
    })
    if (values.length === 0) return []
    const { part, unit, bar, floor } = figure
    const limits = bar === undefined ? {} : { bar: { atMost: bar } }
    const under = floor && { floor: medianOf(days.map((day) => floor(day.floor))) }
    return [rowOf({ part, on: engine, figure: figure.figure, unit, ...limits, ...under }, values)]
  })
}
