/** The separate fold of the simulation over what a server left in its folder, in a process of its own: a journey knows nothing of databases. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '../../../scripts/lib/files.mjs'
import { toRun } from '../../../scripts/lib/transpile.mjs'

const programa = toRun('workers/simulation/oraculo/revisar-carpeta.ts')

/** The server must have ended. Gives how many entries it had accepted. @throws with what the ledger has and the oracle has not, or the other way round */
export async function revisarCarpeta(dataDir: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...programa, dataDir], { cwd: ROOT })
  return (JSON.parse(stdout) as { recibidos: number }).recibidos
}
