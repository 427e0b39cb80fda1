import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf, testOnlyFiles, violationsIn, violationsOf } from './walls.mjs'

const broken = (file: string, specifier: string) => violationsOf(file, `import { x } from '${specifier}'`).length > 0

const REFUSED: [string, string][] = [
  ['client/routes/index.tsx', '../../workers/replica/journal.ts'],
  ['client/routes/index.tsx', '../../workers/scanner/testing/leer-qr.ts'],
  ['client/routes/index.tsx', '../../sync-server/env.ts'],
  ['client/main.tsx', 'rxdb'],
  ['client/main.tsx', 'node:fs'],
  ['schema/core/ids.ts', '../../workers/replica/api.ts'],
  ['schema/core/ids.ts', 'node:crypto'],
  ['schema/core/ids.ts', 'rxjs'],
  ['schema/core/ids.ts', '../../package.json'],
  ['workers/replica/open.ts', '../../client/lib/format.ts'],
  ['workers/replica/open.ts', '../../sync-server/env.ts'],
  ['workers/replica/open.test.ts', '../../sync-server/testing/create-test-server.ts'],
  ['sync-server/main.ts', '../workers/replica/api.ts'],
  ['sync-server/main.ts', './testing/create-test-server.ts'],
  ['sync-server/main.test.ts', '../client/lib/format.ts'],
  ['sync-server/http/errors.ts', 'react'],
]

const ALLOWED: [string, string][] = [
  ['client/routes/index.tsx', '../../workers/replica/api.ts'],
  ['client/routes/index.tsx', '../../schema/core/ids.ts'],
  ['client/e2e/venta.test.ts', '../../scripts/lib/chromium.mjs'],
  ['client/e2e/escaner.test.ts', '../../workers/scanner/testing/leer-qr.ts'],
  ['client/main.tsx', 'react'],
  ['schema/core/ids.ts', 'zod'],
  ['schema/core/ids.test.ts', 'node:fs'],
  ['schema/core/ids.test.ts', 'uvu/assert'],
  ['workers/replica/open.ts', 'rxdb/plugins/storage-dexie'],
  ['workers/simulation/world.ts', '../../sync-server/testing/create-test-server.ts'],
  ['workers/simulation/world.ts', 'node:fs'],
  ['sync-server/db/open.ts', 'postgres'],
  ['sync-server/db/open.ts', '../../schema/core/ids.ts'],
]

for (const [file, specifier] of REFUSED) test(`refused: ${file} takes ${specifier}`, () => assert.ok(broken(file, specifier)))
for (const [file, specifier] of ALLOWED) test(`allowed: ${file} takes ${specifier}`, () => assert.not.ok(broken(file, specifier)))

test('a helper that only tests reach counts as a test; one that the server reaches too does not', () => {
  const sources = new Map([
    ['sync-server/testing/db.ts', ''],
    ['sync-server/db/contrato.ts', "import { db } from '../testing/db.ts'"],
    ['sync-server/db/casos.ts', "import './contrato.ts'"],
    ['sync-server/db/contrato.pg.test.ts', "import './casos.ts'\nimport './open.ts'"],
    ['sync-server/db/open.ts', "import { db } from '../testing/db.ts'"],
    ['sync-server/main.ts', "import './db/open.ts'"],
  ])
  const testOnly = testOnlyFiles(sources)
  assert.ok(testOnly.has('sync-server/db/contrato.ts'))
  assert.not.ok(testOnly.has('sync-server/db/open.ts'))
  assert.equal(
    violationsIn(sources).map(({ file }) => file),
    ['sync-server/db/open.ts'],
  )
})

test('a test outside the server does not take its testing folder', () => {
  const source = ['import { createTestServer } from', "'../../sync-server/testing/create-test-server.ts'"].join(' ')
  assert.is(violationsOf('workers/replica/open.test.ts', source).length, 1)
})

test('every way of importing is seen, comments are not', () => {
  const source = [
    "import './a.ts'",
    "import type { B } from './b.ts'",
    "export { c } from './c.ts'",
    "const d = await import('./d.ts?realm=1')",
    "// import './no.ts'",
    "/* import './no.ts' */",
    "import {\n  e,\n} from './e.ts'",
  ].join('\n')
  assert.equal(importsOf(source), ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts'])
})

test('a file that passes another on is refused', () => {
  assert.is(violationsOf('schema/core/all.ts', "export * from './ids.ts'")[0]?.why.includes('barrel'), true)
})

test.run()
