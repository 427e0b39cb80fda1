// Runs one test file in a process of its own and decides by itself whether it was green.
//
// uvu's exit code is not to be trusted: a throwing `before` or `after.each` and a forgotten `test.run()` all exit 0, and a
// promise that never settles ends without a summary. So the summary is read, and these are failures:
//   no summary (crash, hang, throwing `after`) · Passed short of Total · Total 0 · a bad exit code with everything passed ·
//   a summary followed by a process that does not end (something was left open).
import { spawn } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { which } from './debian.mjs'
import { outputOf, READY } from './transpile.mjs'

const UVU = 'node_modules/uvu/bin.js'
const LINGER_MS = 20_000

/**
 * @typedef {{ file: string, passed: number, failed: number, skipped: number, seconds: number, reason: string | null, output: string }} FileResult
 */

/**
 * Runs one uvu file.
 * @param {string} file path relative to `cwd`
 * @param {{ cwd?: string, timeoutMs?: number, lingerMs?: number, env?: NodeJS.ProcessEnv, js?: string, programs?: string, ready?: string[] }} [options] `timeoutMs` bounds the
 *   whole file (default 300 s), `lingerMs` how long the process may stay after its summary (default 20 s), `js` the folder where
 *   `transpile` left it (default: tsx reads the TypeScript, which starts slower), `programs` the one that what the test starts is read from
 *   (default: `js`), `ready` node's options for `js`
 * @returns {Promise<FileResult>} `failed` is at least 1 whenever `reason` is not null; never rejects for a failing file
 */
export async function runUvuFile(file, options = {}) {
  const { cwd = process.cwd(), timeoutMs = 300_000, lingerMs = LINGER_MS, env = process.env, js, programs = js, ready = READY } = options
  const startedAt = performance.now()
  const path = js ? join(js, outputOf(file)) : file
  const pattern = `^${basename(path).replace(/[.+^$()[\]{}|\\]/g, '\\$&')}$`
  const { program, before } = endingWithUs()
  const child = spawn(program, [...before, ...(js ? ready : ['--import', 'tsx']), UVU, '--no-color', dirname(path), pattern], {
    cwd,
    env: childEnv(env, programs),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: what it started (servers, browsers) can be ended with it.
    detached: true,
  })
  running.add(child)
  let output = ''
  let killedFor = /** @type {string | null} */ (null)
  const kill = (reason) => {
    killedFor ??= reason
    killGroup(child)
  }
  let lingerTimer
  const onData = (data) => {
    output += data
    if (!lingerTimer && /^\s*Duration:/m.test(output.slice(-400)))
      lingerTimer = setTimeout(kill, lingerMs, `finished but did not end within ${lingerMs / 1000} s: something was left open`)
  }
  child.stdout.setEncoding('utf8').on('data', onData)
  child.stderr.setEncoding('utf8').on('data', onData)
  const timer = setTimeout(kill, timeoutMs, `no end after ${timeoutMs / 1000} s`)
  // 'exit', not 'close': a grandchild that outlives the test keeps the pipes open, and 'close' would wait for it.
  const code = await new Promise((resolve) => {
    child.on('exit', (exitCode, signal) => resolve(signal ?? exitCode))
    child.on('error', (error) => resolve(String(error)))
  })
  clearTimeout(timer)
  clearTimeout(lingerTimer)
  killGroup(child)
  await Promise.race([new Promise((resolve) => child.on('close', resolve)), sleep(500)])
  running.delete(child)
  const verdict = judge(output, code, killedFor)
  return { file, ...verdict, seconds: (performance.now() - startedAt) / 1000, output }
}

/** Ends every test process still running; for the runner's own signal handlers. */
export function killRunning() {
  for (const child of running) killGroup(child)
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Reads uvu's summary. Exported for its tests. */
export function judge(output, code, killedFor) {
  const plain = stripVTControlCharacters(output)
  const last = (word) => [...plain.matchAll(new RegExp(`^\\s*${word}:\\s+(\\d+)`, 'gm'))].at(-1)?.[1]
  const total = last('Total')
  const passed = Number(last('Passed') ?? 0)
  const skipped = Number(last('Skipped') ?? 0)
  const fail = (failed, reason) => ({ passed, failed, skipped, reason })
  if (killedFor) return fail(Math.max(1, Number(total ?? 0) - passed), killedFor)
  if (total === undefined) return fail(1, `ended without a summary (exit ${code})`)
  if (Number(total) === 0) return fail(1, 'no test ran: is test.run() missing?')
  if (passed < Number(total)) return fail(Number(total) - passed, code === 0 ? 'a hook threw' : 'failing tests')
  if (code !== 0) return fail(1, `every test passed but the process ended with ${code}`)
  return fail(0, null)
}

/** node, asked of the kernel (where setpriv is) to end when this process does: a runner killed with -9 leaves no test behind. */
function endingWithUs() {
  const setpriv = which('setpriv')
  return setpriv ? { program: setpriv, before: ['--pdeathsig=KILL', process.execPath] } : { program: process.execPath, before: [] }
}

/**
 * Of FORCE_COLOR and NO_COLOR node warns when both are set, and the warning would be in every output. TEST_JS says where the servers a test
 * starts are read from: never another tree's.
 * @param {NodeJS.ProcessEnv} env
 * @param {string | undefined} programs
 */
function childEnv(env, programs) {
  const { FORCE_COLOR: _, TEST_JS: __, ...rest } = env
  return { ...rest, NO_COLOR: '1', ...(programs && { TEST_JS: programs }) }
}

function killGroup(child) {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is already empty.
  }
}
