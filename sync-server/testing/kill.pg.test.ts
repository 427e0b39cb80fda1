// @timeout 400
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { freePort, type ServerProcess, startServer } from '../../scripts/lib/server-process.mjs'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA, type DbPgDePrueba } from './db.ts'
import { revisarLibro } from './kill-libro.ts'
import { altaDeEscritores, rondasDeKill } from './kill-rondas.ts'

const RONDAS = process.env.FULL ? 20 : 3
const dataDir = mkdtempSync(join(tmpdir(), 'aya-kill-pg-'))
let servidor: ServerProcess | undefined
let base: DbPgDePrueba | undefined

test.after(async () => {
  await servidor?.kill9()
  await base?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

test(`[DI3] kill -9 under push load, ${RONDAS} times on PostgreSQL: nothing acknowledged is lost or doubled`, async () => {
  base = await abrirDbPgDePrueba()
  const arranque = { dataDir, port: await freePort(), databaseUrl: base.databaseUrl, secretKey: CLAVE_DE_PRUEBA }
  servidor = await startServer(arranque)
  const escritores = await altaDeEscritores(servidor.url, 6)
  servidor = await rondasDeKill(arranque, RONDAS, escritores, servidor)
  assert.ok(
    escritores.every((e) => e.reconocido > 0),
    'every till got something acknowledged',
  )
  assert.equal(await servidor.terminate(), { code: 0, signal: null })
  const { renglones } = await revisarLibro(base, escritores)
  console.log(`${RONDAS} kills, ${renglones} entries received`)
})

test.run()
