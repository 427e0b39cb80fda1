import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { READY, transpile } from './transpile.mjs'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'aya-transpile-')))
test.after(() => rmSync(root, { recursive: true, force: true }))

const SOURCES: Record<string, string> = {
  'package.json': '{ "type": "module" }',
  'a/entry.ts': `import { readFileSync } from 'node:fs'
import { where, type Nothing } from './deep/where.ts'
import { plain } from '../plain.mjs'
const lazy = await import('./deep/where.ts')
const others = [await import('./deep/where.ts?realm=2'), await import(\`./deep/where.ts?realm=\${3}\`)]
let thrown = ''
try { where.fail(3 satisfies Nothing) } catch (error) { thrown = (error as Error).stack ?? '' }
const text = readFileSync(new URL('./beside.txt', import.meta.url), 'utf8')
console.log(JSON.stringify({ same: lazy.where === where, others: others.filter((other) => other.where === where).length, plain, text, thrown, folder: import.meta.dirname }))
`,
  'a/deep/where.ts': `export type Nothing = number

export const where = {
  fail(n: number): never {
    throw new Error(\`number \${n}\`)
  },
}
`,
  'a/beside.txt': 'beside the source',
  'plain.mjs': 'export const plain = import.meta.url',
}

test('what is made runs by itself: same modules, files beside the source, errors at the lines of the source', async () => {
  for (const [file, text] of Object.entries(SOURCES)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  await transpile({ root, out: join(root, '.cache/js/1'), files: ['a/entry.ts', 'a/deep/where.ts'] })
  const said = JSON.parse(execFileSync(process.execPath, [...READY, join(root, '.cache/js/1/a/entry.js')], { encoding: 'utf8' }))
  assert.is(said.same, true, 'one source is one module')
  assert.is(said.others, 0, 'under a query it is another')
  assert.match(said.plain, /\/plain\.mjs$/)
  assert.not.match(said.plain, '.cache', 'what needs no work is read where it is')
  assert.is(said.text, 'beside the source')
  assert.is(said.folder, join(root, 'a'))
  assert.match(said.thrown, /a\/deep\/where\.ts:5/)
})

test('a source that does not parse is named', async () => {
  writeFileSync(join(root, 'broken.ts'), 'const = 1')
  const message = await transpile({ root, out: join(root, '.cache/js/2'), files: ['broken.ts'] }).then(
    () => 'made',
    (error: Error) => error.message,
  )
  assert.match(message, 'broken.ts')
})

test.run()
