// A PostgreSQL of our own for as long as one run lasts: a fresh cluster in a temporary folder, fsync on, trust on a loopback
// port, ended and removed whatever happens to the run.
//
//   normal end     stop()
//   signal, crash  the 'exit' hook below: SIGKILL and remove
//   runner killed  the kernel ends the postmaster (setpriv --pdeathsig); the next run removes the folder
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { installDebianPackage, isExecutable, which } from './debian.mjs'
import { isAlive } from './is-alive.mjs'

const PREFIX = 'anunciaya-pg-'

/**
 * @typedef {object} TemporaryPostgres
 * @property {string} url superuser URL of the cluster's `postgres` database
 * @property {number} port
 * @property {string} dir the temporary folder (data, socket, log)
 * @property {string} version what `postgres --version` says
 * @property {number} pid the postmaster's; changes with `restart`
 * @property {() => void} kill9 SIGKILL to the postmaster and every backend at once, as a machine that stops
 * @property {() => Promise<void>} restart starts the same cluster again on the same port, after `kill9`
 * @property {() => Promise<void>} stop ends it and removes the folder; may be called twice
 */

/** @typedef {{ child: import('node:child_process').ChildProcess | null }} Running the last postmaster spawned, answering or not */

/** The folder with initdb and postgres: PG_BIN, PATH, Debian's own, newest first; else Debian's package is installed. */
export function findPostgresBin() {
  const found = lookForBin()
  if (found) return found
  keepDebianFromStartingItsOwnCluster()
  installDebianPackage('postgresql', 'the tests on a real PostgreSQL')
  const installed = lookForBin()
  if (!installed) throw new Error('postgresql is installed but initdb was not found')
  return installed
}

function lookForBin() {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const fromPath = which('initdb')
  const candidates = [process.env.PG_BIN, fromPath && dirname(fromPath), ...versions.map((v) => join(root, v, 'bin'))]
  return candidates.find((dir) => dir && isExecutable(join(dir, 'initdb')) && isExecutable(join(dir, 'postgres'))) ?? null
}

/** Debian's package would create and start a cluster on 5432; nobody here wants it. */
function keepDebianFromStartingItsOwnCluster() {
  const conf = '/etc/postgresql-common/createcluster.conf'
  if (process.getuid?.() !== 0 || existsSync(conf)) return
  mkdirSync(dirname(conf), { recursive: true })
  writeFileSync(conf, 'create_main_cluster = false\n')
}

/**
 * Makes and starts a temporary cluster.
 * @param {{ settings?: Record<string, string | number> }} [options] extra `-c name=value`
 * @returns {Promise<TemporaryPostgres>}
 */
export async function startPostgres(options = {}) {
  removeLeftovers()
  const bin = findPostgresBin()
  const owner = ordinaryUser()
  const dir = mkdtempSync(join(temporaryRoot(), `${PREFIX}${process.pid}-`))
  if (owner) chownSync(dir, owner.uid, owner.gid)
  const data = join(dir, 'data')
  const as = owner ? { uid: owner.uid, gid: owner.gid } : {}
  const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: dir }
  /** @type {Running} */
  const running = { child: null }
  const removeAtExit = () => {
    killTree(running.child?.pid)
    removeFolder(dir)
  }
  process.on('exit', removeAtExit)
  const init = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'],
    { ...as, cwd: dir, env, encoding: 'utf8' },
  )
  if (init.status !== 0) {
    process.off('exit', removeAtExit)
    removeFolder(dir)
    throw new Error(`initdb failed:\n${init.stderr || init.error}`)
  }
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    fsync: 'on',
    max_connections: 200,
    shared_buffers: '64MB',
    ...options.settings,
  }
  const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  let child = await launch(bin, args, dir, owner, env, port, running)

  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    dir,
    version: spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim(),
    get pid() {
      return Number(child.pid)
    },
    kill9: () => killTree(child.pid),
    restart: async () => {
      await ended(child)
      child = await launch(bin, args, dir, owner, env, port, running)
    },
    stop: async () => {
      process.off('exit', removeAtExit)
      // SIGINT is PostgreSQL's fast shutdown: open sessions are cut.
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      await Promise.race([ended(child), sleep(10_000, undefined, { ref: false })])
      removeAtExit()
    },
  }
}

/** Starts the postmaster and waits until it answers. Retries while a killed cluster's backends still hold its memory. */
async function launch(bin, args, dir, owner, env, port, running) {
  for (let attempt = 1; ; attempt++) {
    const child = spawnPostmaster(bin, args, dir, owner, env)
    running.child = child
    let log = ''
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      log = (log + text).slice(-4000)
    })
    if (await answers(child, port)) return child
    killTree(child.pid)
    if (attempt === 3) throw new Error(`PostgreSQL did not start:\n${log}`)
    await sleep(500)
  }
}

function spawnPostmaster(bin, args, dir, owner, env) {
  const program = join(bin, 'postgres')
  const setpriv = which('setpriv')
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 'ignore', 'pipe']
  if (!setpriv) return spawn(program, args, { cwd: dir, env, stdio, ...(owner && { uid: owner.uid, gid: owner.gid }) })
  const identity = owner ? [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'] : []
  return spawn(setpriv, [...identity, '--pdeathsig=QUIT', program, ...args], { cwd: dir, env, stdio })
}

/** True once the server speaks its protocol; false if it ended or took more than 30 s. */
async function answers(child, port) {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 50) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    if (await acceptsSession(port)) return true
    await sleep(50)
  }
  return false
}

/** A startup message answered with authentication (R), not with "the database system is starting up" (E). */
function acceptsSession(port) {
  return new Promise((resolve) => {
    const body = Buffer.from('\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    const socket = createConnection(port, '127.0.0.1', () => socket.write(Buffer.concat([length, body])))
    const finish = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('data', (data) => finish(data[0] === 0x52))
    socket.on('error', () => finish(false))
    socket.on('close', () => finish(false))
  })
}

const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve(undefined)))

/**
 * Kills a postmaster and its children, and waits until they are gone: one killed in the middle of a call still makes its file.
 * The children lead process groups of their own, so a group kill misses them: walk /proc, with the parent stopped so that it
 * makes no more of them.
 */
function killTree(pid) {
  if (!pid) return
  signal(pid, 'SIGSTOP')
  const all = [pid, ...(existsSync('/proc') ? childrenOf(pid) : [])]
  for (const each of all) signal(each, 'SIGKILL')
  for (let waitedMs = 0; waitedMs < 10_000 && all.some(isRunning); waitedMs += 10) sleepSync(10)
}

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}

/** False for a zombie too: nobody has asked how it ended, but it does nothing more. */
function isRunning(pid) {
  const state = statusOf(pid)?.[0]
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** In an 'exit' hook nothing can be awaited. */
const sleepSync = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** Retries: a file may appear in a folder that was just read. */
const removeFolder = (dir) => rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })

function childrenOf(pid) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number)
}

const parentOf = (pid) => Number(statusOf(pid)?.[1] ?? -1)

/** State and parent of a process; null when it is gone, or where there is no /proc. */
function statusOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? null
  } catch {
    return null
  }
}

/** postgres refuses root. The user made for it if there is one, else nobody; null when we are ordinary ourselves. */
function ordinaryUser() {
  if (process.getuid?.() !== 0) return null
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (!user) throw new Error('running as root and there is no user "postgres" or "nobody" to run PostgreSQL as')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/** A short path that another user can walk into: socket paths hold 107 bytes, and root's own TMPDIR may be closed. */
function temporaryRoot() {
  return process.getuid?.() === 0 && existsSync('/tmp') ? '/tmp' : tmpdir()
}

/** Removes what a killed run left: folders named after a process that is gone. */
function removeLeftovers() {
  const root = temporaryRoot()
  for (const name of readdirSync(root)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0
    if (!pid || isAlive(pid)) continue
    const dir = join(root, name)
    console.log(`removing what an earlier run left in ${dir}`)
    killPostmasterOf(dir)
    try {
      removeFolder(dir)
    } catch {
      // Another user's: not ours to remove.
    }
  }
}

function killPostmasterOf(dir) {
  try {
    const pid = Number(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir)) killTree(pid)
  } catch {
    // It is not running.
  }
}

/** A port nobody listens on now. Another process may take it first; then the start fails and says so. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })
}
