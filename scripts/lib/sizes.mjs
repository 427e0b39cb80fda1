// What each app costs its user's data plan: the JavaScript before the first screen, and all that is kept on the device. In bytes, gzip.
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { APPS } from './apps.mjs'
import { filesOf, precacheIn } from './precache.mjs'

/**
 * @typedef {object} Size
 * @property {string} name of the app
 * @property {number} entry JavaScript the page's own graph loads before anything asks for more
 * @property {number} precache everything the service worker keeps
 * @property {number} worker the service worker's own script, with its list
 * @property {{ file: string, bytes: number }[]} files of the precache, largest first
 * @property {string[]} onDemand not kept until it is used
 */

/**
 * @param {string} out the build's folder
 * @returns {Size[]}
 */
export function sizesOf(out) {
  const all = filesOf(out)
  const gzipped = (file) => gzipSync(readFileSync(join(out, file))).length
  return APPS.filter(({ folder }) => all.includes(posix.join(folder, 'sw.js'))).map((app) => {
    const { keep, onDemand } = precacheIn(out, app)
    const files = keep.map((file) => ({ file, bytes: gzipped(file) }))
    return {
      name: app.name,
      entry: total(entryGraph(out, posix.join(app.folder, 'index.html')).map((file) => ({ file, bytes: gzipped(file) }))),
      precache: total(files),
      worker: gzipped(posix.join(app.folder, 'sw.js')),
      files: files.sort((a, b) => b.bytes - a.bytes),
      onDemand,
    }
  })
}

/** The QR decoder is loaded when a camera opens. */
const DECODER = /zxing|qr-scanner|\/lector|scanner/i

/**
 * What an app must run before somebody can use it: its page's scripts and its replica's.
 * @param {string} out the build's folder
 * @param {{ folder: string }} app
 * @returns {string[]}
 */
export function beforeFirstUse(out, { folder }) {
  const first = entryGraph(out, posix.join(folder, 'index.html'))
  const workers = first.length > 0 ? replicaGraph(out, folder) : []
  return [...new Set([...first, ...workers])].filter((file) => !DECODER.test(file))
}

/** Parts of the replica that each app's worker starts with (workers/replica/worker.ts). */
const PARTS = {
  '': /\/(nucleo|puertos-navegador|aparato-studio|puertos-de-studio)-[^/]+\.js$/,
  'scanya-widget': /\/caja-[^/]+\.js$/,
}

/**
 * The replica's worker: its own script, the parts that it asks for as soon as its clock is guarded, and what those import. What any of these may ask for
 * later (the hash of a PIN) is not counted. Of the workers of a folder it is the one that names one of these parts.
 */
function replicaGraph(out, folder) {
  const read = (file) => readFileSync(join(out, file), 'utf8')
  const below = filesOf(out).filter((file) => posix.dirname(file) === posix.join(folder, 'assets') && file.endsWith('.js'))
  const core = below.find((file) => PARTS[folder]?.test(file))
  const entry = below.find((file) => /\/worker-[^/]+\.js$/.test(file) && core && read(file).includes(posix.basename(core)))
  if (!entry) return []
  const parts = below.filter((file) => PARTS[folder]?.test(file) && read(entry).includes(posix.basename(file)))
  const found = new Set()
  const queue = [entry, ...parts]
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const from = posix.dirname(file)
    queue.push(...staticImports(read(file)).map((path) => posix.join(from, path)))
  }
  return [...found]
}

const total = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0)

/** Scripts a page loads without asking: those of its HTML and what they import statically. */
export function entryGraph(out, page) {
  const found = new Set()
  const queue = scriptsOf(readFileSync(join(out, page), 'utf8'))
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue
    found.add(file)
    queue.push(...staticImports(readFileSync(join(out, file), 'utf8')).map((path) => posix.join(posix.dirname(file), path)))
  }
  return [...found].sort()
}

/** Addresses of `<script src>` and `<link rel=modulepreload>`, without the first slash. */
export const scriptsOf = (html) =>
  [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => String(path))

/** `import x from './a.js'`, `import './a.js'`, `export … from './a.js'`; not `import('./a.js')`. */
export const staticImports = (code) =>
  [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)].map(([, path]) => String(path))

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`

/** The sizes as lines of text. */
export function sizesTable(sizes) {
  const rows = sizes.map(({ name, entry, precache, worker, files }) => [name, kb(entry), kb(precache), kb(worker), String(files.length)])
  return [['gzip', 'first screen', 'kept in all', 'its worker', 'files'], ...rows]
    .map((row) => row.map((cell) => cell.padStart(13)).join(''))
    .join('\n')
}
