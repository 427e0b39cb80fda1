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
