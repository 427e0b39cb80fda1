// A copy of schema/ whose rules were written again with something to count in them (branches.mjs, mutants.mjs), and its tests, each in a process of its own.
import { fork, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { filesBelow, ROOT } from './files.mjs'
import { isSource, outputOf, READY, transpile } from './transpile.mjs'

/** Rules, money, points and merge: what a mistake in costs somebody something. */
const RULES = /^schema\/(domain\/(hechos|puntos|niveles|cupones|canjes)\/|merge\/|core\/(dinero|tiempo)\.ts$)/
const isTest = (file) => file.endsWith('.test.ts')
/** Whose tests are asked: the rules' own, and the journals of all releases. */
const OWN_TESTS = /^schema\/(domain\/(hechos|puntos|niveles|cupones|canjes)|merge|core|testing)\//
export const ruleFiles = (pattern = /./) =>
  filesBelow(['schema'], (file) => RULES.test(file) && isSource(file) && !isTest(file) && pattern.test(file))

/** What the rewritten sources call. SEEN: a file for the list of the branches that were taken, written when the process ends. */
const PRELOAD = `
import { writeFileSync } from 'node:fs'
const { SEEN, MUTANT } = process.env
const mutants = { seen: new Set(), alive: Number(MUTANT ?? -1) }
globalThis.$mutants = mutants
globalThis.$mutant = (id) => mutants.seen.add(id) && id === mutants.alive
const taken = new Set()
globalThis.$branch = Object.assign((id) => void taken.add(id), { both: (yes, no, value) => { taken.add(value ? yes : no); return value } })
if (SEEN) process.on('exit', () => writeFileSync(SEEN, JSON.stringify([...taken])))
`
const TRY = fileURLToPath(new URL('try-mutants.mjs', import.meta.url))
/** Longest run of a file, ms. */
const RUN_MS = 120_000
/** Until a process is ready, ms. */
const START_MS = 60_000

/**
 * @typedef {{ ok: boolean, seconds: number, taken: number[], output: string }} Ran `ok`: every test of the file ran and passed
 * @typedef {{ ok: boolean, seconds: number, loading: number[], running: number[] }} Survey
 * @typedef {object} Measured
 * @property {string[]} tests
 * @property {(test: string) => Promise<Ran>} run in a new process
 * @property {(test: string) => Promise<Survey>} survey
 * @property {(test: string, ids: number[], limitMs: number) => Promise<number[]>} killedBy of these mistakes the ones that its tests notice, or do not
 *   survive; in as few processes as that takes
 * @property {(tests: string[], mutant: number, limitMs: number) => Promise<boolean>} survives whether a mistake that is there from the start passes all of these
 * @property {() => void} remove
 */

/**
 * @param {string} name of the copy's folder in .cache
 * @param {(file: string, code: string) => string} write what to make of each of the rules' sources
 * @param {string[]} files which sources
 * @returns {Promise<Measured>}
 */
export async function measured(name, write, files = ruleFiles()) {
  const root = join(ROOT, '.cache', `${name}-${process.pid}`)
  const remove = () => rmSync(root, { recursive: true, force: true })
  remove()
  mkdirSync(root, { recursive: true })
  cpSync(join(ROOT, 'schema'), join(root, 'schema'), { recursive: true })
  for (const file of files) writeFileSync(join(root, file), write(file, readFileSync(join(ROOT, file), 'utf8')))
  const preload = join(root, 'preload.mjs')
  writeFileSync(preload, PRELOAD)
  const out = join(root, 'js')
  await transpile({ root, out, files: filesBelow(['schema'], isSource) })
  const tests = filesBelow(['schema'], (file) => isTest(file) && OWN_TESTS.test(file))
  let last = 0
  return {
    tests,
    run: (test) => runTest(join(out, outputOf(test)), preload, join(root, `taken-${last++}.json`)),
    survey: (test) => surveyOf(join(out, outputOf(test)), preload),
    survives: (some, mutant, limitMs) =>
      survives(
        some.map((test) => join(out, outputOf(test))),
        preload,
        mutant,
        limitMs,
      ),
    killedBy: (test, ids, limitMs) => killedBy(join(out, outputOf(test)), preload, ids, limitMs),
    remove,
  }
}

const tryOut = (paths, preload, env = {}) =>
  fork(TRY, paths, { execArgv: ['--import', preload], cwd: dirname(paths[0]), stdio: 'ignore', env: { ...process.env, ...env } })

/** @returns {Promise<boolean>} */
function survives(paths, preload, mutant, limitMs) {
  const child = tryOut(paths, preload, { MUTANT: String(mutant) })
  const alarm = setTimeout(() => child.kill('SIGKILL'), limitMs)
  let passed = false
  return new Promise((done) => {
    child.on('message', (/** @type {any} */ said) => {
      if (said.ready) child.send({ all: true })
      else passed = said.killed === false
    })
    child.on('exit', () => {
      clearTimeout(alarm)
      done(passed)
    })
  })
}

/** @returns {Promise<Survey>} */
function surveyOf(path, preload) {
  const child = tryOut([path], preload)
  let startedAt = 0
  return new Promise((done) => {
    child.on('message', (/** @type {any} */ said) => {
      if (said.ready) {
        startedAt = performance.now()
        child.send({ survey: true })
      } else done({ ...said, seconds: (performance.now() - startedAt) / 1000 })
    })
    child.on('exit', () => done({ ok: false, seconds: 0, loading: [], running: [] }))
  })
}

async function killedBy(path, preload, ids, limitMs) {
  /** @type {number[]} */
  const killed = []
  let left = ids
  while (left.length > 0) {
    const { last, ended } = await tryThem(path, preload, left, limitMs, killed)
    // The one at which the process ended or stood still is noticed by that; the next are tried in a new one.
    if (!ended) killed.push(last)
    left = left.slice(left.indexOf(last) + 1)
  }
  return killed
}

/** @returns {Promise<{ last: number, ended: boolean }>} the last one that began, and whether its tests ended */
function tryThem(path, preload, ids, limitMs, killed) {
  const child = tryOut([path], preload)
  let at = { last: /** @type {number} */ (ids[0]), ended: false }
  let alarm = setTimeout(() => child.kill('SIGKILL'), START_MS)
  return new Promise((done) => {
    child.on('message', (/** @type {any} */ said) => {
      clearTimeout(alarm)
      alarm = setTimeout(() => child.kill('SIGKILL'), limitMs)
      if (said.ready) child.send({ ids })
      if (said.begins !== undefined) at = { last: said.begins, ended: false }
      if (said.ends === undefined) return
      at = { last: said.ends, ended: true }
      if (said.killed) killed.push(said.ends)
    })
    child.on('exit', () => {
      clearTimeout(alarm)
      done(at)
    })
  })
}

/** @returns {Promise<Ran>} */
function runTest(path, preload, takenIn) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', preload, ...READY, path], {
    cwd: dirname(path),
    env: { ...process.env, SEEN: takenIn },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const onData = (data) => {
    output += data
  }
  child.stdout.setEncoding('utf8').on('data', onData)
  child.stderr.setEncoding('utf8').on('data', onData)
  const timer = setTimeout(() => child.kill('SIGKILL'), RUN_MS)
  return new Promise((done) =>
    child.on('close', (code) => {
      clearTimeout(timer)
      const text = stripVTControlCharacters(output)
      const taken = existsSync(takenIn) ? JSON.parse(readFileSync(takenIn, 'utf8')) : []
      done({ ok: code === 0 && isGreen(text), seconds: (performance.now() - startedAt) / 1000, taken, output: text })
    }),
  )
}

/** By the summary, never by the exit code alone (uvu-file.mjs). */
function isGreen(text) {
  const [total, passed] = ['Total', 'Passed'].map((word) => Number(new RegExp(`${word}:\\s+(\\d+)`).exec(text)?.[1]))
  return Number(total) > 0 && total === passed
}

/**
 * Does `work` for each, some at a time.
 * @template T
 * @param {Iterable<T>} things
 * @param {(thing: T) => Promise<void>} work
 */
export async function eachOf(things, work, atOnce = Number(process.env.TEST_JOBS ?? 2)) {
  const queue = [...things]
  const one = async () => {
    for (let thing = queue.shift(); thing !== undefined; thing = queue.shift()) await work(thing)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}
