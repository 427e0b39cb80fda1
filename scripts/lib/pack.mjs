// The modules of the server as one file, for the processes of a test run that load all of them.
//
// A test of the server loads some 400 modules of ours, and each costs a process more than a millisecond of CPU to find, read and link: more than to
// run it. Here they are bundled into one file, and where each of them was a line hands on its exports. For whoever imports it nothing changes:
// one source is still one module, with the same bindings.
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { FOR_NODE, OF_OURS, packagesOf, placeOf } from './transpile.mjs'

/** The one file, in the folder of the JavaScript. */
const PACKED = 'packed.js'

/**
 * Which modules are loaded with a program, itself included; not what it imports when it is needed.
 * @param {import('./transpile.mjs').Modules} modules
 * @param {string} program as in `modules`
 * @returns {Set<string>}
 */
export function loadedWith(modules, program) {
  const found = new Set([program])
  for (const name of found) for (const other of modules.get(name)?.imports ?? []) found.add(other)
  return found
}

/**
 * Gives what `transpile` made a second folder, where what is loaded with the programs is one file. The programs stay as they are: to import one
 * is to run it.
 * @param {{ root: string, js: string, out: string, modules: import('./transpile.mjs').Modules, programs: string[] }} options `js` is the folder of
 *   `transpile` and `modules` what it gave; `out` is made anew; `programs` as in `modules`
 */
export async function pack({ root, js, out, modules, programs }) {
  const names = [...new Set(programs.flatMap((program) => [...loadedWith(modules, program)]))].filter((name) => !programs.includes(name))
  rmSync(out, { recursive: true, force: true })
  const packed = new Set(names)
  linkAll(js, out, (file) => !packed.has(file.replace(/\.map$/, '')))
  await bundle({ root, out, modules, names })
  names.forEach((name, i) => {
    const from = posix.relative(posix.dirname(name), PACKED)
    const exported = exportsOf(modules, name).map((one) => `${inPack(i, one)} as ${one}`)
    writeFileSync(join(out, name), `export { ${exported.join(', ')} } from '${from.startsWith('.') ? from : `./${from}`}'\n`)
  })
}

/** The same files under another folder; of those that are not kept the folders alone. */
function linkAll(from, to, keep, below = '') {
  mkdirSync(join(to, below), { recursive: true })
  for (const entry of readdirSync(join(from, below), { withFileTypes: true })) {
    const path = posix.join(below, entry.name)
    if (entry.isDirectory()) linkAll(from, to, keep, path)
    else if (keep(path)) linkSync(join(from, path), join(to, path))
  }
}

/** A name of the pack's own for what the n-th module calls `name`. */
const inPack = (n, name) => `_${n}_${name}`

const exportsOf = (modules, name) => modules.get(name)?.exports ?? []

/** Writes the one file. They are in the order in which the programs load them. */
function bundle({ root, out, modules, names }) {
  const sources = names.map((name) => modules.get(name)?.source ?? '')
  const inside = new Set(sources)
  const lines = names.map((name, i) => {
    const exported = exportsOf(modules, name).map((one) => `${one} as ${inPack(i, one)}`)
    return `export { ${exported.join(', ')} } from ${JSON.stringify(join(root, sources[i] ?? ''))}`
  })
  return build({
    absWorkingDir: root,
    stdin: { contents: lines.join('\n'), resolveDir: root, sourcefile: PACKED },
    outfile: join(out, PACKED),
    ...FOR_NODE,
    ...OF_OURS,
    sourcesContent: false,
    plugins: [packagesOf(out), outside(root, out, inside)],
  })
}

/** In one scope with others, each says by itself where it is. */
function sourceAt(path) {
  const where = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path }
  return readFileSync(path, 'utf8').replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, what) => JSON.stringify(where[what]))
}

/** @returns {import('esbuild').Plugin} What is not in the pack is imported from its place, and what is knows where its source is. */
function outside(root, out, inside) {
  return {
    name: 'outside',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
        const target = posix.normalize(posix.join(posix.dirname(posix.relative(root, importer)), path))
        return inside.has(target) ? undefined : { path: placeOf({ root, out, from: out, target }), external: true }
      })
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({ contents: sourceAt(path), loader: path.endsWith('x') ? 'tsx' : 'ts' }))
    },
  }
}
