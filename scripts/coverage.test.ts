import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from './lib/files.mjs'

test('every branch of the rules, of money, points and merge is taken by the tests of schema/', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts/coverage.mjs')], { cwd: ROOT, encoding: 'utf8' })
  assert.is(status, 0, stdout)
})

test.run()
