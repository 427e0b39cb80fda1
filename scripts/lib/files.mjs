import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.git', 'data', 'fixtures'])

/**
 * Files below the given folders, as paths relative to the repository, sorted.
 * @param {string[]} folders relative to the repository; missing ones are skipped
 * @param {(path: string) => boolean} keep
 * @returns {string[]}
 */
export function filesBelow(folders, keep) {
  return folders
    .flatMap((folder) => (existsSync(join(ROOT, folder)) ? walk(folder) : []))
    .filter(keep)
    .sort()
}

function walk(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path)
    return [path]
  })
}

/** When the newest of these files was changed (ms), 0 for none. */
export const newest = (paths) => Math.max(0, ...paths.map((path) => statSync(join(ROOT, path)).mtimeMs))
