/**
 * The real replica in Node, with an in-memory store: what a benchmark (anyone's) needs of it and no more. Each one is a module realm of its own,
 * because RxDB allows 13 collections per realm.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import { build, stop } from 'esbuild'
import type { RxStorage } from 'rxdb'
import type { NuevaVenta, ReplicaApi, Respuesta } from '../../workers/replica/api.ts'
import type { Puertos } from '../../workers/replica/puertos.ts'
import { candadosDePrueba } from '../../workers/replica/testing/puertos-de-prueba.ts'

export interface Options {
  /** Of the server, without a final slash. */
  url: string
  /** One-use enrolment token of a Studio ('studio') or a till ('scanya'). */
  credentials: { token: string }
  app: 'studio' | 'scanya'
}

export interface Replica {
  /** The network is there from now on; resolves at once. */
  connect(): void
  /** Every request fails and the open stream breaks. */
  disconnect(): void
  /** `articulos`: documents with an id. `ventas`: sales as a screen confirms them. Resolves once committed in the local store; works before `connect`. */
  write(collection: string, docs: readonly Record<string, unknown>[]): Promise<void>
  /** Resolves once the server durably acknowledged everything written so far. */
  pushed(): Promise<void>
  count(collection: string): number
  get(collection: string, id: string): Record<string, unknown> | undefined
  /** Calls back with each document of the collection as it is committed here, until the returned function is called. */
  onDoc(collection: string, fn: (doc: Record<string, unknown>) => void): () => void
  close(): Promise<void>
}

interface Realm {
  crearReplica(puertos: Puertos): ReplicaApi
  // biome-ignore lint/suspicious/noExplicitAny: RxDB's own generics are open here
  getRxStorageMemory(): RxStorage<any, any>
}

/** Where a replica keeps what the server has not acknowledged. */
const OUTBOXES = ['diario', 'ediciones'] as const
/** Handing a short text to another thread costs more than squeezing it. */
const SMALL = 16_384
const SQUEEZE = { level: 6 }

let bundle: Promise<string> | undefined
let realms = 0

async function compile(): Promise<string> {
  // Beside the project's own packages: what the bundle leaves out (Node's modules) is all it imports.
  const folder = mkdtempSync(join(fileURLToPath(new URL('../../node_modules/', import.meta.url)), '.bench-replica-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'replica.mjs')
  const { outputFiles } = await build({
    stdin: {
      contents: `export { crearReplica } from '../../workers/replica/replica.ts'\nexport { getRxStorageMemory } from 'rxdb/plugins/storage-memory'`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  await stop()
  writeFileSync(file, outputFiles[0]?.contents ?? new Uint8Array())
  return file
}

/** Enrols (online) and opens an empty replica, disconnected. @throws Error with the code of what the server or the replica refused */
export async function openReplica({ url, credentials, app }: Options): Promise<Replica> {
  bundle ??= compile()
  const realm = (await import(`${pathToFileURL(await bundle)}?realm=${realms++}`)) as Realm
  const network = createNetwork()
  const shelves: Shelves = new Map()
  const replica = realm.crearReplica(portsOf(realm, url, app, network.fetch, shelves))
  network.open()
  granted(await replica.abrir())
  granted(await replica.darDeAlta(credentials.token, 'bench'))
  network.close()
  return faceOf(replica, network, shelves)
}

interface Network {
  fetch: typeof globalThis.fetch
  open(): void
  close(): void
}

function createNetwork(): Network {
  let cut = new AbortController()
  cut.abort()
  return {
    fetch: (input, init) => {
      if (cut.signal.aborted) return Promise.reject(new TypeError('no network'))
      const signals = [cut.signal, init?.signal].filter((signal): signal is AbortSignal => signal != null)
      return fetch(input, { ...init, signal: AbortSignal.any(signals) })
    },
    open: () => {
      cut = new AbortController()
    },
    close: () => cut.abort(),
  }
}

/** What is committed in each collection's store, told as it is committed: asking the database over and over would be the thing measured. */
class Shelf {
  readonly docs = new Map<string, Record<string, unknown>>()
  readonly watchers = new Set<(doc: Record<string, unknown>) => void>()
  /** Ids of what the replica holds as not yet acknowledged: it says so in each row of its journal and of its edits. */
  readonly waiting = new Set<string>()

  take(doc: Record<string, unknown>): void {
    // The note of how far a collection was pulled lives among its documents.
    if (String(doc.id).startsWith('~')) return
    if (doc._deleted) this.docs.delete(String(doc.id))
    else this.docs.set(String(doc.id), doc)
    if (doc.estado === 'pendiente' && !doc._deleted) this.waiting.add(String(doc.id))
    else this.waiting.delete(String(doc.id))
    for (const watcher of this.watchers) watcher(doc)
  }
}
type Shelves = Map<string, Shelf>

function portsOf(realm: Realm, url: string, app: Options['app'], fetch: typeof globalThis.fetch, shelves: Shelves): Puertos {
  const notes = new Map<string, unknown>()
  const stored = new Map<string, { findDocumentsById(ids: string[], deleted: boolean): Promise<unknown[]> }>()
  const storage = realm.getRxStorageMemory()
  const create = storage.createStorageInstance.bind(storage)
  storage.createStorageInstance = async (parameters) => {
    const instance = await create(parameters)
    stored.set(parameters.collectionName, instance as never)
    const shelf = new Shelf()
    shelves.set(parameters.collectionName, shelf)
    instance.changeStream().subscribe(({ events }) => {
      for (const { documentData } of events) shelf.take(documentData as never)
    })
    return instance
  }
  return {
    app,
    nombre: `bench-${randomUUID()}`,
    base: url,
    versionApp: 'bench',
    storage,
    notas: {
      leer: async <T>(key: string) => notes.get(key) as T | undefined,
      escribir: async (key, value) => void notes.set(key, value),
      borrar: async (key) => void notes.delete(key),
    },
    leerDeDisco: async (collection, id) => (await stored.get(collection)?.findDocumentsById([id], false))?.[0] as never,
    fetch,
    comprimir: async (text) => new Uint8Array(text.length < SMALL ? gzipSync(text, SQUEEZE) : await promisify(gzip)(text, SQUEEZE)),
    reloj: {
      now: Date.now,
      mono: () => performance.now(),
      setTimeout: (fn, ms) => setTimeout(fn, ms),
      clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
    },
    azar: (n) => globalThis.crypto.getRandomValues(new Uint8Array(n)),
    candados: candadosDePrueba(),
    medirAlmacen: async () => null,
    anotarFallo: (doing, error) => console.error(doing, error),
  }
}

function faceOf(replica: ReplicaApi, network: Network, shelves: Shelves): Replica {
  const shelfOf = (collection: string) => {
    const shelf = shelves.get(collection)
    if (!shelf) throw new Error(`this replica holds no ${collection}`)
    return shelf
  }
  return {
    connect() {
      network.open()
      void replica.alVolverLaRed?.()
    },
    disconnect: () => network.close(),
    write: (collection, docs) => (collection === 'ventas' ? sell(replica, docs) : edit(replica, collection, docs)),
    pushed: () => untilNothingWaits([...OUTBOXES].flatMap((name) => shelves.get(name) ?? [])),
    count: (collection) => shelfOf(collection).docs.size,
    get: (collection, id) => shelfOf(collection).docs.get(id),
    onDoc(collection, fn) {
      const { watchers } = shelfOf(collection)
      watchers.add(fn)
      return () => watchers.delete(fn)
    },
    close: () => replica.cerrar(),
  }
}

async function edit(replica: ReplicaApi, collection: string, docs: readonly Record<string, unknown>[]): Promise<void> {
  const cambios = docs.map(({ id, ...fields }) => ({ coleccion: collection as never, id: String(id), cambios: fields }))
  if (!replica.editarVarios) throw new Error('this replica has no editables')
  granted(await replica.editarVarios(cambios))
}

async function sell(replica: ReplicaApi, docs: readonly Record<string, unknown>[]): Promise<void> {
  for (const doc of docs) granted(await replica.registrarVenta(doc as unknown as NuevaVenta))
}

/** What waits is a row of the store, and stops waiting when the replica has noted the server's answer there; nothing is polled. */
function untilNothingWaits(outboxes: readonly Shelf[]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (outboxes.some(({ waiting }) => waiting.size > 0)) return
      for (const { watchers } of outboxes) watchers.delete(look)
      resolve()
    }
    for (const { watchers } of outboxes) watchers.add(look)
    look()
  })
}

function granted<T>(answer: Respuesta<T>): T {
  if (!answer.ok) throw new Error(answer.codigo)
  return answer.valor
}
