// @timeout 1200
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { BUGS } from './bugs.mjs'
import { plantAll } from './run.mjs'

/** One at a time in the ordinary suite, where another file runs beside this one; of all bugs, those whose test is quick. */
process.env.PLANTED_JOBS ??= process.env.FULL ? '2' : '1'

test('at least 75 bugs are planted, in rules, merge, journal, projector and pull', () => {
  assert.ok(BUGS.length >= 75, `${BUGS.length}`)
  for (const folder of ['schema/domain/', 'schema/merge/', 'workers/replica/', 'sync-server/sync/'])
    assert.ok(
      BUGS.some((bug) => bug.file.startsWith(folder)),
      folder,
    )
})

test('every planted bug is caught by its test', async () => {
  const { planted, caught, problems } = await plantAll(/./, console.log, process.env.FULL !== undefined)
  assert.equal(problems, [])
  assert.is(caught, planted)
})

test.run()
