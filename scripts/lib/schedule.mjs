// Which test file runs when: the long ones first, so that the run does not end waiting for one; the ones that must be alone last.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './files.mjs'

/**
 * @typedef {object} Item
 * @property {string} file
 * @property {boolean} serial runs with nothing beside it (`// @serial`)
 * @property {boolean} full only with --full (`// @full`)
 * @property {number} timeoutMs whole file; `// @timeout 600` in seconds, else 300 s
 * @property {boolean} postgres takes TEST_PG_URL
 * @property {boolean} browser drives Chromium
 * @property {boolean} build needs client/dist (`// @build`, and whatever drives a browser)
 * @property {string | null} world days of the demo world that its server begins with; null: it begins with none
 */

/** Reads what a test file declares in its first lines and by its name. */
export function describeFile(file, source = readFileSync(join(ROOT, file), 'utf8')) {
  const head = source.split('\n', 12).join('\n')
  const seconds = /^\/\/ @timeout (\d+)/m.exec(head)?.[1]
  const browser = file.startsWith('client/e2e/') || /^import .*\/chromium\.mjs'/m.test(source)
  return {
    file,
    serial: /^\/\/ @serial\b/m.test(head),
    full: /^\/\/ @full\b/m.test(head),
    timeoutMs: Number(seconds ?? 300) * 1000,
    postgres: /\.pg\.test\./.test(file) || source.includes('TEST_PG_URL'),
    browser,
    build: browser || /^\/\/ @build\b/m.test(head),
    world: /\b(new Mundo|copyWorld)\(/.test(source) ? (/\bDEMO_DIAS: '(\d+)'/.exec(source)?.[1] ?? '0') : null,
  }
}

/**
 * Order of a run: longest first by the seconds of the last run, else by a guess from the name; journeys in a browser by themselves; serial files after
 * all others.
 * @param {Item[]} items
 * @param {Record<string, number>} lastSeconds
 */
export function order(items, lastSeconds) {
  const weight = (item) => lastSeconds[item.file] ?? guess(item)
  const byWeight = [...items].sort((a, b) => weight(b) - weight(a) || a.file.localeCompare(b.file))
  const together = byWeight.filter((item) => !item.serial)
  return {
    journeys: together.filter((item) => item.browser),
    others: together.filter((item) => !item.browser),
    alone: byWeight.filter((item) => item.serial),
  }
}

/** A file that asks for more time than most has its reasons. */
const guess = (item) => (item.timeoutMs > 300_000 || /simulation\//.test(item.file) ? 120 : item.browser ? 60 : item.postgres ? 40 : 1)

/**
 * Runs the items, and then the serial ones one by one. A journey waits for more than half of its time: while there are journeys `jobs` of them run at a
 * time with `jobs` - 1 of the others beside them (one at least), and then `jobs` of the others.
 * @param {{ journeys: Item[], others: Item[], alone: Item[] }} plan
 * @param {number} jobs as many as there are cores
 * @param {(item: Item) => Promise<void>} run
 */
export async function runPlan({ journeys, others, alone }, jobs, run) {
  const [ofJourneys, ofOthers] = [[...journeys], [...others]]
  const lane = async (queue) => {
    for (let item = queue.shift(); item; item = queue.shift()) await run(item)
  }
  const lanes = (queue, count) => Array.from({ length: count }, () => lane(queue))
  const beside = journeys.length > 0 ? Math.max(1, jobs - 1) : jobs
  const browsers = Promise.all(lanes(ofJourneys, jobs)).then(() => Promise.all(lanes(ofOthers, jobs - beside)))
  await Promise.all([browsers, ...lanes(ofOthers, beside)])
  for (const item of alone) await run(item)
}
