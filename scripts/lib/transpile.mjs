// The TypeScript of the repository as JavaScript that node runs by itself, file by file, for the length of one test run.
//
// A test of the server imports some 500 modules. Under tsx each of them crosses to a loader's thread and back: 1.4 s of CPU before the first
// assertion, in every one of a hundred processes; from here it is 0.4 s. The files are not bundled, so a module is still one module, and each
// still believes it is where its source is (`import.meta.url`): what it reads or starts beside itself is the original.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { filesBelow, ROOT } from './files.mjs'
import { isAlive } from './is-alive.mjs'

const FOLDERS = ['schema', 'workers', 'sync-server', 'client', 'bench', 'scripts', 'testing']
const SOURCE = /\.tsx?$/

/**
 * node's options for what `transpile` made. Liftoff is V8's quick compiler of WebAssembly: the optimising one spends a second of CPU on the
 * embedded database, which few processes use for long enough to get it back.
 */
export const READY = ['--enable-source-maps', '--liftoff-only']

/** The same for what has no database: there WebAssembly is what hashes PINs, twice as quick when it is optimised. */
export const READY_WITHOUT_DATABASE = ['--enable-source-maps']

/**
 * What node is given to run a program of the repository: what a run of the tests made ready of it, else the source as it is installed.
 * @param {string} program its source, relative to the root
 * @param {string | undefined} [js] where the JavaScript of the run is (default: TEST_JS); '': as it is installed
 */
export const toRun = (program, js = process.env.TEST_JS) => (js ? [...READY, join(js, outputOf(program))] : ['--import', 'tsx', program])

/** Whether `transpile` makes something of it. */
export const isSource = (path) => SOURCE.test(path) && !path.endsWith('.d.ts')

/** Where `transpile` leaves what comes of a source, both relative to the root. */
export const outputOf = (file) => file.replace(SOURCE, '.js')

/**
 * Each JavaScript file by its name relative to `out`: its source, relative to the root, what it exports, and which of the others are loaded with it.
 * @typedef {Map<string, { source: string, exports: string[], imports: string[] }>} Modules
 */

/** Of everything a test run makes with esbuild. */
export const FOR_NODE = /** @type {const} */ ({ bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent' })

/** Of what is made of our own sources. */
export const OF_OURS = /** @type {const} */ ({ packages: 'external', treeShaking: false, sourcemap: 'linked' })

/**
 * Writes the JavaScript of `files` below `out`.
 * @param {{ root?: string, out: string, files?: string[], packages?: boolean }} options `root` holds the sources and, above `out`, a node_modules;
 *   `files` relative to it (default: every source of the repository's folders); `packages`: those of many files are made one, below `out` too
 * @returns {Promise<Modules>}
 * @throws when a file does not parse, naming it
 */
export async function transpile({ root = ROOT, out, files = filesBelow(FOLDERS, isSource), packages = false }) {
  /** @type {Set<string>} */
  const wanted = new Set()
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outbase: root,
    outdir: out,
    // Bundled only so that imports are seen: every one of them stays an import.
    ...FOR_NODE,
    ...OF_OURS,
    metafile: true,
    define: { 'import.meta.url': '__sourceUrl', 'import.meta.dirname': '__sourceFolder', 'import.meta.filename': '__sourceFile' },
    plugins: [...(packages ? [packagesOf(out, root, wanted)] : []), eachInItsPlace(root, out)],
  })
  if (wanted.size > 0) await bundlePackages(root, out, wanted)
  return modulesOf(metafile, root, out)
}

/** @returns {Modules} */
function modulesOf(metafile, root, out) {
  const name = (path) => slashes(relative(out, resolve(root, path)))
  const outputs = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint)
  const ours = new Set(outputs.map(([path]) => name(path)))
  return new Map(
    outputs.map(([path, { entryPoint = '', exports, imports }]) => {
      const loaded = imports
        .filter((i) => i.kind === 'import-statement' && i.path.startsWith('.'))
        .map((i) => name(join(dirname(path), i.path)))
      return [name(path), { source: entryPoint, exports, imports: loaded.filter((other) => ours.has(other)) }]
    }),
  )
}

/** @returns {import('esbuild').Plugin} */
function eachInItsPlace(root, out) {
  return {
    name: 'each-in-its-place',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return undefined
        const target = slashes(relative(root, resolve(dirname(importer), path)))
        const from = dirname(join(out, relative(root, importer)))
        return { path: placeOf({ root, out, from, target }), external: true }
      })
      onLoad({ filter: SOURCE }, ({ path }) => {
        const source = readFileSync(path, 'utf8').replace(AGAIN, '(import.meta.resolve(`$1.js$2`))')
        // On the first line, so that no other moves.
        return { contents: source.includes('import.meta.') ? whereItIs(path) + source : source, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
    },
  }
}

/** As whoever is in the folder `from` imports `target` (relative to the root, perhaps with a query): what was made of it, else the file itself. */
export function placeOf({ root, out, from, target }) {
  const [, plain = '', query = ''] = /^([^?]*)(\?.*)?$/.exec(target) ?? []
  const place = SOURCE.test(plain) ? join(out, outputOf(plain)) : join(root, plain)
  return slashes(relative(from, place)).replace(/^(?!\.)/, './') + query
}

/** `import(\`./x.ts?n=${n}\`)`, the same source as another module: esbuild would look for files of such names. */
const AGAIN = /(?<=\bimport)\(`(\.[^`$?]*)\.tsx?(\?[^`]*)`\)/g

const slashes = (path) => path.split(sep).join('/')

const whereItIs = (path) =>
  `const __sourceUrl = ${JSON.stringify(pathToFileURL(path).href)}, __sourceFile = ${JSON.stringify(path)}, __sourceFolder = ${JSON.stringify(dirname(path))}; `

/** Packages of many small files, which each process would find, read and link one by one. */
const OF_MANY_FILES = /^((zod|jose|hono|@hono\/zod-openapi|@hono\/node-server)(\/.+)?|rxdb(\/plugins\/storage-memory)?)$/
const PACKAGES = 'packages'
/** Their own dependencies stay what they are. */
const fileOf = (specifier) => `${specifier.replace(/^@/, '').replaceAll('/', '-')}.js`

/**
 * Imports of those packages go to one file of each.
 * @param {string} out
 * @param {string} [root] of the importers: below `out` they have the same places
 * @param {Set<string>} [wanted] takes what was imported
 * @returns {import('esbuild').Plugin}
 */
export function packagesOf(out, root, wanted = new Set()) {
  return {
    name: 'packages-of-many-files',
    setup({ onResolve }) {
      onResolve({ filter: OF_MANY_FILES }, ({ path, importer }) => {
        wanted.add(path)
        const from = root ? dirname(join(out, relative(root, importer))) : out
        return { path: slashes(relative(from, join(out, PACKAGES, fileOf(path)))).replace(/^(?!\.)/, './'), external: true }
      })
    },
  }
}

/** One file of each specifier, and what they share beside them: a module of theirs is still one module. */
async function bundlePackages(root, out, wanted) {
  await build({
    absWorkingDir: root,
    entryPoints: [...wanted].map((specifier) => ({ in: specifier, out: fileOf(specifier).replace(/\.js$/, '') })),
    outdir: join(out, PACKAGES),
    splitting: true,
    ...FOR_NODE,
  })
}

/**
 * A folder of this process's own for `transpile`, in the repository's .cache; those of processes that ended badly are taken away.
 * @param {string} [root]
 * @returns {{ out: string, remove: () => void }}
 */
export function transpileFolder(root = ROOT) {
  const all = join(root, '.cache', 'js')
  mkdirSync(all, { recursive: true })
  for (const name of readdirSync(all)) if (!isAlive(Number(name))) rmSync(join(all, name), { recursive: true, force: true })
  const out = join(all, String(process.pid))
  rmSync(out, { recursive: true, force: true })
  return { out, remove: () => rmSync(out, { recursive: true, force: true }) }
}
