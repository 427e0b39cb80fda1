import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './files.mjs'

/**
 * Runs a TypeScript program of the repository with this process's arguments, and ends as it ends.
 * @param {string} program path relative to the repository
 */
export function execTs(program) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, program), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(/** @type {NodeJS.Signals} */ (signal)))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
