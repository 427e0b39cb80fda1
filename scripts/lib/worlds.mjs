// Demo worlds for the length of one test run: each is made once, by a server that ends well, and copied for whoever wants one.
//
// A server's first start builds its database, sees it to the disk and tells the demo's story: 5 s of CPU, 8 with two days of it. On a copy it is a
// start like any other: 2.5.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, startServer } from './server-process.mjs'

/** Below the folder of the run's JavaScript, which goes with the run. */
const folderOf = (js, days) => join(js, 'worlds', days)

/**
 * Makes the world that a server with DEMO_DIAS=`days` makes.
 * @param {{ js: string, days: string }} options `js`: where `transpile` left its JavaScript
 * @throws when the server does not get ready, or does not end by itself
 */
export async function makeWorld({ js, days }) {
  const dataDir = folderOf(js, days)
  const server = await startServer({ dataDir, port: await freePort(), js, env: { DEMO_DIAS: days } })
  const { code } = await server.terminate()
  if (code !== 0) throw new Error(`the server of the demo world ended with ${code}\n${server.output()}`)
}

/**
 * Leaves a copy of the world where a server's data goes, when this run has it. Without one the server makes its own.
 * @param {string} dataDir must not exist yet
 * @param {string} [days] as DEMO_DIAS
 */
export function copyWorld(dataDir, days = '0') {
  const world = process.env.TEST_JS && folderOf(process.env.TEST_JS, days)
  if (world && existsSync(world)) execFileSync('cp', ['-a', world, dataDir])
}
