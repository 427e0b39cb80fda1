// @timeout 400
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { freePort, type ServerProcess, startServer } from '../../scripts/lib/server-process.mjs'
import { copyWorld } from '../../scripts/lib/worlds.mjs'
import { openDb } from '../db/open.ts'
import { revisarLibro } from './kill-libro.ts'
import { altaDeEscritores, rondasDeKill } from './kill-rondas.ts'

const RONDAS = process.env.FULL ? 20 : 3
const carpetas: string[] = []
let servidor: ServerProcess | undefined

async function arranqueNuevo() {
  const carpeta = mkdtempSync(join(tmpdir(), 'aya-kill-'))
  carpetas.push(carpeta)
  return { dataDir: join(carpeta, 'data'), port: await freePort() }
}

/** Opens the folder as the next server would: with the lock, and the same checks. */
async function conLibro<T>(dataDir: string, fn: (db: Awaited<ReturnType<typeof openDb>>) => Promise<T>): Promise<T> {
  const db = await openDb({ dataDir, secretKey: 'solo lectura' })
  try {
    return await fn(db)
  } finally {
    await db.close()
  }
}

test.after.each(async () => {
  await servidor?.kill9()
  servidor = undefined
})
test.after(() => {
  for (const carpeta of carpetas) rmSync(carpeta, { recursive: true, force: true })
})

test(`[DI3] kill -9 under push load, ${RONDAS} times on the embedded database: nothing acknowledged is lost or doubled`, async () => {
  const arranque = await arranqueNuevo()
  copyWorld(arranque.dataDir)
  servidor = await startServer(arranque)
  const escritores = await altaDeEscritores(servidor.url, 5)
  servidor = await rondasDeKill(arranque, RONDAS, escritores, servidor)
  assert.ok(
    escritores.every((e) => e.reconocido > 0),
    'every till got something acknowledged',
  )

  await revisarQueEstaEnUso(arranque.dataDir)
  assert.equal(await servidor.terminate(), { code: 0, signal: null })
  const { renglones } = await conLibro(arranque.dataDir, (db) => revisarLibro(db, escritores))
  console.log(
    `${RONDAS} kills, ${renglones} entries received, ${escritores.reduce((n, e) => n + e.reconocido + 1, 0)} acknowledged to these tills`,
  )
})

test('as pid 1 of its own namespace: SIGTERM ends it cleanly, kill -9 from outside loses nothing', async () => {
  const arranque = { ...(await arranqueNuevo()), asPid1: true }
  servidor = await startServer(arranque)
  const escritores = await altaDeEscritores(servidor.url, 3)
  servidor = await rondasDeKill(arranque, 2, escritores, servidor)
  assert.equal(await servidor.terminate(), { code: 0, signal: null })
  await conLibro(arranque.dataDir, (db) => revisarLibro(db, escritores))
})

/** While a server lives its folder opens for nobody else; that it opens again after kill -9 is shown by every round. */
async function revisarQueEstaEnUso(dataDir: string): Promise<void> {
  const codigo = await openDb({ dataDir, secretKey: 'otro' }).then(
    (db) => db.close().then(() => 'opened'),
    (error: { codigo?: string; code?: string; message: string }) => error.codigo ?? error.code ?? error.message,
  )
  assert.is(codigo, 'DATOS_EN_USO')
}

test.run()
