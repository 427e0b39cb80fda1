// Finding a program, and installing Debian's package of it where that is possible (a container running as root).
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @returns {boolean} whether `path` is a file this process may execute */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** First folder of PATH holding `program`, as a full path, or null. */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program)
    if (folder && isExecutable(path)) return path
  }
  return null
}

/**
 * Installs a Debian package with apt-get, saying so. Throws with advice where that is not possible.
 * @param {string} name the package
 * @param {string} why shown to the person waiting
 */
export function installDebianPackage(name, why) {
  if (process.getuid?.() !== 0 || !which('apt-get')) throw new Error(`${why} needs ${name}: install it and try again`)
  console.log(`installing Debian's ${name} (${why})…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => {
    const result = spawnSync('apt-get', args, { env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
    if (result.status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${result.stderr || result.stdout || result.error}`)
  }
  apt('update', '-q')
  apt('install', '-y', '-q', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', name)
}
