/** Databases for measurements: durable, on both engines, gone when they are closed. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, type TemporaryPostgres } from '../scripts/lib/postgres.mjs'
import type { Db } from '../sync-server/db/db.ts'
import { openDb } from '../sync-server/db/open.ts'
import { comoDueno } from '../sync-server/db/open-postgres.ts'
import { CLAVE_DE_PRUEBA } from '../sync-server/testing/db.ts'
import type { Measure } from './measure.ts'

export type Engine = 'PGlite' | 'PostgreSQL'
export const ENGINES: readonly Engine[] = ['PGlite', 'PostgreSQL']

/** A folder or a cluster of its own; `open` may be called while no other process has it. */
export interface Store {
  engine: Engine
  dataDir: string
  databaseUrl: string | undefined
  pids: number[]
  close(): Promise<void>
}

export async function openStore(engine: Engine): Promise<Store> {
  const dataDir = mkdtempSync(join(tmpdir(), 'anunciaya-bench-'))
  const cluster: TemporaryPostgres | null = engine === 'PostgreSQL' ? await startPostgres() : null
  return {
    engine,
    dataDir,
    databaseUrl: cluster?.url,
    pids: cluster ? [cluster.pid] : [],
    async close() {
      await cluster?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

let copies = 0

/** The same data once more, in the same cluster if there is one: closed before the original. Nobody may have the original open. */
export async function copyOf({ engine, dataDir, databaseUrl, pids }: Store): Promise<Store> {
  const copy: Store = {
    engine,
    dataDir: mkdtempSync(join(tmpdir(), 'anunciaya-bench-')),
    databaseUrl,
    pids,
    close: async () => rmSync(copy.dataDir, { recursive: true, force: true }),
  }
  if (databaseUrl) copy.databaseUrl = await copyDatabase(databaseUrl)
  else cpSync(dataDir, copy.dataDir, { recursive: true })
  return copy
}

async function copyDatabase(databaseUrl: string): Promise<string> {
  const at = (name: string) => Object.assign(new URL(databaseUrl), { pathname: `/${name}` }).href
  const name = `bench_${++copies}`
  await comoDueno(at('template1'), (sql) => sql.unsafe(`create database ${name} template ${new URL(databaseUrl).pathname.slice(1)}`))
  return at(name)
}

/** `connections`: of PostgreSQL's pool; the server's own number unless said. */
export const openDbOf = ({ dataDir, databaseUrl }: Store, connections?: number): Promise<Db> =>
  openDb({ ...(databaseUrl ? { databaseUrl } : {}), dataDir, secretKey: CLAVE_DE_PRUEBA, conexiones: connections })

/** The same measures on each of these engines; `end` goes into the last of them. */
export async function onEachEngine(
  engines: readonly Engine[],
  measuresOf: (engine: Engine, db: Db, end: () => Promise<void>) => Promise<Measure[]>,
): Promise<Measure[]> {
  const all: Measure[] = []
  for (const engine of engines) {
    const store = await openStore(engine)
    const measures = await measuresOf(engine, await openDbOf(store), () => store.close())
    all.push(...measures.map((measure) => ({ ...measure, on: engine })))
  }
  return all
}

/** What a database that has lived a while has had done: its tables vacuumed, their statistics taken. */
export async function tidy(db: Db, { databaseUrl }: Store): Promise<void> {
  await db.mantener()
  if (databaseUrl) await comoDueno(databaseUrl, (sql) => sql.unsafe('vacuum analyze'))
}
