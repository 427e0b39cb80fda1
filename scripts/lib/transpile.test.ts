import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadedWith, pack } from './pack.mjs'
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

const SERVER: Record<string, string> = {
  's/main.ts': `import { counted, next } from './count.ts'
import { where } from './where.ts'
const late = await import('./late.ts')
next()
console.log(JSON.stringify({ counted, late: late.seen(), where, folders: [where.folder, late.folder] }))
`,
  's/count.ts': 'export let counted = 0\nexport const next = () => { counted++ }',
  's/where.ts': `import { next } from './count.ts'
next()
export const where = { url: import.meta.url, folder: import.meta.dirname }
`,
  's/late.ts': "import { counted } from './count.ts'\nexport const seen = () => counted\nexport const folder = import.meta.dirname",
}

test('what a server loads is one file, and each of its modules still one module with live bindings', async () => {
  mkdirSync(join(root, 's'), { recursive: true })
  for (const [file, text] of Object.entries(SERVER)) writeFileSync(join(root, file), text)
  const [js, out] = [join(root, '.cache/js/files'), join(root, '.cache/js/packed')]
  const modules = await transpile({ root, out: js, files: Object.keys(SERVER) })
  assert.equal(
    [...loadedWith(modules, 's/main.js')].sort(),
    ['s/count.js', 's/main.js', 's/where.js'],
    'not what is loaded when it is needed',
  )
  await pack({ root, js, out, modules, programs: ['s/main.js'] })
  const said = (folder: string) => execFileSync(process.execPath, [...READY, join(folder, 's/main.js')], { encoding: 'utf8' })
  assert.is(said(out), said(js))
  const { counted, late, where, folders } = JSON.parse(said(out))
  assert.equal([counted, late], [2, 2])
  assert.is(where.url, `file://${join(root, 's/where.ts')}`)
  assert.equal(folders, [join(root, 's'), join(root, 's')])
  assert.match(readFileSync(join(out, 's/count.js'), 'utf8'), 'packed.js')
  assert.not.match(readFileSync(join(js, 's/count.js'), 'utf8'), 'packed.js', 'the files by themselves are left as they are')
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
