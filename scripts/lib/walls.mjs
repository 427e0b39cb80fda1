// Who may import whom. The compiler's project references stop most of it; these are the walls it cannot see: which folder of a
// wing is its face, which package belongs to one wing alone, and no file that only passes others on.
//
//   schema <- workers <- client      (client takes only workers/*/api.ts)        schema <- sync-server
import { posix } from 'node:path'

/** @typedef {{ file: string, imports: string, why: string }} Violation */

const SCHEMA_PACKAGES = new Set(['zod', 'canonicalize'])
const TEST_PACKAGES = new Set(['uvu', 'fast-check'])
const WINGS = new Set(['schema', 'workers', 'sync-server', 'client', 'bench', 'scripts'])

/** A package only some folders may use. */
const OWNED_PACKAGES = [
  { packages: ['rxdb', 'dexie'], folders: ['workers/replica/', 'workers/simulation/', 'bench/'], why: 'only the replica worker sees RxDB' },
  {
    packages: ['postgres', '@electric-sql/pglite'],
    folders: ['sync-server/', 'workers/simulation/', 'bench/', 'scripts/'],
    why: 'the database belongs to the server',
  },
  {
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi'],
    folders: ['sync-server/', 'workers/simulation/', 'bench/', 'scripts/'],
    why: 'HTTP is served by the server',
  },
  { packages: ['react', 'react-dom'], folders: ['client/'], why: 'screens belong to the client' },
]

/**
 * The walls broken by a set of files.
 * @param {Map<string, string>} sources path relative to the repository → text
 * @returns {Violation[]}
 */
export function violationsIn(sources) {
  const testOnly = testOnlyFiles(sources)
  return [...sources].flatMap(([file, source]) => violationsOf(file, source, testOnly.has(file)))
}

/**
 * Files that only tests reach: suites two tests share, helpers that live beside what they help to test.
 * @param {Map<string, string>} sources
 * @returns {Set<string>}
 */
export function testOnlyFiles(sources) {
  /** @type {Map<string, string[]>} */
  const importers = new Map()
  for (const [file, source] of sources)
    for (const specifier of importsOf(source).filter((each) => each.startsWith('.'))) {
      const target = resolveFrom(file, specifier)
      importers.set(target, [...(importers.get(target) ?? []), file])
    }
  const found = new Set([...sources.keys()].filter(isTestCode))
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const [target, from] of importers) if (from.every((file) => found.has(file))) found.add(target)
  }
  return found
}

/**
 * The walls broken by one file.
 * @param {string} file path relative to the repository
 * @param {string} source
 * @param {boolean} [testOnly] only tests reach it
 * @returns {Violation[]}
 */
export function violationsOf(file, source, testOnly = isTestCode(file)) {
  const broken = importsOf(source).flatMap((specifier) => {
    const why = specifier.startsWith('.')
      ? whyNotFile(file, resolveFrom(file, specifier), testOnly)
      : whyNotPackage(file, specifier, testOnly)
    return why ? [{ file, imports: specifier, why }] : []
  })
  if (isBarrel(source)) broken.push({ file, imports: 'export * from', why: 'no barrel files: import from the file that has it' })
  return broken
}

/** Every specifier of `import … from`, `export … from`, `import '…'` and `import('…')`, comments left out. */
export function importsOf(source) {
  const code = withoutComments(source)
  const found = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g)
  return [...found].map((match) => String(match[2]).split('?')[0] ?? '')
}

const withoutComments = (source) => source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

const isBarrel = (source) => /^\s*export\s+\*\s+from\b/m.test(withoutComments(source))

const resolveFrom = (file, specifier) => posix.normalize(posix.join(posix.dirname(file), specifier))

/** May run in Node although its wing does not: tests, what helps them, and the simulation. */
export const isTestCode = (file) =>
  /\.test\.tsx?$/.test(file) ||
  (/\/testing\//.test(file) && !file.startsWith('schema/')) ||
  /^(workers\/simulation|client\/e2e)\//.test(file)

function whyNotFile(file, target, testOnly) {
  const from = wingOf(file)
  const to = wingOf(target)
  if (target.startsWith('sync-server/testing/') && !mayTestTheServer(file, testOnly))
    return 'only the simulation and the server’s own tests take sync-server/testing'
  if (from === to || !WINGS.has(from)) return null
  if (to === 'scripts' && testOnly) return null
  if (from === 'schema') return to === '' && testOnly ? null : 'schema imports nothing outside schema'
  if (from === 'workers') return to === 'schema' || (to === 'sync-server' && testOnly) ? null : 'workers import only schema'
  if (from === 'sync-server') return to === 'schema' ? null : 'the server imports only schema'
  // What a worker’s own tests use to look at pictures, a journey may use too.
  if (from === 'client' && testOnly && /^workers\/[^/]+\/testing\//.test(target)) return null
  if (from === 'client') return whyNotFromClient(target, to)
  return null
}

function whyNotFromClient(target, to) {
  if (to === 'schema' || /^workers\/[^/]+\/api\.ts$/.test(target)) return null
  return to === 'workers' ? 'the client sees a worker only through its api.ts' : 'the client imports only schema and the workers’ faces'
}

const mayTestTheServer = (file, testOnly) =>
  file.startsWith('sync-server/testing/') ||
  file.startsWith('workers/simulation/') ||
  file.startsWith('bench/') ||
  (file.startsWith('sync-server/') && testOnly)

function whyNotPackage(file, specifier, testOnly) {
  const name = packageOf(specifier)
  const from = wingOf(file)
  if (specifier.startsWith('node:')) {
    const noNode = (from === 'schema' || from === 'workers' || from === 'client') && !testOnly
    return noNode ? `${from} runs in a browser: no Node` : null
  }
  if (from === 'schema' && !SCHEMA_PACKAGES.has(name) && !TEST_PACKAGES.has(name))
    return `schema takes only ${[...SCHEMA_PACKAGES].join(', ')}`
  const owned = OWNED_PACKAGES.find(({ packages }) => packages.includes(name))
  return owned && WINGS.has(from) && !owned.folders.some((folder) => file.startsWith(folder)) && !testOnly ? owned.why : null
}

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** The top folder of a path, '' for a file of the root. */
function wingOf(path) {
  const [top, rest] = path.split('/', 2)
  return rest === undefined ? '' : (top ?? '')
}
