/** A commit on the embedded database reaches the disk. Counts the real calls, because every layer below has a way not to make them. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from './db.ts'
import { openDb } from './open.ts'
import { abrirDurable, parametrosDurables } from './pglite-durable.ts'

const raiz = fs.mkdtempSync(path.join(os.tmpdir(), 'aya-fsync-'))
const originales = { fsync: fs.fsyncSync }
let db: Db | undefined

test.after(async () => {
  fs.fsyncSync = originales.fsync
  await db?.close()
  fs.rmSync(raiz, { recursive: true, force: true })
})

/** How many fsyncs really happen on regular files of the cluster while `fn` runs. */
async function contar(fn: () => Promise<unknown>): Promise<number> {
  let n = 0
  fs.fsyncSync = (fd) => {
    originales.fsync(fd)
    if (fs.fstatSync(fd).isFile()) n++
  }
  try {
    await fn()
  } finally {
    fs.fsyncSync = originales.fsync
  }
  return n
}

test('every committed transaction is fsynced before it is answered', async () => {
  db = await openDb({ dataDir: path.join(raiz, 'datos'), secretKey: 'x' })
  for (let i = 0; i < 25; i++) {
    const n = await contar(() => db!.plataforma((sql) => sql`insert into nodos values (${`nodo-${i}`}, now(), now(), '0')`))
    assert.ok(n >= 1, `commit ${i} was answered with no fsync`)
  }
})

test('a transaction that only reads costs none', async () => {
  assert.is(await contar(() => db!.plataforma((sql) => sql`select count(*) from nodos`)), 0)
})

test('the server says so itself: fsync, method and synchronous_commit', async () => {
  const [fila] = await db!.plataforma(
    (sql) => sql`select current_setting('fsync') as fsync, current_setting('wal_sync_method') as metodo,
      current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as paginas`,
  )
  assert.equal(fila, { fsync: 'on', metodo: 'fsync', commit: 'on', paginas: 'on' })
})

test('-F, which turns fsync off, is in the defaults and not in ours', () => {
  assert.ok(PGlite.defaultStartParams.includes('-F'), 'the defaults changed: read pglite-durable.ts again')
  assert.not.ok(parametrosDurables(PGlite.defaultStartParams).includes('-F'))
})

test('the counter counts: the same commits with -F back make no fsync', async () => {
  const pg = await PGlite.create({ dataDir: path.join(raiz, 'flojo') })
  await pg.exec('create table t (n int)')
  assert.is(await contar(() => pg.exec('insert into t values (1)')), 0)
  await pg.close()
})

test('a first start leaves a cluster whose files are all on the disk', async () => {
  const vistos = new Set<string>()
  fs.fsyncSync = (fd) => {
    originales.fsync(fd)
    vistos.add(fs.readlinkSync(`/proc/self/fd/${fd}`))
  }
  const otra = await openDb({ dataDir: path.join(raiz, 'nueva'), secretKey: 'x' }).finally(() => {
    fs.fsyncSync = originales.fsync
  })
  await otra.close()
  const nueva = fs.realpathSync(path.join(raiz, 'nueva'))
  for (const archivo of ['PG_VERSION', 'global/pg_control', 'base/5']) assert.ok(vistos.has(`${nueva}/pg.nuevo/${archivo}`), archivo)
  assert.ok(vistos.has(nueva), 'the rename itself')
})

test('a folder written by abrirDurable opens again with what it confirmed', async () => {
  const carpeta = path.join(raiz, 'directa')
  const uno = await abrirDurable(carpeta)
  await uno.exec('create table t (n int); insert into t values (7)')
  await uno.close()
  const dos = await abrirDurable(carpeta)
  assert.equal((await dos.query('select n from t')).rows, [{ n: 7 }])
  await dos.close()
})

test.run()
