/** Opening the embedded database, and the template that makes it quick. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { toRun } from '../../scripts/lib/transpile.mjs'
import { openDb } from './open.ts'
import { asegurarPlantilla } from './plantilla.ts'

const raiz = fs.mkdtempSync(path.join(os.tmpdir(), 'aya-open-'))
test.after(() => fs.rmSync(raiz, { recursive: true, force: true }))

test('what was confirmed is there after closing and opening; migrations are not applied twice', async () => {
  const dataDir = path.join(raiz, 'datos')
  for (let vez = 0; vez < 3; vez++) {
    const db = await openDb({ dataDir, secretKey: 'x' })
    await db.plataforma((sql) => sql`insert into nodos values (${`vez-${vez}`}, now(), now(), '0')`)
    assert.is((await db.plataforma((sql) => sql`select count(*) from nodos`))[0]!.count, vez + 1)
    await db.close()
  }
  assert.equal(fs.readdirSync(dataDir), ['pg'])
  assert.is(fs.statSync(dataDir).mode & 0o077, 0, 'the folder is its owner’s alone')
})

test('two databases in memory know nothing of each other', async () => {
  const [uno, dos] = await Promise.all([openDb({ enMemoria: true, secretKey: 'x' }), openDb({ enMemoria: true, secretKey: 'x' })])
  await uno.plataforma((sql) => sql`insert into nodos values ('uno', now(), now(), '0')`)
  assert.is((await dos.plataforma((sql) => sql`select count(*) from nodos`))[0]!.count, 0)
  await Promise.all([uno.close(), dos.close()])
})

test('a transaction under way ends before the database closes', async () => {
  const db = await openDb({ enMemoria: true, secretKey: 'x' })
  const lenta = db.plataforma(async (sql) => {
    await sql`insert into nodos values ('lenta', now(), now(), '0')`
    await new Promise((listo) => setTimeout(listo, 50))
    return (await sql`select count(*) from nodos`)[0]!.count
  })
  await new Promise((listo) => setTimeout(listo, 10))
  const cierre = db.close()
  assert.is(await lenta, 1)
  await cierre
})

test('processes that need the same template at once make it once and get the same file', async () => {
  const cache = path.join(raiz, 'cache')
  const archivos = await Promise.all([1, 2, 3].map(() => asegurarPlantilla([], cache)))
  assert.is(new Set(archivos).size, 1)
  assert.equal(fs.readdirSync(cache), [path.basename(archivos[0]!)])
})

test('the lock of a template whose maker died is taken over', async () => {
  const cache = path.join(raiz, 'cache-muerto')
  const archivo = await asegurarPlantilla([], path.join(raiz, 'cache'))
  const candado = path.join(cache, `${path.basename(archivo)}.candado`)
  const deAyer = path.join(cache, 'plantilla-de-otras-migraciones.tar')
  fs.mkdirSync(cache)
  fs.writeFileSync(deAyer, '')
  fs.utimesSync(deAyer, 0, 0)
  fs.writeFileSync(candado, '')
  fs.utimesSync(candado, 0, 0)
  assert.is(path.basename(await asegurarPlantilla([], cache)), path.basename(archivo))
  assert.not.ok(fs.existsSync(deAyer), 'a template of migrations long gone is thrown away')
})

test('db:migrate makes the folder’s database, and says when there is nothing to do', async () => {
  const { DATABASE_URL: _, ...env } = process.env
  const correr = () =>
    promisify(execFile)(process.execPath, toRun('sync-server/db/migrate-cli.ts'), { env: { ...env, DATA_DIR: path.join(raiz, 'cli') } })
  for (let vez = 0; vez < 2; vez++) assert.match((await correr()).stdout, /\d+ migraciones, al día/)
})

test.run()
