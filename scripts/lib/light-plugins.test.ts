import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAst } from 'vite'
import { withBranches } from './branches.mjs'
import { madeWhenUsed } from './light-plugins.mjs'
import { withMutants } from './mutants.mjs'

const wrapped = (code: string) => madeWhenUsed(code, parseAst(code) as never)

test('what makes a constant is called inside a pure function; nothing else moves', () => {
  const code = `import { z } from 'zod'\nexport const uno = z.string().min(1)\nconst dos = z.object({ uno })\nexport const tres = 3\nfunction cuatro() { const x = uno.parse(1); return x }\n`
  assert.is(
    wrapped(code),
    `import { z } from 'zod'\nexport const uno = /*@__PURE__*/ (() => z.string().min(1))()\nconst dos = /*@__PURE__*/ (() => z.object({ uno }))()\nexport const tres = 3\nfunction cuatro() { const x = uno.parse(1); return x }\n`,
  )
})

test('branches: both ways of a condition, a later operand, a default', () => {
  const branches: { line: number; what: string }[] = []
  const code = `export const f = (a: number, b = 2) =>\n  a > 1 && b ? a : (a ?? b)`
  const text = withBranches('f.ts', code, branches as never)
  assert.is(branches.length, 5)
  assert.is(text.split('\n').length, 2)
  const said: number[] = []
  const $branch = Object.assign((id: number) => void said.push(id), {
    both: (yes: number, no: number, value: unknown) => {
      said.push(value ? yes : no)
      return value
    },
  })
  const js = text.replace('export const f =', 'return').replace('a: number', 'a')
  const f = new Function('$branch', js)($branch)
  assert.is(f(5), 5)
  assert.is(f(0, 1), 0)
  assert.is(new Set(said).size, 4, 'the right side of ?? was not asked for')
})

test('mistakes: none is alive unless it is named, and a line never goes on with the one before', () => {
  const mutants: { id: number; kind: string; from: string; to: string }[] = []
  const text = withMutants(
    'g.ts',
    `let x = 1\nx += a > 1 ? a?.b ?? 2 : 3\nreturn [x].some((y) => y === 1)`.replace('return', 'r ='),
    mutants as never,
  )
  const run = (alive: number) => {
    let r: unknown
    const body = new Function('a', '$mutant', `let r\n${text}\nreturn r`)
    try {
      r = body(Object.assign(Object(0), { valueOf: () => 0 }), (id: number) => id === alive)
    } catch (error) {
      r = String(error)
    }
    return r
  }
  assert.is(run(-1), false)
  for (const kind of ['assignment', 'comparison', 'condition', 'logic', 'optional', 'method', 'list', 'result', 'statement'])
    assert.ok(
      mutants.some((one) => one.kind === kind),
      kind,
    )
  assert.ok(mutants.some(({ id }) => run(id) !== false))
})

test.run()
