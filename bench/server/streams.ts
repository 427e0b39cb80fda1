/**
 * A thousand idle streams: what each costs in memory. And fifty listeners of one negocio beside them: how long after a commit the first and the last
 * know. The commit is dated by its row of the change log, which is written before it: these figures hold the commit itself too.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { nacer } from '../../sync-server/domain/articulos/crear.ts'
import { crearNegocioDePrueba, createTestServer } from '../../sync-server/testing/servidor.ts'
import { article } from '../engine/article.ts'
import { percentile, type Row, rowOf } from '../row.ts'
import { type Engine, openDbOf, openStore, type Store } from '../store.ts'
import { makeSessions, makeStudio, type Studio } from './devices.ts'
import { type Client, openClient } from './http.ts'
import { memoryOf, serve } from './process.ts'
import { type Listener, listen } from './stream-client.ts'

const IDLE = 1_000
/** Open already when memory is first looked at. */
const BEFORE = 500
const LISTENERS = 50
const WRITES = 40
const WRITE_EVERY_MS = 40
/** Opened side by side: a server that starts has them all at once, one that runs a few a second. */
const OPENED_AT_ONCE = 20

interface World {
  store: Store
  negocioId: string
  studio: Studio
  listeners: string[]
  idle: string[]
}

interface Run {
  rssBytes: number
  heapBytes: number
  openMs: number
  /** Of each write, ms. */
  first: number[]
  last: number[]
}

export async function streamRows(engine: Engine, runs: number, say: (doing: string) => void): Promise<Row[]> {
  say('streams: a shop and its sessions')
  const world = await openWorld(engine)
  const all: Run[] = []
  try {
    for (let run = 1; run <= runs; run++) {
      say(`streams: run ${run} of ${runs}`)
      all.push(await oneRun(world))
    }
  } finally {
    await world.store.close()
  }
  const row = { part: 'streams', on: engine }
  const of = (read: (run: Run) => number) => all.map(read)
  const latency = (figure: string, read: (run: Run) => number[], share: number, atMost?: number) =>
    rowOf(
      { ...row, figure, unit: 'ms', ...(atMost ? { bar: { atMost } } : {}) },
      of((run) => percentile(read(run), share)),
    )
  const heap = Math.round(Math.max(...of((run) => run.heapBytes)) / 1_000)
  return [
    rowOf(
      { ...row, figure: 'memory of an idle stream', unit: 'KB', bar: { atMost: 80 }, note: `of ${IDLE}, resident; on the heap ${heap} KB` },
      of((run) => run.rssBytes / 1_000),
    ),
    rowOf(
      { ...row, figure: 'to open one', unit: 'ms', note: `of ${IDLE}, ${OPENED_AT_ONCE} at once` },
      of((run) => run.openMs),
    ),
    latency(`commit to the first of ${LISTENERS}, p50`, (run) => run.first, 0.5),
    latency(`commit to the last of ${LISTENERS}, p50`, (run) => run.last, 0.5),
    latency(`commit to the last of ${LISTENERS}, p95`, (run) => run.last, 0.95, 20),
  ]
}

async function openWorld(engine: Engine): Promise<World> {
  const store = await openStore(engine)
  const server = await createTestServer({ db: await openDbOf(store), reloj: { ahora: Date.now, avanzar: () => {} } })
  try {
    const negocio = await crearNegocioDePrueba(server)
    const quiet = await crearNegocioDePrueba(server, { dueno: negocio.dueno })
    return {
      store,
      negocioId: negocio.negocioId,
      studio: await makeStudio(server, negocio),
      listeners: await makeSessions(server, negocio, LISTENERS),
      idle: await makeSessions(server, quiet, IDLE + BEFORE),
    }
  } finally {
    await server.cerrar()
  }
}

/** On a server that has just started: memory that was used once is not given back. */
async function oneRun(world: World): Promise<Run> {
  const server = await serve(world.store)
  const client = openClient(server.port, 1)
  const opened: Listener[] = []
  try {
    const listeners = await openAll(server.port, world.listeners)
    opened.push(...listeners)
    // What the first streams make a server keep for good, its young generation above all, is not each stream's. They stay open: freed memory would be used again.
    opened.push(...(await openAll(server.port, world.idle.slice(IDLE))))
    await write(client, world, listeners, WRITES)
    const before = await memoryOf(server, world.store)
    const from = performance.now()
    opened.push(...(await openAll(server.port, world.idle.slice(0, IDLE))))
    const openMs = (performance.now() - from) / IDLE
    const after = await memoryOf(server, world.store)
    const heard = await write(client, world, listeners, WRITES)
    for (const listener of opened) listener.close()
    client.close()
    await server.terminate()
    const commits = await datesOf(world)
    const since = (read: (h: Heard) => number) => heard.map((h) => read(h) - (commits.get(h.seq) ?? Number.NaN))
    return {
      rssBytes: (after.rss - before.rss) / IDLE,
      heapBytes: (after.heapUsed + after.external - before.heapUsed - before.external) / IDLE,
      openMs,
      first: since((h) => h.firstAt),
      last: since((h) => h.lastAt),
    }
  } finally {
    await server.kill9()
  }
}

async function openAll(port: number, tokens: readonly string[]): Promise<Listener[]> {
  const listeners: Listener[] = []
  for (let i = 0; i < tokens.length; i += OPENED_AT_ONCE)
    listeners.push(...(await Promise.all(tokens.slice(i, i + OPENED_AT_ONCE).map((token) => listen(port, token)))))
  return listeners
}

/** When the first and the last listener heard of the write that ended in this seq, ms since the epoch. */
interface Heard {
  seq: number
  firstAt: number
  lastAt: number
}

async function write(client: Client, { studio }: World, listeners: readonly Listener[], many: number): Promise<Heard[]> {
  const heard: Heard[] = []
  for (let i = 0; i < many; i++) {
    const before = Math.max(...listeners.map((listener) => listener.seq()))
    const hearing = Promise.all(listeners.map((listener) => listener.heardAfter(before)))
    const nuevo = nacer(article(i) as never, Date.now(), studio.id)
    await client.ask('/sync/push/articulos', { body: JSON.stringify({ filas: [{ nuevo, asumido: null }] }), token: studio.token })
    const heardOf = await hearing
    const times = heardOf.map(({ at }) => at)
    heard.push({ seq: Math.max(...heardOf.map(({ seq }) => seq)), firstAt: Math.min(...times), lastAt: Math.max(...times) })
    await sleep(WRITE_EVERY_MS)
  }
  return heard
}

/** When each seq of the negocio was written, ms since the epoch. */
async function datesOf({ store, negocioId }: World): Promise<Map<number, number>> {
  const db = await openDbOf(store)
  try {
    const rows = await db.negocio(
      negocioId,
      (sql) => sql<{ seq: number; at: number }[]>`select seq, at from cambios_negocio where negocio_id = ${negocioId}`,
    )
    return new Map(rows.map(({ seq, at }) => [seq, at]))
  } finally {
    await db.close()
  }
}
