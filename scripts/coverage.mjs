// npm run coverage: which branches of the rules, of money, points and merge no test of schema/ takes. Ends badly when there is one.
import { withBranches } from './lib/branches.mjs'
import { eachOf, measured } from './lib/measured.mjs'

/** @type {import('./lib/branches.mjs').Branch[]} */
const branches = []
const seen = new Set()
const broken = []
const { tests, run, remove } = await measured('coverage', (file, code) => withBranches(file, code, branches))
try {
  await eachOf(tests, async (test) => {
    const ran = await run(test)
    if (!ran.ok) broken.push(`${test}\n${ran.output}`)
    for (const id of ran.taken) seen.add(id)
  })
} finally {
  remove()
}
const missed = branches.filter(({ id }) => !seen.has(id))
for (const { file, line, what } of missed) console.log(`  ${file}:${line}  ${what}`)
for (const test of broken) console.log(`✘ ${test}`)
const share = (100 * (branches.length - missed.length)) / branches.length
console.log(`${branches.length - missed.length} of ${branches.length} branches taken, ${share.toFixed(1)} %`)
process.exitCode = missed.length + broken.length > 0 ? 1 : 0
