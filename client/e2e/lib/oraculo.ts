/** The separate fold of the simulation over what a server left in its folder, in a process of its own: a journey knows nothing of databases. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../../scripts/lib/files.mjs'
import { READY } from '../../../scripts/lib/transpile.mjs'

const REVISAR = 'workers/simulation/oraculo/revisar-carpeta'
const comoSeInstalo = ['--import', 'tsx', `${REVISAR}.ts`]
const programa = process.env.TEST_JS ? [...READY, join(process.env.TEST_JS, `${REVISAR}.js`)] : comoSeInstalo

/** The server must have ended. Gives how many entries it had accepted. @throws with what the ledger has and the oracle has not, or the other way round */
export async function revisarCarpeta(dataDir: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...programa, dataDir], { cwd: ROOT })
  return (JSON.parse(stdout) as { recibidos: number }).recibidos
}
