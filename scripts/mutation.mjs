// npm run mutation [-- pattern]: makes thousands of small mistakes in the rules, in money, points and merge, one at a time, and says which of them no test of
// schema/ notices. A mistake is killed when a test fails or does not end. `pattern`: a regular expression on the paths.
//
// One build holds all of them. A first run of each test file says which it reaches; then each mistake is tried with those files only, the quick ones first.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/files.mjs'
import { eachOf, measured, ruleFiles } from './lib/measured.mjs'
import { withMutants } from './lib/mutants.mjs'

const REPORT = join(ROOT, '.cache', 'mutation.txt')
/** As many times as the file takes by itself, and some: a mistake may make a loop without end. */
const [TIMES, MORE_MS] = [8, 4_000]
const EVERY = 100

const files = ruleFiles(new RegExp(process.argv[2] ?? ''))
/** @type {import('./lib/mutants.mjs').Mutant[]} */
const mutants = []
const startedAt = performance.now()
const { tests, run, remove } = await measured('mutation', (file, code) => withMutants(file, code, mutants), files)
process.on('SIGINT', () => process.exit(1))
process.on('exit', remove)

/** @type {{ test: string, seconds: number, reaches: Set<number> }[]} */
const known = []
await eachOf(tests, async (test) => {
  const { ok, seconds, seen, output } = await run(test)
  if (!ok) throw new Error(`${test} fails before anything was changed:\n${output}`)
  known.push({ test, seconds, reaches: new Set(seen) })
})
known.sort((a, b) => a.seconds - b.seconds)

/** @type {import('./lib/mutants.mjs').Mutant[]} */
const survivors = []
const unreached = []
let tried = 0
await eachOf(mutants, async (mutant) => {
  const reaching = known.filter(({ reaches }) => reaches.has(mutant.id))
  if (!(await isKilled(mutant, reaching))) (reaching.length > 0 ? survivors : unreached).push(mutant)
  if (++tried % EVERY === 0)
    console.log(`${tried} of ${mutants.length} tried, ${survivors.length} survive, ${unreached.length} not reached`)
})

async function isKilled({ id }, reaching) {
  for (const { test, seconds } of reaching)
    if (!(await run(test, { mutant: id, timeoutMs: seconds * 1000 * TIMES + MORE_MS })).ok) return true
  return false
}

const told = ({ file, line, kind, from, to }) => `${file}:${line}  ${kind}: ${from}  →  ${to}`
const lines = [...survivors.map((one) => `survives    ${told(one)}`), ...unreached.map((one) => `not reached ${told(one)}`)].sort()
writeFileSync(REPORT, `${lines.join('\n')}\n`)
for (const file of files) {
  const of = mutants.filter((one) => one.file === file)
  const left = [...survivors, ...unreached].filter((one) => one.file === file)
  if (of.length > 0) console.log(`${percent(of.length - left.length, of.length).padStart(6)} of ${String(of.length).padStart(4)}  ${file}`)
}
const killed = mutants.length - survivors.length - unreached.length
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
console.log(
  `${killed} of ${mutants.length} killed, ${percent(killed, mutants.length)}; ${survivors.length} survive, ${unreached.length} not reached; ${minutes} min. ${REPORT}`,
)

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`
}
