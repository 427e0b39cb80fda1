// Which files of a build each app keeps on the device. An app keeps its own folder whole: every file of it was put there by its own graph.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { APPS } from './apps.mjs'

/** Never kept: source maps, squeezed copies, the workers' own files (a worker that keeps itself is never replaced), and what only installing reads. */
const NOT_KEPT = /\.(map|br|gz)$|(^|\/)sw\.js$|(^|\/)manifest[^/]*\.json$|^icons\//

/** @typedef {{ keep: string[], onDemand: string[] }} Precache paths relative to the build's folder, sorted */

/**
 * @param {string[]} files of the whole build, relative to its folder, with `/`
 * @param {import('./apps.mjs').App} app
 * @param {(file: string) => string[]} sourcesOf what a file was made of
 * @returns {Precache}
 */
export function precacheOf(files, app, sourcesOf) {
  const others = APPS.filter(({ folder }) => folder !== '' && folder !== app.folder).map(({ folder }) => `${folder}/`)
  const own = files.filter(
    (file) => file.startsWith(app.folder === '' ? '' : `${app.folder}/`) && !others.some((other) => file.startsWith(other)),
  )
  const wanted = own.filter((file) => !NOT_KEPT.test(file))
  const shared = files.filter((file) => app.shared.includes(file) && !wanted.includes(file))
  const later = new Set(wanted.filter((file) => [file, ...sourcesOf(file)].some((name) => app.onDemand.test(name))))
  return { keep: [...wanted.filter((file) => !later.has(file)), ...shared].sort(), onDemand: [...later].sort() }
}

/** The same for a build on disk, whose source maps say what each script was made of. */
export function precacheIn(out, app) {
  const files = filesOf(out)
  return precacheOf(files, app, (file) =>
    files.includes(`${file}.map`) ? JSON.parse(readFileSync(join(out, `${file}.map`), 'utf8')).sources : [],
  )
}

/** A file's address as the browser asks for it: an index.html is its folder. */
export const addressOf = (file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`

/** What the browser checks the bytes against before it keeps them: a server replaced in the middle of an update gives no mixed release. */
export const integrityOf = (path) => `sha256-${createHash('sha256').update(readFileSync(path)).digest('base64')}`

/** Every file below a folder, relative to it, with `/`. */
export function filesOf(folder, below = folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesOf(path, below) : [relative(below, path).split(sep).join('/')]
  })
}
