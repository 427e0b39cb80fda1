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
  const worlds = ['const mundo = new Mundo()', "new Mundo()\nmundo.entorno = { DEMO_DIAS: '2' }", ''].map(
    (source) => describeFile('a.test.ts', source).world,
  )
  assert.equal(worlds, ['0', '2', null])
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

test('journeys wait more than they compute: with two jobs one of the others runs beside two of them, and two of the others after them', async () => {
  const journeys = ['1', '2', '3'].map((n) => describeFile(`client/e2e/${n}.e2e.test.ts`, ''))
  const others = [...'abcdefgh'].map((name) => describeFile(`${name}.test.ts`, ''))
  const now = { journeys: 0, others: 0 }
  const seen = new Set<string>()
  await runPlan(order([...journeys, ...others], {}), 2, async ({ browser }) => {
    now[browser ? 'journeys' : 'others']++
    seen.add(`${now.journeys} + ${now.others}`)
    await new Promise((resolve) => setTimeout(resolve, browser ? 20 : 10))
    now[browser ? 'journeys' : 'others']--
  })
  assert.ok(seen.has('2 + 1') && seen.has('0 + 2'), [...seen].join())
  assert.not(
    [...seen].some((running) => running.endsWith('+ 2') && !running.startsWith('0')),
    [...seen].join(),
  )
})

test.run()
