// npm run requisitos: what was asked and what shows it (docs/requirements), counted page by page; whatever a page claims and is not there ends it with 1.
import { checkRequirements } from './lib/requisitos.mjs'

const { sums, unnamed, problems } = checkRequirements()
const total = { page: 'all', all: 0, shown: 0, partly: 0, missing: 0, later: 0 }
for (const sum of sums) for (const what of /** @type {const} */ (['all', 'shown', 'partly', 'missing', 'later'])) total[what] += sum[what]

console.log(line(['', 'ids', 'shown', 'partly', 'missing', 'later']))
for (const { page, all, shown, partly, missing, later } of [...sums, total]) console.log(line([page, all, shown, partly, missing, later]))
console.log(`rules that no test names: ${unnamed.join(' ') || 'none'}`)
for (const problem of problems) console.error(`✘ ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1

/** @param {(string | number)[]} cells */
function line([first = '', ...rest]) {
  return String(first).padEnd(24) + rest.map((cell) => String(cell).padStart(9)).join('')
}
