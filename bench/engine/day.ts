/**
 * The register day, once: a catálogo pulled cold (A), a day's writes pushed on reconnect (B), twenty devices at once (C), single writes from one device
 * to another (D), and what changed during an absence (E). Both sides do the same work over loopback through a relay that counts bytes.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../store.ts'
import { article } from './article.ts'
import { type Doc, FloorReplica, openFloor } from './floor.ts'
import { openReplica, type Replica } from './open-replica.ts'
import { openWire, type Wire } from './wire.ts'
import { type Card, openWorld, type World } from './world.ts'

export const CATALOGUE = 10_000
const SINGLE_EVERY_MS = 50
/** An absence has ended long before somebody comes back: answers on their way are in. */
const SETTLE_MS = 300

interface Sizes {
  offline: number
  crowd: number
  crowdWrites: number
  singles: number
  absent: number
}
const WHOLE: Sizes = { offline: 1_000, crowd: 20, crowdWrites: 250, singles: 200, absent: 200 }
/** Lived first and thrown away, on both sides: a server that has just started compiles its own code. */
const WARM_UP: Sizes = { offline: 300, crowd: 4, crowdWrites: 100, singles: 20, absent: 50 }
const salesOf = ({ offline, crowd, crowdWrites }: Sizes) => offline + crowd * crowdWrites
/** A card earns at most six times a day (R16): fewer sales each, so that nothing is held for that. */
const SALES_PER_CARD = 5

/** Times in ms, bytes both ways. */
export interface Figures {
  ms: number
  up: number
  down: number
  /** Server and database. */
  cpuMs: number
  /** This process: the replicas and the relay between them and the server. */
  clientCpuMs: number
}
export interface Day {
  pull: Figures
  push: Figures
  pushSales?: Figures
  crowd: Figures
  crowdSales?: Figures
  /** Latency of each single write, ms. */
  singles: number[]
  absence: Figures
}

const articles = (many: number) => Array.from({ length: many }, (_, i) => article(i))

async function measured(wire: Wire, cpu: () => number, work: () => Promise<void>): Promise<Figures> {
  wire.take()
  const [cpuBefore, clientBefore, from] = [cpu(), process.cpuUsage(), performance.now()]
  await work()
  const ms = performance.now() - from
  const { user, system } = process.cpuUsage(clientBefore)
  return { ms, ...wire.take(), cpuMs: cpu() - cpuBefore, clientCpuMs: (user + system) / 1_000 }
}

/** A whole day of ours on a fresh world. */
export async function ourDay(engine: Engine, say: (doing: string) => void): Promise<Day> {
  const crowds = WHOLE.crowd + WARM_UP.crowd
  const cards = Math.ceil((salesOf(WHOLE) + salesOf(WARM_UP)) / SALES_PER_CARD) + crowds + 2
  say('a shop, its devices and its cards')
  const world = await openWorld(engine, { studios: 4 + crowds, tills: 2 + crowds, cards, catalogue: CATALOGUE })
  const wire = await openWire(world.port)
  const opened: Replica[] = []
  const open = async (app: 'studio' | 'scanya') => {
    const token = (app === 'studio' ? world.studios : world.tills).pop() ?? ''
    const replica = await openReplica({ url: wire.url, credentials: { token }, app })
    opened.push(replica)
    return replica
  }
  try {
    const shop = { articles: CATALOGUE, cards: [...world.cards] }
    await liveThrough(WARM_UP, shop, world, wire, open, () => say('warming up'))
    return await liveThrough(WHOLE, shop, world, wire, open, say)
  } finally {
    for (const replica of opened) await replica.close()
    await wire.close()
    await world.close()
  }
}

/** What the days of one world leave to the next. */
interface Shop {
  articles: number
  cards: Card[]
}

async function liveThrough(
  sizes: Sizes,
  shop: Shop,
  world: World,
  wire: Wire,
  open: (app: 'studio' | 'scanya') => Promise<Replica>,
  say: (doing: string) => void,
): Promise<Day> {
  const cpu = world.cpuMs
  say('A: cold pull')
  const reader = await open('studio')
  const pull = await measured(wire, cpu, async () => {
    reader.connect()
    await until(reader, shop.articles)
  })

  say('B: a day offline')
  const writer = await open('studio')
  await writer.write('articulos', articles(sizes.offline))
  const push = await measured(wire, cpu, () => connectAndPush([writer]))
  // What follows from it (the reader hears of it, the writer pulls the catálogo) is not part of what is measured next.
  await holding([reader, writer], shop.articles + sizes.offline)
  const till = await open('scanya')
  await till.write('ventas', await sales(shop.cards, sizes.offline))
  const pushSales = await measured(wire, cpu, () => connectAndPush([till]))
  till.disconnect()

  say('D: one by one')
  const singles = await oneByOne(writer, reader, sizes.singles)

  say('E: an absence')
  reader.disconnect()
  const changed = articles(sizes.absent)
  await writer.write('articulos', changed)
  await writer.pushed()
  writer.disconnect()
  await sleep(SETTLE_MS)
  const absence = await measured(wire, cpu, async () => {
    const seen = allOf(reader, changed)
    reader.connect()
    await seen
  })
  reader.disconnect()

  say('C: twenty at once')
  const crowd = await crowdOf(open, 'studio', sizes.crowd, async (replica) => replica.write('articulos', articles(sizes.crowdWrites)))
  const plain = await measured(wire, cpu, () => connectAndPush(crowd))
  for (const replica of crowd) replica.disconnect()
  const tills = await crowdOf(open, 'scanya', sizes.crowd, async (replica) =>
    replica.write('ventas', await sales(shop.cards, sizes.crowdWrites)),
  )
  const crowdSales = await measured(wire, cpu, () => connectAndPush(tills))
  for (const replica of tills) replica.disconnect()
  shop.articles += sizes.offline + sizes.singles + sizes.absent + sizes.crowd * sizes.crowdWrites
  return { pull, push, pushSales, crowd: plain, crowdSales, singles, absence }
}

async function crowdOf(
  open: (app: 'studio' | 'scanya') => Promise<Replica>,
  app: 'studio' | 'scanya',
  many: number,
  prepare: (replica: Replica) => Promise<void>,
) {
  const crowd: Replica[] = []
  for (let i = 0; i < many; i++) {
    const replica = await open(app)
    await prepare(replica)
    crowd.push(replica)
  }
  return crowd
}

async function connectAndPush(replicas: Replica[]): Promise<void> {
  for (const replica of replicas) replica.connect()
  await Promise.all(replicas.map((replica) => replica.pushed()))
}

function until(replica: Replica, many: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = replica.onDoc('articulos', () => {
      if (replica.count('articulos') < many) return
      stop()
      resolve()
    })
  })
}

/** Resolves once each of them holds so many articulos and no request of theirs follows. */
async function holding(replicas: readonly Replica[], many: number): Promise<void> {
  while (replicas.some((replica) => replica.count('articulos') < many)) await sleep(5)
  await sleep(SETTLE_MS)
}

/** Each card sells its share and is used no more. */
async function sales(cards: Card[], many: number): Promise<Record<string, unknown>[]> {
  const made: Record<string, unknown>[] = []
  while (made.length < many) {
    const card = cards.pop()
    if (!card) throw new Error('no card left')
    for (let i = 0; i < SALES_PER_CARD && made.length < many; i++)
      made.push({
        montoCentavos: 5_000 + made.length,
        metodoPago: 'efectivo',
        descripcion: null,
        lineas: [],
        qr: await card(),
        operador: null,
      })
  }
  return made
}

async function oneByOne(writer: Replica, reader: Replica, many: number): Promise<number[]> {
  const sentAt = new Map<string, number>()
  const latencies: number[] = []
  const stop = reader.onDoc('articulos', (doc) => {
    const at = sentAt.get(String(doc.id))
    if (at === undefined) return
    sentAt.delete(String(doc.id))
    latencies.push(performance.now() - at)
  })
  for (let i = 0; i < many; i++) {
    const doc = article(i)
    sentAt.set(doc.id, performance.now())
    await writer.write('articulos', [doc])
    await sleep(SINGLE_EVERY_MS)
  }
  while (latencies.length < many) await sleep(5)
  stop()
  return latencies
}

/** Resolves once every one of these is in the replica. */
function allOf(replica: Replica, docs: Doc[]): Promise<void> {
  const missing = new Set(docs.map(({ id }) => id))
  return new Promise((resolve) => {
    const stop = replica.onDoc('articulos', (doc) => {
      missing.delete(String(doc.id))
      if (missing.size > 0) return
      stop()
      resolve()
    })
  })
}

/** The same day of the floor. */
export async function floorDay(engine: Engine): Promise<Day> {
  const floor = await openFloor(engine)
  const wire = await openWire(floor.port)
  const replica = () => new FloorReplica(wire.url)
  const send = async (replicas: FloorReplica[]) => void (await Promise.all(replicas.map((each) => each.push())))
  const filled = (many: number) => {
    const one = replica()
    one.write(articles(many))
    return one
  }
  try {
    await filled(CATALOGUE).push()
    const day = async (sizes: Sizes): Promise<Day> => {
      const reader = replica()
      const pull = await measured(wire, floor.cpuMs, () => reader.pull())
      const writer = filled(sizes.offline)
      const push = await measured(wire, floor.cpuMs, () => send([writer]))
      const singles = await floorOneByOne(writer, reader, sizes.singles)
      await reader.pull()
      writer.write(articles(sizes.absent))
      await writer.push()
      const absence = await measured(wire, floor.cpuMs, () => reader.pull())
      const crowd = Array.from({ length: sizes.crowd }, () => filled(sizes.crowdWrites))
      return { pull, push, singles, absence, crowd: await measured(wire, floor.cpuMs, () => send(crowd)) }
    }
    await day(WARM_UP)
    return await day(WHOLE)
  } finally {
    await wire.close()
    await floor.close()
  }
}

async function floorOneByOne(writer: FloorReplica, reader: FloorReplica, many: number): Promise<number[]> {
  const sentAt = new Map<string, number>()
  const latencies: number[] = []
  await reader.listen((doc) => {
    const at = sentAt.get(doc.id)
    if (at !== undefined) latencies.push(performance.now() - at)
  })
  for (let i = 0; i < many; i++) {
    const doc = article(i)
    sentAt.set(doc.id, performance.now())
    writer.write([doc])
    await writer.push()
    await sleep(SINGLE_EVERY_MS)
  }
  while (latencies.length < many) await sleep(5)
  reader.close()
  return latencies
}
