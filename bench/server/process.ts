/** The server in a process of its own over a store, and what its memory is once its garbage is gone. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { freePort, type ServerProcess, startServer } from '../../scripts/lib/server-process.mjs'
import { CLAVE_DE_PRUEBA } from '../../sync-server/testing/db.ts'
import type { Store } from '../store.ts'

const HOOK = pathToFileURL(join(import.meta.dirname, 'gc-hook.mjs')).href

export async function serve({ dataDir, databaseUrl }: Store): Promise<ServerProcess> {
  return startServer({
    dataDir,
    port: await freePort(),
    ...(databaseUrl ? { databaseUrl } : {}),
    secretKey: CLAVE_DE_PRUEBA,
    demo: false,
    env: { LOG_LEVEL: 'error', NODE_OPTIONS: `--import ${HOOK}`, BENCH_MEMORY: memoryFile(dataDir) },
  })
}

const memoryFile = (dataDir: string) => join(dataDir, 'bench-memory.json')

/** Bytes. @throws Error when it does not answer in 10 s */
export async function memoryOf(server: ServerProcess, { dataDir }: Store): Promise<{ rss: number; heapUsed: number; external: number }> {
  const file = memoryFile(dataDir)
  rmSync(file, { force: true })
  process.kill(server.pid, 'SIGUSR2')
  for (let tries = 0; tries < 100; tries++) {
    await sleep(100)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (text.endsWith('}')) return JSON.parse(text)
  }
  throw new Error('the server did not say what memory it uses')
}
