/**
 * `npm run bench [-- part…]`: the parts by name, or all of them, one after the other, each in a process of its own: a clean heap, and one that fails
 * takes no other with it. Progress on stderr; at the end one table on stdout, and the rows of each part in `bench/results/<part>.json`.
 *
 *   RUNS     how many times each figure is measured, default 5
 *   ENGINE   PGlite or PostgreSQL: one database only
 */
import { fork } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machine, versionsOf } from './machine.ts'
import { partNames } from './parts.ts'
import { isMet, type Row, tableOf } from './row.ts'
import type { Message } from './run-part.ts'
import { ENGINES } from './store.ts'

const RESULTS = join(import.meta.dirname, 'results')
/** A part that hangs is ended. */
const LIMIT_MS = 30 * 60_000

const runs = Number(process.env.RUNS || 5)
const engines = ENGINES.filter((engine) => !process.env.ENGINE || engine === process.env.ENGINE)
const asked = process.argv.slice(2)
const known = partNames()

function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
if (!Number.isInteger(runs) || runs < 1) refuse('RUNS is a whole number, 1 or more')
if (engines.length === 0) refuse(`ENGINE is one of ${ENGINES.join(', ')}`)
for (const name of asked) if (!known.includes(name)) refuse(`there is no part ${name}: ${known.join(', ')}`)

const seconds = (sinceMs: number) => `${Math.round((performance.now() - sinceMs) / 1_000)} s`

/** On a terminal one line that changes; in a file one line each. */
function progress(text: string, ended = false): void {
  const isTerminal = process.stderr.isTTY
  process.stderr.write(isTerminal ? `\r\u001b[K${text}${ended ? '\n' : ''}` : `${text}\n`)
}

/** @throws Error when the part ended without rows */
function run(name: string, place: string): Promise<Row[]> {
  const startedAt = performance.now()
  const child = fork(join(import.meta.dirname, 'run-part.ts'), [name, JSON.stringify({ runs, engines })], {
    execArgv: ['--import', 'tsx'],
    // What a part prints is not the table.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const limit = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS)
  let rows: Row[] | undefined
  child.on('message', (message: Message) => {
    if ('rows' in message) rows = message.rows
    else progress(`${place} ${name}, ${seconds(startedAt)}: ${message.say}`)
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      clearTimeout(limit)
      progress(`${place} ${name}: ${rows ? 'done' : 'FAILED'} in ${seconds(startedAt)}`, true)
      if (rows) resolve(rows)
      else reject(new Error(`${name} ended with ${signal ?? code}`))
    })
  })
}

const done: { name: string; rows: Row[] }[] = []
const failed: string[] = []
const names = asked.length > 0 ? known.filter((name) => asked.includes(name)) : known
mkdirSync(RESULTS, { recursive: true })
const about = machine()
for (const [i, name] of names.entries()) {
  const file = join(RESULTS, `${name}.json`)
  rmSync(file, { force: true })
  const at = new Date().toISOString()
  try {
    const rows = await run(name, `[${i + 1}/${names.length}]`)
    done.push({ name, rows })
    writeFileSync(file, `${JSON.stringify({ at, machine: about, versions: versionsOf(rows), runs, rows }, null, 2)}\n`)
  } catch (error) {
    failed.push(`${name}: ${(error as Error).message}`)
  }
}

const rows = done.flatMap((part) => part.rows)
const versions = Object.entries(versionsOf(rows)).map(([what, version]) => `${what} ${version}`)
const { cores, cpu, memoryGiB, system, load } = about
console.log(
  `\n${new Date().toISOString()} · ${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, load ${load} before · ${versions.join(' · ')} · ${runs} ${runs === 1 ? 'run' : 'runs'}\n`,
)
if (rows.length > 0) console.log(tableOf(done))
const barred = rows.filter((row) => row.bar)
if (barred.length > 0) console.log(`\n${barred.filter(isMet).length} of ${barred.length} bars met.`)
for (const sentence of failed) console.log(`\n**Not measured**: ${sentence}`)
process.exitCode = failed.length > 0 ? 1 : 0
