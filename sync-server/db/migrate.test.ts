/** Migrations on the embedded engine. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashDeMigraciones, leerMigraciones, type Migracion, migrar } from './migrate.ts'
import { sqlSobrePglite } from './pglite-duplex.ts'
import { asegurarPlantilla, leerPlantilla } from './plantilla.ts'
import type { Sql } from './tipos.ts'

let pg: PGlite
let sql: Sql
let fila = 0

const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'aya-mig-'))
test.before(async () => {
  pg = await PGlite.create({ loadDataDir: leerPlantilla(await asegurarPlantilla([], cache)) })
  sql = sqlSobrePglite(pg)
})
test.after(async () => {
  await sql?.end()
  await pg?.close()
  fs.rmSync(cache, { recursive: true, force: true })
})
// Each test has its own history: names that follow one another, in an emptied table.
test.before.each(async () => {
  fila++
  await sql`delete from migraciones`
})

const una = (n: number, texto: string): Migracion => ({ nombre: `000${n}-x${fila}.sql`, texto, hash: `hash de ${texto}` })
const codigo = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'bien',
    (e) => e.code,
  )

test('applies what is missing, in order, once', async () => {
  const dos = [una(1, 'create table a (n int)'), una(2, 'insert into a values (1); insert into a values (2)')]
  assert.equal(
    await migrar(sql, dos),
    dos.map((m) => m.nombre),
  )
  assert.equal(await migrar(sql, dos), [])
  const tres = [...dos, una(3, 'insert into a values (3)')]
  assert.equal(await migrar(sql, tres), [tres[2]!.nombre])
  assert.equal([...(await sql`select n from a order by n`)], [{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('a file that fails leaves nothing of itself, keeps those before, and says its name', async () => {
  const malas = [una(1, 'create table b (n int)'), una(2, 'create table c (n int); insert into no_existe values (1)')]
  const error = await migrar(sql, malas).then(
    () => assert.unreachable(),
    (e) => e,
  )
  assert.is(error.code, 'MIGRACION_FALLIDA')
  assert.match(error.message, malas[1]!.nombre)
  assert.equal(await sql`select to_regclass('b')::text as b, to_regclass('c')::text as c`.then((r) => r[0]), { b: 'b', c: null })
  assert.equal(await migrar(sql, [malas[0]!, una(2, 'create table c (n int)')]), [malas[1]!.nombre])
})

test('an applied file that changed, vanished, or was slipped in before is refused', async () => {
  const [a, b] = [una(1, 'select 1'), una(3, 'select 3')]
  await migrar(sql, [a, b])
  assert.is(await codigo(migrar(sql, [a, { ...b, hash: 'otro' }])), 'MIGRACION_CAMBIADA')
  assert.is(await codigo(migrar(sql, [a])), 'MIGRACION_CAMBIADA')
  assert.is(await codigo(migrar(sql, [a, una(2, 'select 2'), b])), 'MIGRACION_CAMBIADA')
  assert.is(await codigo(migrar(sql, [a, b])), 'bien')
})

test('a folder is read in order; line ends of another system are the same file', () => {
  const carpeta = fs.mkdtempSync(path.join(cache, 'm-'))
  fs.writeFileSync(`${carpeta}/0002-b.sql`, 'select 2;\nselect 3;\n')
  fs.writeFileSync(`${carpeta}/0001-a.sql`, 'select 1;\n')
  fs.writeFileSync(`${carpeta}/notas.md`, 'no')
  const antes = leerMigraciones(carpeta)
  assert.equal(
    antes.map((m) => m.nombre),
    ['0001-a.sql', '0002-b.sql'],
  )
  fs.writeFileSync(`${carpeta}/0002-b.sql`, 'select 2;\r\nselect 3;\r\n')
  assert.is(hashDeMigraciones(leerMigraciones(carpeta)), hashDeMigraciones(antes))
  fs.writeFileSync(`${carpeta}/0002-b.sql`, 'select 2;\n')
  assert.is.not(hashDeMigraciones(leerMigraciones(carpeta)), hashDeMigraciones(antes))
})

test.run()
