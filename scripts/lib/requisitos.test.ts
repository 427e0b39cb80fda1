import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { checkRequirements, problemsOf, readPage, ruleProblems, rulesNamedIn, sumOf, titlesOf } from './requisitos.mjs'

const REPO: Record<string, string> = {
  'schema/venta.test.ts': `test('[R2] a sale', () => {})\ntest.skip('asleep', () => {})`,
  'docs/evidence.md': '| 2026 | 20 rounds, 0 lost |',
  'docs/till.png': '',
}
const repo = { exists: (path: string) => path in REPO, read: (path: string) => REPO[path] ?? '' }
const fila = (id: string, state: string, proof = '') => `| ${id} | asks | ${state} | ${proof} |`
const leer = (...lineas: string[]) => readPage('p.md', ['| id | asks | state | proof |', '|---|---|---|---|', ...lineas].join('\n'))
const fallas = (...lineas: string[]) => problemsOf(leer(...lineas).rows, repo)

test('rows are lines of a table that begin with an id; a bar inside a cell is escaped', () => {
  const { rows, problems } = leer(
    fila('SCAN-01', 'partly: no \\| photo', '`a › b \\| c`, and `docs/till.png`'),
    'SCAN-02 is spoken of here',
  )
  assert.equal(problems, [])
  assert.equal(rows, [
    { page: 'p.md', line: 3, id: 'SCAN-01', asks: 'asks', state: 'partly', why: 'no | photo', proofs: ['a › b | c', 'docs/till.png'] },
  ])
})

test('a row that cannot be read is told, not skipped', () => {
  assert.is(leer('| SCAN-01 | asks | nearly | |').problems.length, 1)
  assert.is(leer('| SCAN-01 | asks | shown |').problems.length, 1)
})

test('a proof that is there: the exact title of a test, a picture, a figure of the evidence', () => {
  const proofs = '`schema/venta.test.ts › [R2] a sale`, `docs/till.png`, `docs/evidence.md › 20 rounds, 0 lost`'
  assert.equal(fallas(fila('SCAN-01', 'shown', proofs)), [])
})

for (const [name, proof] of [
  ['a title that no test has', 'schema/venta.test.ts › a sale'],
  ['a test that is skipped', 'schema/venta.test.ts › asleep'],
  ['a file that does not exist', 'schema/compra.test.ts › [R2] a sale'],
  ['a file of tests without saying which', 'schema/venta.test.ts'],
  ['a picture that does not exist', 'docs/card.png'],
  ['a figure that the evidence does not say', 'docs/evidence.md › 21 rounds'],
] as const)
  test(`no proof: ${name}`, () => {
    assert.is(fallas(fila('SCAN-01', 'shown', `\`${proof}\``)).length, 1)
  })

test('a state is carried by its proofs, and what is not shown says why', () => {
  assert.match(fallas(fila('SCAN-01', 'shown'))[0] ?? '', /shown by nothing/)
  for (const state of ['partly', 'missing', 'later']) assert.match(fallas(fila('SCAN-01', state))[0] ?? '', /say what is missing/)
  assert.match(fallas(fila('SCAN-01', 'missing: a till', '`docs/till.png`'))[0] ?? '', /partly there/)
})

test('an id stands once, and none is left out', () => {
  assert.match(fallas(fila('SCAN-01', 'missing: all'), fila('SCAN-01', 'missing: all'))[0] ?? '', /already on line 3/)
  assert.equal(fallas(fila('SCAN-01', 'missing: all'), fila('SCAN-03', 'missing: all')), ['p.md: SCAN 2 was left out'])
})

test('titles of any quotes, as they are written', () => {
  assert.equal(titlesOf(`test('a \\'b\\'', f)\ntest("c's", f)\n  test(\`d \${e}\`, f)`), ["a 'b'", "c's", `d \${e}`])
})

test('a rule that is told of is named by a title, between brackets', () => {
  const named = rulesNamedIn(['[R2] one', 'R3: not named', '[SCAN-24, R11] another', '[DI9] [R10] a third'])
  assert.equal([...named], ['R2', 'R11', 'R10'])
  const { rows } = leer(fila('R1', 'missing: all'), fila('R2', 'shown', '`docs/till.png`'), fila('R3', 'shown', '`docs/till.png`'))
  assert.equal(ruleProblems(rows, named), ['p.md:5 R3: no test is titled [R3]'])
})

test('a page is summed by state', () => {
  const { rows } = leer(fila('SCAN-01', 'missing: all'), fila('SCAN-02', 'later: reviews'), fila('SCAN-03', 'shown', '`docs/till.png`'))
  assert.equal(sumOf(rows), { page: 'p', all: 3, shown: 1, partly: 0, missing: 1, later: 1 })
})

test('every proof of this repository exists', () => assert.equal(checkRequirements().problems, []))

test.run()
