/**
 * Sales pushed over HTTP, one and a hundred a request, against the same statements in the same transactions run raw. Three equal databases: one under the
 * server, in its process; one on which the statements are written down (not measured); one on which they are run again, by this process.
 */
import { recibirDiario } from '../../sync-server/sync/receive.ts'
import type { Escritor } from '../../sync-server/testing/kill-escritor.ts'
import { createTestServer } from '../../sync-server/testing/servidor.ts'
import { cpuMs } from '../engine/cpu.ts'
import type { Card } from '../engine/world.ts'
import { medianOf, type Row, rowOf } from '../row.ts'
import { copyOf, type Engine, openDbOf, openStore, type Store } from '../store.ts'
import { inLanes, inTurn, openClient, send } from './http.ts'
import { serve } from './process.ts'
import { openRecorded, type Recorder, runRaw, type Transaction } from './statements.ts'
import { cardsFor, type Deck, deckOf, makeNegocios, makeTill, nextUpload, type Upload } from './tills.ts'

const CONNECTIONS = 16
const NEGOCIOS = 50
/** Of each scene: one for each negocio, or all in the hot one. */
const TILLS = 50
/** A device may upload sixty times a minute, and the runs may fit in one. */
const UPLOADS_PER_MINUTE = 58
const BATCH = 100
const BATCHES = 8
/** Single sales of a till in one run. */
const SINGLES = 2

interface Scene {
  name: string
  bar: number
  tills: Escritor[]
  deck: Deck
  /** Requests of a run, in the lists that each connection sends in order. */
  plan(run: number): Escritor[][]
  sales: number
}

interface Shops {
  scenes: Scene[]
  store: Store
}

/** What one run gave: sales a second, and CPU ms of server and database per 1,000. */
interface Outcome {
  http: number
  raw: number
  httpCpu: number
  rawCpu: number
}

export async function pushRows(engine: Engine, runs: number, say: (doing: string) => void): Promise<Row[]> {
  say('push: shops, tills and cards')
  const { scenes, store } = await openShops(engine, runs)
  const [recordedStore, rawStore] = [await copyOf(store), await copyOf(store)]
  const recorded = await openRecorded(() => openDbOf(recordedStore))
  const raw = await openDbOf(rawStore, CONNECTIONS)
  const recording = await createTestServer({ db: recorded.db, reloj: { ahora: Date.now, avanzar: () => {} } })
  const server = await serve(store)
  const client = openClient(server.port, CONNECTIONS)
  const cpu = { http: () => cpuMs([server.pid, ...store.pids]), raw: () => ownCpuMs() + cpuMs(store.pids) }
  const outcomes = scenes.map((): Outcome[] => [])
  try {
    // The first is thrown away: both sides compile their code and prepare their statements.
    for (let run = 0; run <= runs; run++)
      for (const [i, scene] of scenes.entries()) {
        say(`push: ${scene.name}, run ${run} of ${runs}`)
        const lanes = await lanesOf(scene, run)
        const statements = await record(recorded.recorder, recording.deps, lanes)
        const http = await rate(scene.sales, cpu.http, () => inLanes(lanes, (upload) => send(client, upload)))
        const rawly = await rate(scene.sales, cpu.raw, () => inTurn(CONNECTIONS, statements, (transaction) => runRaw(raw, transaction)))
        if (run > 0) outcomes[i]?.push({ http: http.perSecond, raw: rawly.perSecond, httpCpu: http.cpu, rawCpu: rawly.cpu })
      }
  } finally {
    client.close()
    await server.terminate()
    await raw.close()
    await recording.cerrar()
    for (const each of [recordedStore, rawStore, store]) await each.close()
  }
  return scenes.flatMap((scene, i) => rowsOf(engine, scene, outcomes[i] ?? []))
}

function rowsOf(engine: Engine, { name, bar }: Scene, outcomes: readonly Outcome[]): Row[] {
  const of = (read: (outcome: Outcome) => number) => outcomes.map(read)
  const cpu = `CPU per 1,000: ${Math.round(medianOf(of((o) => o.httpCpu)))} ms server and database, ${Math.round(medianOf(of((o) => o.rawCpu)))} ms raw`
  const row = { part: 'push', on: engine }
  return [
    rowOf(
      { ...row, figure: `${name}: over HTTP of raw`, unit: '×', bar: { atLeast: bar } },
      of((o) => o.http / o.raw),
    ),
    rowOf(
      { ...row, figure: `${name}: over HTTP`, unit: 'sales/s', floor: medianOf(of((o) => o.raw)), note: cpu },
      of((o) => o.http),
    ),
  ]
}

/** Not of the children: the server is one. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function rate(sales: number, cpu: () => number, work: () => Promise<unknown>): Promise<{ perSecond: number; cpu: number }> {
  const [cpuBefore, from] = [cpu(), performance.now()]
  await work()
  const ms = performance.now() - from
  return { perSecond: (sales * 1_000) / ms, cpu: ((cpu() - cpuBefore) * 1_000) / sales }
}

async function openShops(engine: Engine, runs: number): Promise<Shops> {
  const store = await openStore(engine)
  const db = await openDbOf(store)
  const server = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
  try {
    const negocios = await makeNegocios(server, NEGOCIOS + 1)
    const [hot, ...others] = negocios
    if (!hot) throw new Error('no negocio')
    const perTill = Math.max(1, Math.min(SINGLES, Math.floor(UPLOADS_PER_MINUTE / (runs + 1))))
    const sales = (runs + 1) * (perTill * TILLS + BATCHES * BATCH)
    const cards: Card[] = await cardsFor(server, sales)
    const scenes: Scene[] = []
    for (const [where, shops] of [
      [`${NEGOCIOS} negocios`, others],
      ['one hot negocio', [hot]],
    ] as const) {
      // A card is used in the hot negocio and in one of the others.
      const deck = deckOf(cards)
      const tillsOf = async () => {
        const tills: Escritor[] = []
        for (let i = 0; i < TILLS; i++) tills.push(await makeTill(server, shops[i % shops.length] ?? hot))
        return tills
      }
      scenes.push(singles(where, await tillsOf(), deck, perTill), batches(where, await tillsOf(), deck))
    }
    return { scenes, store }
  } finally {
    await server.cerrar()
  }
}

const singles = (where: string, tills: Escritor[], deck: Deck, perTill: number): Scene => ({
  name: `1 sale a request, ${where}`,
  bar: 0.6,
  tills,
  deck,
  plan: () => dealt(tills.flatMap((till) => Array.from({ length: perTill }, () => till))),
  sales: TILLS * perTill,
})

const batches = (where: string, tills: Escritor[], deck: Deck): Scene => ({
  name: `${BATCH} sales a request, ${where}`,
  bar: 0.9,
  tills,
  deck,
  plan: (run) => dealt(Array.from({ length: BATCHES }, (_, i) => tills[(run * BATCHES + i) % TILLS] as Escritor)),
  sales: BATCHES * BATCH,
})

/** To the connections; all of a till to the same one, which keeps its order. */
function dealt(requests: readonly Escritor[]): Escritor[][] {
  const lanes = Array.from({ length: CONNECTIONS }, (): Escritor[] => [])
  const laneOf = new Map<Escritor, number>()
  for (const till of requests) {
    const lane = laneOf.get(till) ?? laneOf.size % CONNECTIONS
    laneOf.set(till, lane)
    lanes[lane]?.push(till)
  }
  return lanes
}

async function lanesOf({ plan, deck, sales }: Scene, run: number): Promise<Upload[][]> {
  const lanes: Upload[][] = []
  const requests = plan(run)
  const each = sales / requests.flat().length
  for (const lane of requests) {
    const uploads: Upload[] = []
    for (const till of lane) uploads.push(await nextUpload(till, each, deck))
    lanes.push(uploads)
  }
  return lanes
}

/** Over as many connections: what waits for the counter of a negocio shares a transaction, as under the server. */
const record = (recorder: Recorder, deps: Parameters<typeof recibirDiario>[0], lanes: Upload[][]): Promise<Transaction[]> =>
  recorder.during(() => inLanes(lanes, ({ pedido }) => recibirDiario(deps, pedido)))
