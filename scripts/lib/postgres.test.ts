import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import postgres from 'postgres'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startPostgres } from './postgres.mjs'

const quiet = { max: 1, onnotice: () => {} }
const isAlive = (pid: number) => existsSync(`/proc/${pid}/cmdline`)

test('a cluster that syncs, survives a kill -9 with what was committed, and leaves nothing behind', async () => {
  const cluster = await startPostgres()
  try {
    const before = postgres(cluster.url, quiet)
    assert.is((await before`show fsync`)[0]?.fsync, 'on')
    await before`create table ventas as select generate_series(1, 10) as id`
    cluster.kill9()
    await before.end({ timeout: 1 }).catch(() => {})
    await cluster.restart()
    const after = postgres(cluster.url, quiet)
    assert.is((await after`select count(*)::int as n from ventas`)[0]?.n, 10)
    await after.end()
  } finally {
    await cluster.stop()
  }
  assert.not.ok(existsSync(cluster.dir))
  await cluster.stop()
})

const HOLDER = `
  import { startPostgres } from './scripts/lib/postgres.mjs'
  process.on('SIGTERM', () => process.exit(0)) // before anybody is told that there is something to end
  const { dir, pid } = await startPostgres()
  console.log(JSON.stringify({ dir, pid }))
  setInterval(() => {}, 1000)
`

/** A process that holds a cluster, and where that cluster is. */
async function holder() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const text of child.stdout) {
    const line = /\{.*\}/.exec(String(text))?.[0]
    if (line) return { child, ...(JSON.parse(line) as { dir: string; pid: number }) }
  }
  throw new Error('the holder ended before it had a cluster')
}

async function waitFor(condition: () => boolean) {
  for (let waitedMs = 0; !condition() && waitedMs < 60_000; waitedMs += 50) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.ok(condition(), String(condition))
}

test('ended with its process', async () => {
  const { child, dir, pid } = await holder()
  assert.ok(isAlive(pid))
  child.kill('SIGTERM')
  await once(child, 'exit')
  await waitFor(() => !existsSync(dir))
})

test('a runner killed with -9 leaves a folder, which the next start removes', async () => {
  const { child, dir } = await holder()
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.ok(existsSync(dir))
  const next = await startPostgres()
  await next.stop()
  assert.not.ok(existsSync(dir))
})

test.run()
