// node testing/planted/run.mjs [--list] [pattern]: plants every bug of bugs.mjs in a copy of the tree, one at a time, and runs the test that
// must notice it. Ends with `N planted, N caught`; exit 1 when one lived, or when the list no longer fits the code.
//
// A bug counts as caught only when its test file passes in the clean copy, and with the bug still loads and runs as many tests, of which some
// fail, or fails a test and then never ends: a copy that cannot run at all catches nothing.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesBelow, ROOT } from '../../scripts/lib/files.mjs'
import { isSource, transpile } from '../../scripts/lib/transpile.mjs'
import { runUvuFile } from '../../scripts/lib/uvu-file.mjs'
import { BUGS } from './bugs.mjs'

const FOLDERS = ['schema', 'workers', 'sync-server', 'client', 'scripts']
const COPIED = [...FOLDERS, 'package.json', 'tsconfig.json', 'tsconfig.base.json']
/** Its sources as JavaScript, as the suite runs them. */
const jsOf = (copy) => join(copy, '.cache', 'js')
const NOT_COPIED = /\/(node_modules|dist|\.cache|data)(\/|$)/
/** How many copies are used at once. Read late: a test sets it. */
const jobs = () => Number(process.env.PLANTED_JOBS ?? 2)
const TIMEOUT_MS = 120_000

/**
 * @param {RegExp} [pattern] on the file or the sentence
 * @param {(line: string) => void} [print]
 * @param {boolean} [full] also those marked `full`
 * @returns {Promise<{ planted: number, caught: number, problems: string[] }>}
 */
export async function plantAll(pattern = /./, print = () => {}, full = true) {
  const bugs = BUGS.filter((bug) => (full || !bug.full) && pattern.test(`${bug.file} ${bug.says}`))
  const problems = bugs.flatMap((bug) => whyNotPlantable(bug) ?? [])
  const queue = problems.length > 0 ? [] : [...bugs]
  const clean = new Map()
  let caught = 0
  const lane = async () => {
    const copy = copyTree()
    try {
      await transpile({ root: copy, out: jsOf(copy), files: filesBelow(FOLDERS, isSource) })
      for (let bug = queue.shift(); bug; bug = queue.shift()) {
        const problem = await plant(copy, bug, clean)
        if (problem) problems.push(`${bug.file}: ${bug.says}\n    ${problem}`)
        else caught += 1
        print(`${problem ? '✘ lived ' : '✔ caught'} ${bug.says}`)
      }
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  }
  await Promise.all(Array.from({ length: jobs() }, lane))
  return { planted: bugs.length, caught, problems }
}

/** The sentence of why it was not caught, or null. */
async function plant(copy, bug, clean) {
  if (!clean.has(bug.test)) clean.set(bug.test, run(copy, bug.test))
  const before = await clean.get(bug.test)
  if (before.reason !== null) return `its test does not pass in the clean copy (${before.reason})\n${before.output.trimEnd().slice(-2000)}`
  const path = join(copy, bug.file)
  const source = readFileSync(path, 'utf8')
  try {
    const unreadable = await write(
      copy,
      bug.file,
      source.replace(bug.search, () => bug.replace),
    ).then(
      () => null,
      (error) => error.message,
    )
    if (unreadable) return `with it the file is no program: ${unreadable}`
    const after = await run(copy, bug.test)
    if (after.reason === null) return `${bug.test} still passes`
    if (failedAndHung(after.output)) return null
    const ran = after.passed + after.failed + after.skipped
    if (/^\s*Total:/m.test(after.output) && ran === before.passed + before.skipped) return null
    return /^\s*Total:/m.test(after.output)
      ? `${bug.test} ran ${ran} tests instead of ${before.passed}`
      : `${bug.test} did not run:\n${after.output.slice(-1500)}`
  } finally {
    await write(copy, bug.file, source)
  }
}

async function write(copy, file, source) {
  writeFileSync(join(copy, file), source)
  if (isSource(file)) await transpile({ root: copy, out: jsOf(copy), files: [file] })
}

/** A bug that makes a loop endless: a test was seen to fail, and the file was ended by its time limit before it could sum up. */
const failedAndHung = (output) => /^[•✘ ]*✘[•✘ ]*$/m.test(output) && !/^\s*Total:/m.test(output)

const run = (copy, test) => runUvuFile(test, { cwd: copy, timeoutMs: TIMEOUT_MS, js: jsOf(copy) })

function whyNotPlantable(bug) {
  for (const file of [bug.file, bug.test]) if (!existsSync(join(ROOT, file))) return `${file} does not exist (${bug.says})`
  const times = readFileSync(join(ROOT, bug.file), 'utf8').split(bug.search).length - 1
  if (times !== 1) return `${bug.file}: the text to change stands ${times} times, not once (${bug.says})`
  return bug.search === bug.replace ? `${bug.file}: nothing changes (${bug.says})` : null
}

function copyTree() {
  const copy = mkdtempSync(join(tmpdir(), 'aya-planted-'))
  for (const name of COPIED)
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !NOT_COPIED.test(path.slice(ROOT.length)) })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

if (process.argv[1] && import.meta.url.endsWith('/testing/planted/run.mjs') && process.argv[1].endsWith('run.mjs')) {
  const args = process.argv.slice(2)
  if (args.includes('--list')) for (const bug of BUGS) console.log(`${bug.file}: ${bug.says}`)
  else {
    const { planted, caught, problems } = await plantAll(new RegExp(args[0] ?? '.'), console.log)
    for (const problem of problems) console.log(`✘ ${problem}`)
    console.log(`${planted} planted, ${caught} caught`)
    process.exitCode = problems.length === 0 && planted > 0 ? 0 : 1
  }
}
