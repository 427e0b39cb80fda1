import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { filesBelow, newest, ROOT } from './files.mjs'

/** The last file a build writes: one that broke half-way has none. */
const OUT = 'client/dist/sw.js'
const INPUTS = [
  'vite.config.ts',
  'package-lock.json',
  ...['apps', 'apps-plugin', 'first-screen', 'precache', 'precompress', 'light-plugins'].map((name) => `scripts/lib/${name}.mjs`),
]

/** Whether client/dist is missing or older than something it is made of. */
export function clientIsStale() {
  if (!existsSync(join(ROOT, OUT))) return true
  const sources = filesBelow(['client', 'workers', 'schema'], (path) => !/\.test\.tsx?$|\.md$|^client\/e2e\//.test(path))
  return newest([...sources, ...INPUTS]) > statSync(join(ROOT, OUT)).mtimeMs
}

/**
 * Builds client/dist with vite, in a process of its own, unless it is already up to date.
 * @param {{ always?: boolean }} [options]
 * @returns {boolean} whether it was built now. Throws with vite's output when the build fails.
 */
export function buildClient({ always = false } = {}) {
  if (!always && !clientIsStale()) return false
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, encoding: 'utf8' })
  if (result.status !== 0) {
    const said = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`
    throw new Error(`the client does not build:\n${stripVTControlCharacters(said)}`)
  }
  return true
}
