// The pages of docs/requirements: what was asked, by id, and where it is shown. A page is worth something only while each proof it names exists, so
// that is checked: the test by its exact title, the picture, the figure of the evidence.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { filesBelow, ROOT } from './files.mjs'

/**
 * @typedef {'shown' | 'partly' | 'missing' | 'later'} State
 * @typedef {{ page: string, line: number, id: string, asks: string, state: State, why: string, proofs: string[] }} Row
 * @typedef {{ rows: Row[], problems: string[] }} Reading
 */

export const FOLDER = 'docs/requirements'
const TESTED = ['schema', 'workers', 'sync-server', 'client', 'bench', 'scripts', 'testing']
/** Between a file and what is looked for in it. */
const IN = ' › '
const ID = /^([A-Z]+)-?(\d+)$/
const STATE = /^(shown|partly|missing|later)\b(?::\s*(.*))?$/s

/**
 * Reads the tables of a page: rows whose first cell is an id. `| id | what it asks | state | proof |`; of `partly` and `later` the state says why.
 * @param {string} page its path, for what is said about it
 * @param {string} text
 * @returns {Reading}
 */
export function readPage(page, text) {
  /** @type {Reading} */
  const reading = { rows: [], problems: [] }
  for (const [index, line] of text.split('\n').entries()) {
    const cells = cellsOf(line)
    const id = cells[0] ?? ''
    if (!ID.test(id)) continue
    const at = `${page}:${index + 1} ${id}`
    const [, state, why = ''] = STATE.exec(cells[2] ?? '') ?? []
    if (cells.length !== 4 || !state) reading.problems.push(`${at}: four cells, the third one shown, partly, missing or later`)
    else {
      const proofs = [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, proof]) => String(proof))
      reading.rows.push({ page, line: index + 1, id, asks: cells[1] ?? '', state: /** @type {State} */ (state), why, proofs })
    }
  }
  return reading
}

/** The cells of a row of a table, none for another line. A bar inside a cell is written `\|`. */
function cellsOf(line) {
  if (!/^\|.*\|\s*$/.test(line)) return []
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
}

/**
 * What is wrong with these rows together: an id twice or left out, a state that its proofs do not carry, a proof that is not there.
 * @param {Row[]} rows
 * @param {{ exists(path: string): boolean, read(path: string): string }} repo
 * @returns {string[]} one sentence each, none when all is well
 */
export function problemsOf(rows, repo) {
  /** @type {Map<string, Row>} */
  const seen = new Map()
  /** @type {Map<string, string[]>} */
  const titles = new Map()
  const problems = rows.flatMap((row) => {
    const at = `${row.page}:${row.line} ${row.id}`
    const first = seen.get(row.id)
    seen.set(row.id, first ?? row)
    return [
      ...(first ? [`${at}: already on line ${first.line} of ${first.page}`] : []),
      ...carries(row).map((problem) => `${at}: ${problem}`),
      ...row.proofs.flatMap((proof) => whyNotThere(proof, repo, titles).map((problem) => `${at}: ${problem}`)),
    ]
  })
  return [...problems, ...holesIn(rows)]
}

/** Whether a state is one its row can have. */
function carries({ state, why, proofs }) {
  if (state === 'shown' && proofs.length === 0) return ['shown by nothing: name a test, a picture or a figure']
  if (state !== 'shown' && why === '') return [`${state}: say what is missing, or why`]
  if (state === 'missing' && proofs.length > 0) return ['missing, and yet it has a proof: it is partly there']
  return []
}

/** Every page goes from 1 to its last number. */
function holesIn(rows) {
  /** @type {Map<string, { page: string, numbers: Set<number> }>} */
  const series = new Map()
  for (const { id, page } of rows) {
    const [, prefix = '', number = ''] = ID.exec(id) ?? []
    const one = series.get(prefix) ?? { page, numbers: new Set() }
    one.numbers.add(Number(number))
    series.set(prefix, one)
  }
  return [...series].flatMap(([prefix, { page, numbers }]) =>
    Array.from({ length: Math.max(...numbers) }, (_, i) => i + 1)
      .filter((number) => !numbers.has(number))
      .map((number) => `${page}: ${prefix} ${number} was left out`),
  )
}

/** `file › title` of a test, `file › text` of the evidence, or a picture. */
function whyNotThere(proof, repo, titles) {
  const [path = '', ...rest] = proof.split(IN)
  const wanted = rest.join(IN)
  if (!repo.exists(path)) return [`${path} does not exist`]
  if (/\.(png|webp)$/.test(path)) return wanted === '' ? [] : [`${path} is a picture, it has no titles`]
  if (wanted === '') return [`${path}: say which test of it`]
  if (/\.test\.tsx?$/.test(path)) {
    if (!titles.has(path)) titles.set(path, titlesOf(repo.read(path)))
    return titles.get(path).includes(wanted) ? [] : [`${path} has no test '${wanted}'`]
  }
  if (!path.endsWith('.md')) return [`${path} proves nothing: a test, a picture or a figure does`]
  return repo.read(path).includes(wanted) ? [] : [`${path} does not say '${wanted}'`]
}

/**
 * The titles of the tests of a file, as they are written (`${…}` included). One that is skipped shows nothing and is left out.
 * @param {string} source
 * @returns {string[]}
 */
export function titlesOf(source) {
  const found = source.matchAll(/\btest(?:\.only)?\(\s*(?:'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`)/g)
  return [...found].map(([, single, double, template]) => String(single ?? double ?? template).replaceAll(/\\(['"`\\])/g, '$1'))
}

/**
 * The rules that some title names between brackets: `[R5] …`, `[R10, EMP-19] …`.
 * @param {string[]} titles
 * @returns {Set<string>}
 */
export function rulesNamedIn(titles) {
  const inBrackets = titles.flatMap((title) => [...title.matchAll(/\[([^\]]+)\]/g)].map(([, inside]) => String(inside)))
  return new Set(inBrackets.flatMap((inside) => inside.split(/[,\s]+/)).filter((word) => /^R\d+$/.test(word)))
}

/**
 * A rule that is not `missing` is named by some test. (A test may come before the page that tells of it.)
 * @param {Row[]} rows
 * @param {Set<string>} named
 * @returns {string[]}
 */
export function ruleProblems(rows, named) {
  return rows
    .filter(({ id, state }) => /^R\d+$/.test(id) && state !== 'missing' && !named.has(id))
    .map(({ page, line, id }) => `${page}:${line} ${id}: no test is titled [${id}]`)
}

/**
 * How many of a page are in each state.
 * @param {Row[]} rows
 * @returns {{ page: string, all: number } & Record<State, number>}
 */
export function sumOf(rows) {
  const of = (/** @type {State} */ state) => rows.filter((row) => row.state === state).length
  const page = basename(rows[0]?.page ?? '', '.md')
  return { page, all: rows.length, shown: of('shown'), partly: of('partly'), missing: of('missing'), later: of('later') }
}

/**
 * Reads the pages of this repository and checks them.
 * @returns {{ sums: ReturnType<typeof sumOf>[], unnamed: string[], problems: string[] }} unnamed: the rules that no test is titled by
 */
export function checkRequirements() {
  const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8')
  const readings = filesBelow([FOLDER], (path) => path.endsWith('.md')).map((page) => readPage(page, read(page)))
  const rows = readings.flatMap((one) => one.rows)
  const tests = filesBelow(TESTED, (path) => /\.test\.tsx?$/.test(path))
  const named = rulesNamedIn(tests.flatMap((path) => titlesOf(read(path))))
  const problems = [
    ...readings.flatMap((one) => one.problems),
    ...problemsOf(rows, { exists: (path) => existsSync(join(ROOT, path)), read }),
    ...ruleProblems(rows, named),
    ...(rows.length === 0 ? [`no requirement was found below ${FOLDER}: the check itself is broken`] : []),
  ]
  const unnamed = rows.map(({ id }) => id).filter((id) => /^R\d+$/.test(id) && !named.has(id))
  return { sums: readings.filter((one) => one.rows.length > 0).map((one) => sumOf(one.rows)), unnamed, problems }
}
