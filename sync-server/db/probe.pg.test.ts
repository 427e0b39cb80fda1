/** The boot probe on PostgreSQL, through the door everybody uses: the server does not open a broken database. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA, type DbPgDePrueba } from '../testing/db.ts'
import { openDb } from './open.ts'
import { comoDueno } from './open-postgres.ts'
import { FILAS, ROTURAS } from './probe-casos.ts'
import { rolDeAcceso } from './roles.ts'

let db: DbPgDePrueba
test.before(async () => {
  db = await abrirDbPgDePrueba()
  await db.superusuario.begin((sql) => sql.unsafe(FILAS))
})
test.after(() => db?.close())

const abrir = async () => {
  try {
    const otra = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA })
    await otra.close()
    return ''
  } catch (e) {
    return (e as Error).message
  }
}

const propioRol = () => rolDeAcceso(new URL(db.databaseUrl).pathname.slice(1))

for (const { que, romper, componer, nombra } of ROTURAS.filter((r) => !r.deCluster))
  test(`does not open with ${que}`, async () => {
    await db.superusuario.begin((sql) => sql.unsafe(romper))
    const dicho = await abrir()
    await db.superusuario.begin((sql) => sql.unsafe(componer))
    assert.match(dicho, /^BASE_INSEGURA/)
    assert.match(dicho, nombra)
    assert.is(await abrir(), '')
  })

for (const atributo of ['superuser', 'bypassrls', 'inherit'])
  test(`does not open when its own login is ${atributo}`, async () => {
    await db.superusuario.begin((sql) => sql.unsafe(`alter role ${propioRol()} ${atributo}`))
    const dicho = await abrir()
    await db.superusuario.begin((sql) => sql.unsafe(`alter role ${propioRol()} no${atributo}`))
    assert.match(dicho, /^BASE_INSEGURA/)
    assert.is(await abrir(), '')
  })

test('a database migrated by another key gets that key: the password is set again', async () => {
  const otra = await openDb({ databaseUrl: db.databaseUrl, secretKey: 'otra clave' })
  await otra.close()
  assert.is(await abrir(), '')
})

test('two nodes that boot at once on an empty database both open it', async () => {
  const base = `${new URL(db.databaseUrl).pathname.slice(1)}_n`
  const databaseUrl = db.databaseUrl.replace(/[^/]+$/, base)

  await comoDueno(db.databaseUrl, (sql) => sql.unsafe(`create database ${base}`))
  const nodos = await Promise.all([1, 2, 3].map(() => openDb({ databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 1 })))
  for (const nodo of nodos) assert.is((await nodo.plataforma((sql) => sql`select 1::int as n`))[0]!.n, 1)
  await Promise.all(nodos.map((n) => n.close()))
  await comoDueno(db.databaseUrl, async (sql) => {
    await sql.unsafe(`drop database ${base} with (force)`)
    await sql.unsafe(`drop role ${rolDeAcceso(base)}`)
  })
})

test.run()
