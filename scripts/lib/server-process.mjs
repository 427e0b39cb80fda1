// A real server in a process of its own, for tests that end it badly and for journeys in a browser.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './files.mjs'
import { toRun } from './transpile.mjs'

/**
 * @typedef {object} ServerProcess
 * @property {string} url base address, without a final slash
 * @property {number} port
 * @property {number} pid the server's own pid as this process sees it
 * @property {() => string} output everything it printed so far
 * @property {() => Promise<void>} kill9 SIGKILL to the whole group at once; resolves when it is gone
 * @property {() => Promise<{ code: number | null, signal: string | null }>} terminate SIGTERM to the server; resolves with its end
 */

/** A TCP port that was free a moment ago. A server that is started again keeps its port, because a browser's origin holds it. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address())
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Starts the server and waits until `/ready` answers 200.
 * @param {{ dataDir: string, port: number, databaseUrl?: string, secretKey?: string, demo?: boolean, asPid1?: boolean, readyMs?: number, js?: string, env?: Record<string, string> }} options
 *   `asPid1`: in a PID namespace of its own, as in a container, and as it is installed; `js`: where its JavaScript is (default: TEST_JS, else it is run as installed)
 * @returns {Promise<ServerProcess>}
 */
export async function startServer(options) {
  const { dataDir, port, databaseUrl, secretKey, demo = true, asPid1 = false, readyMs = 60_000, js = process.env.TEST_JS } = options
  const node = [process.execPath, ...toRun('sync-server/main.ts', asPid1 ? '' : js)]
  const [program = process.execPath, ...args] = asPid1 ? [...namespace(), ...node] : node
  const child = spawn(program, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl ?? '',
      SECRET_KEY: secretKey ?? '',
      DEMO: demo ? '1' : '0',
      // A bare world: a journey that wants the twelve weeks says so.
      DEMO_DIAS: '0',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group, so that kill9 takes it with whatever it started.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  // A test that is itself killed leaves nothing running.
  const onExit = () => killGroup(child.pid)
  process.once('exit', onExit)
  void ended.then(() => process.off('exit', onExit))

  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(url, readyMs, () => (child.exitCode ?? child.signalCode) !== null)
  } catch (error) {
    killGroup(child.pid)
    throw new Error(`the server did not get ready: ${error.message}\n${output}`)
  }
  const pid = Number(asPid1 ? await childOf(child.pid) : child.pid)
  return {
    url,
    port,
    pid,
    output: () => output,
    kill9: async () => {
      if (asPid1) kill(pid)
      killGroup(child.pid)
      await ended
    },
    terminate: async () => {
      process.kill(pid, 'SIGTERM')
      return ended
    },
  }
}

/** Root makes a PID namespace directly; anyone else inside a user namespace of its own. */
const namespace = () => [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  '--pid',
  '--fork',
  '--mount-proc',
  '--kill-child=SIGKILL',
]

async function untilReady(url, limitMs, hasEnded) {
  for (const from = performance.now(); performance.now() - from < limitMs; await sleep(50)) {
    if (hasEnded()) throw new Error('it ended')
    const response = await fetch(`${url}/ready`).catch(() => null)
    await response?.body?.cancel()
    if (response?.ok) return
  }
  throw new Error(`/ready did not answer within ${limitMs / 1000} s`)
}

/** The only child of a process (Linux): unshare's, which is pid 1 inside. */
async function childOf(parent) {
  for (let tries = 0; tries < 100; tries++, await sleep(20)) {
    const found = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .find((name) => parentOf(name) === parent)
    if (found) return Number(found)
  }
  throw new Error(`process ${parent} has no child`)
}

function parentOf(pid) {
  try {
    // After the name, which may hold anything: state, then the parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return 0 // ended meanwhile
  }
}

const killGroup = (pid) => kill(-pid)

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // already gone
  }
}
