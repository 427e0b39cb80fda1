// npm run mutation [-- pattern]: makes thousands of small mistakes in the rules, in money, points and merge, one at a time, and says which of them no test of
// schema/ notices. A mistake is killed when a test fails or does not end. `pattern`: a regular expression on the paths.
//
// One build holds all of them. A first run of each test file says which it reaches; then each file, the quick ones first, is loaded once and its tests run
// again for each mistake that is still alive. What is only reached while the modules load takes a process of its own.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/files.mjs'
import { eachOf, measured, ruleFiles } from './lib/measured.mjs'
import { withMutants } from './lib/mutants.mjs'

const REPORT = join(ROOT, '.cache', 'mutation.txt')
/** As many times as the file takes by itself, and some: a mistake may make a loop without end. */
const [TIMES, MORE_MS, START_MS] = [8, 4_000, 30_000]

/** Histories by chance are slow, and what they notice today they may not notice tomorrow: they are not asked. */
const BY_CHANCE = /invariantes/

const files = ruleFiles(new RegExp(process.argv[2] ?? ''))
/** @type {import('./lib/mutants.mjs').Mutant[]} */
const mutants = []
const startedAt = performance.now()
const { tests, survey, killedBy, survives, remove } = await measured('mutation', (file, code) => withMutants(file, code, mutants), files)
process.on('SIGINT', () => process.exit(1))
process.on('exit', remove)

/** @type {{ test: string, limitMs: number, seconds: number, loading: Set<number>, running: Set<number> }[]} */
const known = []
await eachOf(
  tests.filter((test) => !BY_CHANCE.test(test)),
  async (test) => {
    const { ok, seconds, loading, running } = await survey(test)
    if (!ok) throw new Error(`${test} fails before anything was changed`)
    known.push({ test, seconds, limitMs: seconds * 1000 * TIMES + MORE_MS, loading: new Set(loading), running: new Set(running) })
  },
)
known.sort((a, b) => a.seconds - b.seconds)

const alive = new Set(mutants.map(({ id }) => id))
for (const { test, limitMs, running } of known) {
  const ids = [...alive].filter((id) => running.has(id))
  const halves = [0, 1].map((half) => ids.filter((_, i) => i % 2 === half))
  await eachOf(halves, async (some) => {
    for (const id of await killedBy(test, some, limitMs)) alive.delete(id)
  })
  console.log(`${test}: ${ids.length} tried, ${alive.size} of ${mutants.length} left`)
}

const inAll = known.reduce((sum, { limitMs }) => sum + limitMs, START_MS)
const early = [...alive].filter((id) => known.some(({ loading }) => loading.has(id)))
console.log(`${early.length} are met while the modules load`)
await eachOf(early, async (id) => {
  const reaching = known.filter(({ loading }) => loading.has(id)).map(({ test }) => test)
  if (!(await survives(reaching, id, inAll))) alive.delete(id)
})

const isReached = ({ id }) => known.some(({ loading, running }) => loading.has(id) || running.has(id))
const left = mutants.filter(({ id }) => alive.has(id))
const survivors = left.filter(isReached)
const unreached = left.filter((one) => !isReached(one))
const told = ({ file, line, kind, from, to }) => `${file}:${line}  ${kind}: ${from}  →  ${to}`
const lines = [...survivors.map((one) => `survives    ${told(one)}`), ...unreached.map((one) => `not reached ${told(one)}`)].sort()
writeFileSync(REPORT, `${lines.join('\n')}\n`)
for (const file of files) {
  const of = mutants.filter((one) => one.file === file)
  const notKilled = left.filter((one) => one.file === file)
  if (of.length > 0)
    console.log(`${percent(of.length - notKilled.length, of.length).padStart(6)} of ${String(of.length).padStart(4)}  ${file}`)
}
const killed = mutants.length - survivors.length - unreached.length
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
console.log(
  `${killed} of ${mutants.length} killed, ${percent(killed, mutants.length)}; ${survivors.length} survive, ${unreached.length} not reached; ${minutes} min. ${REPORT}`,
)

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`
}
