import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { describeFile, order, runPlan } from './schedule.mjs'

test('a file declares how it runs in its first lines', () => {
  const item = describeFile('workers/simulation/long.test.ts', '// @serial\n// @timeout 600\nimport "x"\n')
  assert.equal([item.serial, item.full, item.timeoutMs], [true, false, 600_000])
  assert.is(describeFile('a.test.ts', `${'x\n'.repeat(20)}// @serial`).serial, false)
})

test('what a file needs is seen by its name or its source', () => {
  assert.is(describeFile('a.pg.test.ts', '').postgres, true)
  assert.is(describeFile('a.test.ts', ['process.env.TEST', 'PG_URL'].join('_')).postgres, true)
  assert.equal([describeFile('client/e2e/a.test.ts', '').browser, describeFile('client/e2e/a.test.ts', '').build], [true, true])
})

test('long files first, serial ones last and alone', async () => {
  const files = ['a.test.ts', 'b.test.ts', 'c.pg.test.ts'].map((file) => describeFile(file, ''))
  const plan = order([...files, describeFile('s.test.ts', '// @serial')], { 'b.test.ts': 100 })
  let now = 0
  let most = 0
  const seen: string[] = []
  await runPlan(plan, 2, async ({ file }) => {
    most = Math.max(most, ++now)
    assert.ok(file !== 's.test.ts' || now === 1)
    seen.push(file)
    await new Promise((resolve) => setImmediate(resolve))
    now--
  })
  assert.equal(seen, ['b.test.ts', 'c.pg.test.ts', 'a.test.ts', 's.test.ts'])
  assert.is(most, 2)
})

test.run()
