// npm test [-- [--full] [pattern]]: the checks, then every *.test.ts in a process of its own, a few at a time (lib/schedule.mjs), as
// JavaScript (lib/transpile.mjs).
//
// The last line is `N passed, N failed`; the exit code is 0 only when nothing failed and something passed. A check or a build
// that fails counts as one failed. `pattern` is a regular expression on the path; `--full` adds the files marked `// @full`
// and sets FULL=1 for all.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildClient } from './lib/build-client.mjs'
import { runChecks } from './lib/checks.mjs'
import { findChromium } from './lib/chromium.mjs'
import { filesBelow, ROOT } from './lib/files.mjs'
import { loadedWith, pack } from './lib/pack.mjs'
import { startPostgres } from './lib/postgres.mjs'
import { describeFile, order, runPlan } from './lib/schedule.mjs'
import { outputOf, READY, READY_WITHOUT_DATABASE, transpile, transpileFolder } from './lib/transpile.mjs'
import { killRunning, runUvuFile } from './lib/uvu-file.mjs'
import { makeWorld } from './lib/worlds.mjs'

const TIMES = join(ROOT, '.cache', 'test-seconds.json')
const FOLDERS = ['schema', 'workers', 'sync-server', 'client', 'bench', 'scripts', 'testing']
/** As many as the cores of the smallest machine this is for: with a third one that computes beside two, files took 1.75 times as long. */
const JOBS = Number(process.env.TEST_JOBS ?? 2)

/** What a server is, in a process of its own and in a test's. */
const PROGRAMS = ['sync-server/testing/servidor.js', 'sync-server/main.js']

/** @typedef {import('./lib/transpile.mjs').Modules} Modules */

const args = process.argv.slice(2)
const full = args.includes('--full')
const unknown = args.filter((arg) => arg.startsWith('-') && arg !== '--full')
if (unknown.length > 0 || args.length - Number(full) > 1) {
  console.error(`npm test [-- [--full] [pattern of paths]]; not understood: ${unknown.join(' ') || args.join(' ')}`)
  process.exit(2)
}
const pattern = new RegExp(args.find((arg) => !arg.startsWith('-')) ?? '')

const total = { passed: 0, failed: 0, skipped: 0 }
/** @type {string[]} */
const broken = []
const startedAt = performance.now()
/** Seconds of CPU of what ended, as far as it was reported. */
let told = 0

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    killRunning()
    close(`ended by ${signal}`)
  })
process.on('uncaughtException', (error) => {
  console.error(error)
  killRunning()
  close('the runner itself broke')
})

await main()

async function main() {
  for (const { name, ok } of runChecks()) if (!ok) countFailure(`check: ${name}`)
  const items = filesBelow(FOLDERS, (path) => /\.test\.tsx?$/.test(path) && pattern.test(path))
    .map((file) => describeFile(file))
    .filter((item) => full || !item.full)
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ...(full && { FULL: '1' }) }
  const js = transpileFolder()
  process.on('exit', js.remove)
  const sources = { js: join(js.out, 'files'), packed: join(js.out, 'packed'), modules: /** @type {Modules} */ (new Map()) }
  await prepare('sources as JavaScript', async () => {
    sources.modules = await transpile({ out: sources.js, packages: true })
    await pack({ root: ROOT, ...sources, out: sources.packed, programs: PROGRAMS })
  })
  if (items.some((item) => item.build)) await prepare('client build', () => buildClient())
  if (items.some((item) => item.browser))
    await prepare('browser', () => {
      env.CHROMIUM_PATH = findChromium()
    })
  for (const days of sharedWorlds(items)) await prepare(`demo world of ${days} days`, () => makeWorld({ js: sources.packed, days }))
  let postgres
  if (items.some((item) => item.postgres) && !env.TEST_PG_URL)
    await prepare('PostgreSQL', async () => {
      postgres = await startPostgres()
      env.TEST_PG_URL = postgres.url
      console.log(`  ${postgres.version}`)
    })
  const seconds = lastSeconds()
  cpuSinceLast()
  await runPlan(order(items, seconds), JOBS, async (item) => {
    const options = { cwd: ROOT, timeoutMs: item.timeoutMs, env, programs: sources.packed }
    const result = await runUvuFile(item.file, { ...options, ...howToLoad(sources, loadedWith(sources.modules, outputOf(item.file))) })
    report({ ...result, cpu: cpuSinceLast() })
    seconds[item.file] = Math.round(result.seconds * 10) / 10
  })
  await postgres?.stop()
  rememberSeconds(seconds)
  close()
}

/** The server in one file is for those that load it: of less of it, the few files are loaded sooner. */
function howToLoad({ js, packed }, loaded) {
  return {
    js: loaded.has('sync-server/registry.js') ? packed : js,
    ready: loaded.has('sync-server/db/open-pglite.js') ? READY : READY_WITHOUT_DATABASE,
  }
}

/** The worlds that more than one journey begins with: to make one for a single copy would save nothing. */
function sharedWorlds(items) {
  const wanted = items.flatMap(({ world }) => world ?? [])
  return new Set(wanted.filter((days, i) => wanted.indexOf(days) < i))
}

/** Something the tests need. That it cannot be had is a failure, not a reason to skip them in silence. */
async function prepare(name, make) {
  const from = performance.now()
  try {
    await make()
    console.log(`✔ ${name}  ${((performance.now() - from) / 1000).toFixed(1)} s`)
  } catch (error) {
    console.log(`✘ ${name}\n${error.stack ?? error}`)
    countFailure(name)
  }
}

function report({ file, passed, failed, skipped, seconds, cpu, reason, output }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  const time = `${seconds.toFixed(1)} s${cpu ? ` (${cpu} s CPU)` : ''}`
  if (reason === null) return console.log(`✔ ${file}  ${passed} passed  ${time}`)
  broken.push(`${file}: ${reason}`)
  console.log(`✘ ${file}  ${passed} passed, ${failed} failed  ${time}  (${reason})\n${output.trimEnd()}\n`)
}

function countFailure(name) {
  total.failed += 1
  broken.push(name)
}

function lastSeconds() {
  try {
    return JSON.parse(readFileSync(TIMES, 'utf8'))
  } catch {
    return {}
  }
}

function rememberSeconds(seconds) {
  mkdirSync(dirname(TIMES), { recursive: true })
  writeFileSync(TIMES, JSON.stringify(seconds, null, 2))
}

/** Seconds of CPU of this process and of all that ended below it, which another busy machine changes less than the time it took. Linux; else null. */
function cpuSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? []
    const [user = 0, system = 0, usersBelow = 0, systemsBelow = 0] = fields.slice(11, 15)
    return { own: (user + system) / 100, below: (usersBelow + systemsBelow) / 100 }
  } catch {
    return null
  }
}

/** Of what ended since it was last asked: a test file and all that it started and saw end. */
function cpuSinceLast() {
  const below = cpuSeconds()?.below ?? 0
  const since = below - told
  told = below
  return since.toFixed(1)
}

/** Prints what failed and the closing line, and ends the process. */
function close(interrupted) {
  if (interrupted) countFailure(interrupted)
  for (const line of broken) console.log(`✘ ${line}`)
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
  const cpu = cpuSeconds()
  console.log(
    `${minutes} min, ${cpu ? ((cpu.own + cpu.below) / 60).toFixed(1) : '?'} of CPU${total.skipped ? `, ${total.skipped} skipped` : ''}`,
  )
  // Written at once: process.exit() would cut what a pipe has not taken yet.
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`, () => process.exit())
}
