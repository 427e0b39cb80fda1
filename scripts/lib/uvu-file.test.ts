import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { judge, runUvuFile } from './uvu-file.mjs'

const run = (name: string, limits = {}) => runUvuFile(`scripts/fixtures/uvu/${name}.ts`, limits)

test('a green file is green', async () => {
  const result = await run('green')
  assert.is(result.reason, null)
  assert.equal([result.passed, result.failed], [2, 0])
})

test('a failing test is counted once, with its output', async () => {
  const result = await run('failing')
  assert.equal([result.passed, result.failed], [1, 1])
  assert.match(result.output, 'Expected values to be strictly equal')
})

for (const name of ['throwing-before', 'throwing-after-each', 'throwing-after', 'forgotten-run', 'zero-tests', 'hanging-promise'])
  test(`a false green is a failure: ${name}`, async () => {
    const result = await run(name)
    assert.ok(result.failed >= 1, JSON.stringify(result))
    assert.ok(result.reason)
  })

test('a file that does not parse is a failure', async () => {
  assert.ok((await run('syntax-error')).failed >= 1)
})

test('everything passed and a bad exit code is a failure', async () => {
  const result = await run('bad-exit')
  assert.equal([result.passed, result.failed], [1, 1])
})

test('a test that never ends is ended and counted', async () => {
  const result = await run('hanging-timer', { timeoutMs: 3000 })
  assert.is(result.failed, 1)
  assert.match(String(result.reason), 'no end after 3 s')
})

test('a process kept alive after its summary is a failure', async () => {
  const result = await run('left-open', { lingerMs: 500 })
  assert.equal([result.passed, result.failed], [1, 1])
  assert.match(String(result.reason), 'left open')
})

test('only the last summary counts, colours or not', () => {
  const summary = (total: number, passed: number) => `\n  Total:     ${total}\u001b[32m\n  Passed:    ${passed}\u001b[39m\n  Skipped:   0\n`
  assert.is(judge(summary(9, 9) + summary(2, 2), 0, null).passed, 2)
  assert.is(judge(summary(3, 1), 1, null).failed, 2)
})

test.run()
