/**
 * The apps in a real Chromium on a profile that is on disk: starts, a till's sale, and what a day of 2,000 sales leaves in memory. Slowed: the whole
 * browser, workers too, at a quarter of its speed (slow.ts).
 */
import type { Page } from 'playwright-core'
import { CajaEnPantalla } from '../../client/e2e/lib/caja.ts'
import type { Mundo } from '../../client/e2e/lib/mundo.ts'
import { type Ask, type Bar, medianOf, percentile, type Row, rowOf } from '../row.ts'
import { APPS, ARTICLES, closeBrowser, openDevice, openPage } from './device.ts'
import { type Memory, memoryOf } from './memory.ts'
import { hearWorker, PROBE, type Sale, sell, sellWithoutScreens } from './sales.ts'
import { slowly } from './slow.ts'
import { type Start, startsOf } from './starts.ts'

const ON = 'Chromium'
const SALES_PER_RUN = 20
const SLOWED_SALES = 20
const SALES_OF_A_DAY = 2_000
const [WARM_BAR, QR_BAR] = [{ atMost: 1_000 }, { atMost: 400 }]
const TIMES_BAR = { atMost: 2 }

export async function rows({ runs, say }: Ask): Promise<Row[]> {
  const device = await openDevice(say)
  try {
    const starts: Start[] = []
    for (let run = 1; run <= runs; run++) {
      say(`starts, run ${run} of ${runs}`)
      starts.push(...(await startsOf(device, { online: true })))
    }
    say('starts, the browser slowed')
    starts.push(...(await startsOf(device, { online: true, slowed: true })))
    const till = await dayOfSales(device, runs, say)
    await device.quitarServidor()
    for (let run = 1; run <= runs; run++) {
      say(`starts with no server, run ${run} of ${runs}`)
      starts.push(...(await startsOf(device, { online: false })))
    }
    return [...startRows(starts), ...till]
  } finally {
    await device.cerrar()
  }
}

function startRows(starts: readonly Start[]): Row[] {
  const groups = new Map<string, Start[]>()
  for (const start of starts) {
    const figure = `${start.how} start${start.slowed ? ', slowed' : ''}${start.online ? '' : ', no server'}`
    const key = `${start.app.name}|${figure}`
    groups.set(key, [...(groups.get(key) ?? []), start])
  }
  return [...groups].map(([key, group]) => {
    const [part = '', figure = ''] = key.split('|')
    const bar = barOf(group[0] as Start)
    const catalogue = part === 'ScanYA' || part === 'Studio' ? { note: `${ARTICLES.toLocaleString('en')} artículos kept` } : {}
    return rowOf(
      { part, on: ON, figure, unit: 'ms', ...(bar ? { bar } : {}), ...catalogue },
      group.map(({ ms }) => ms),
    )
  })
}

/** A card's start is its first QR. */
function barOf({ app, how, slowed }: Start): Bar | undefined {
  if (slowed) return undefined
  if (app.name === 'CardYA') return QR_BAR
  return how === 'warm' ? WARM_BAR : undefined
}

/** The till, from its first sale of the day to its last. */
async function dayOfSales(device: Mundo, runs: number, say: Ask['say']): Promise<Row[]> {
  await device.abrirNavegador()
  try {
    const page = await openPage(device, APPS[0]!.size)
    await page.addInitScript({ content: PROBE })
    const till = new CajaEnPantalla(page)
    await till.abrir(device.origen)
    const worker = await hearWorker(till)
    await sell(page, worker, 5)
    const morning = await memoryOf(page, device.perfil)

    const sold: Sale[][] = []
    for (let run = 1; run <= runs; run++) {
      say(`sales, run ${run} of ${runs}`)
      sold.push(await sell(page, worker, SALES_PER_RUN))
    }
    say('sales, the page slowed')
    const throttled = await withThrottle(page, () => sell(page, worker, SLOWED_SALES))
    say('sales, the browser slowed')
    const resume = slowly(device.perfil)
    const slowed = await sell(page, worker, SLOWED_SALES).finally(resume)

    say(`a day of ${SALES_OF_A_DAY} sales`)
    await sellWithoutScreens(page, SALES_OF_A_DAY)
    await till.aInicio()
    await till.hastaLaFase('al_dia')
    const late = await sell(page, worker, SALES_PER_RUN)
    await till.abrirHistorial()
    const evening = await memoryOf(page, device.perfil)
    return [
      ...saleRows(sold),
      ...slowRows('page slowed 4× (debugger)', throttled),
      ...slowRows('browser slowed 4×', slowed, { atMost: 150 }),
      saleRow(`on the screen, p95, after ${SALES_OF_A_DAY.toLocaleString('en')} sales`, [late], 'shown', 0.95),
      ...memoryRows(morning, evening),
    ]
  } finally {
    await closeBrowser(device)
  }
}

async function withThrottle<T>(page: Page, run: () => Promise<T>): Promise<T> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  try {
    return await run()
  } finally {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await cdp.detach()
  }
}

const PART = 'ScanYA, a sale'
const valuesOf = (sales: readonly Sale[], key: keyof Sale) => sales.map((sale) => sale[key])
const medianFor = (runs: readonly Sale[][], key: keyof Sale) => medianOf(valuesOf(runs.flat(), key))

function saleRow(figure: string, runs: readonly Sale[][], key: keyof Sale, share: number, more: Partial<Row> = {}): Row {
  return rowOf(
    { part: PART, on: ON, figure, unit: 'ms', ...more },
    runs.map((run) => percentile(valuesOf(run, key), share)),
  )
}

/** A median of each run, divided by the floor's of that run. */
function timesRow(figure: string, runs: readonly Sale[][], key: keyof Sale, floor: keyof Sale): Row {
  return rowOf(
    { part: PART, on: ON, figure, unit: '×', bar: TIMES_BAR },
    runs.map((run) => medianOf(valuesOf(run, key)) / medianOf(valuesOf(run, floor))),
  )
}

function saleRows(runs: readonly Sale[][]): Row[] {
  const strict = { floor: medianFor(runs, 'strict'), note: `relaxed put ${medianFor(runs, 'relaxed').toFixed(1)} ms` }
  return [
    saleRow('confirm → committed and read back, p50', runs, 'committed', 0.5, strict),
    saleRow('committed, p95', runs, 'committed', 0.95),
    timesRow('committed, of a bare strict put', runs, 'committed', 'strict'),
    saleRow('→ heard by the page, p50', runs, 'heard', 0.5),
    saleRow('→ “¡Venta registrada!” on the screen, p50', runs, 'shown', 0.5, { floor: medianFor(runs, 'bareShown') }),
    timesRow('on the screen, of a bare page that puts and says a word', runs, 'shown', 'bareShown'),
    saleRow('on the screen, p95', runs, 'shown', 0.95, { bar: { atMost: 50 } }),
  ]
}

const slowRows = (how: string, sales: Sale[], bar?: Bar): Row[] => [
  saleRow(`committed, p50, ${how}`, [sales], 'committed', 0.5, { floor: medianFor([sales], 'strict') }),
  saleRow(`on the screen, p95, ${how}`, [sales], 'shown', 0.95, bar ? { bar } : {}),
]

const memoryRows = (morning: Memory, evening: Memory): Row[] =>
  (
    [
      ['JavaScript of the page', 'pageMiB'],
      ['JavaScript of its worker', 'workersMiB'],
      ['the process', 'processMiB'],
    ] as const
  ).map(([what, key]) =>
    rowOf(
      {
        part: 'ScanYA, memory',
        on: ON,
        figure: `${what}, after ${SALES_OF_A_DAY.toLocaleString('en')} sales`,
        unit: 'MiB',
        note: `${morning[key].toFixed(1)} in the morning`,
      },
      [evening[key]],
    ),
  )
