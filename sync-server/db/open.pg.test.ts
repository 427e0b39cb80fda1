/** Opening PostgreSQL, and living with its accidents. */
import { randomUUID } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA, type DbPgDePrueba } from '../testing/db.ts'
import { openDb } from './open.ts'
import { comoDueno } from './open-postgres.ts'
import { claveDeAcceso, rolDeAcceso } from './roles.ts'

let db: DbPgDePrueba
test.before(async () => {
  db = await abrirDbPgDePrueba({ conexiones: 3 })
})
test.after(() => db?.close())

/** Cuts every connection of the application to this database, as a restart of PostgreSQL would. */
const cortar = () =>
  comoDueno(
    db.databaseUrl,
    (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename like 'anunciaya_app%'`,
  )

const falla = (promesa: Promise<unknown>) =>
  promesa.then(
    () => assert.unreachable(),
    (e) => e,
  )

const codigoDe = (promesa: Promise<unknown>): Promise<string> =>
  promesa.then(
    () => '',
    (e) => e.code,
  )

test('a connection cut in the middle of a transaction fails it, undoes it, and the pool recovers', async () => {
  const id = randomUUID()
  const error = await falla(
    db.plataforma(async (sql) => {
      await sql`insert into nodos values (${id}, now(), now(), '0')`
      await cortar()
      await sql`select 1`
    }),
  )
  assert.ok(['57P01', 'CONNECTION_CLOSED', 'CONNECTION_DESTROYED'].includes(error.code), error.code)
  const [fila] = await db.plataforma((sql) => sql`select count(*) from nodos where id = ${id}`)
  assert.is(fila!.count, 0)
})

test('whoever still holds a cut transaction cannot write into the next one of that connection', async () => {
  const una = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 1 })
  let seguir = () => {}
  const espera = new Promise<void>((listo) => (seguir = listo))
  const tardias: Promise<string>[] = []
  const codigo = (promesa: PromiseLike<unknown>) =>
    Promise.resolve(promesa).then(
      () => 'escrita',
      (e) => e.code,
    )
  const primera = una.plataforma(async (sql) => {
    const guardada = sql`insert into nodos values ('guardada', now(), now(), '0')`
    await sql.savepoint(async (sp) => {
      await cortar()
      await espera
      tardias.push(codigo(sp`insert into nodos values ('tarde-punto', now(), now(), '0')`))
    })
    tardias.push(codigo(guardada))
  })
  assert.is((await falla(primera)).code, 'CONNECTION_CLOSED')
  await una.plataforma(async (sql) => {
    await sql`insert into nodos values ('segunda', now(), now(), '0')`
    seguir()
    await new Promise((listo) => setTimeout(listo, 30))
    await sql`select 1`
  })
  assert.equal(await Promise.all(tardias), ['CONNECTION_CLOSED'])
  const [fila] = await una.plataforma((sql) => sql`select array_agg(id) as ids from nodos where version = '0' and id !~ '-.*-'`)
  assert.equal(fila!.ids, ['segunda'])
  await una.close()
})

test('cuts at any moment: what was confirmed is there, what failed is not half there, nobody hangs', async () => {
  const una = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 4 })
  const confirmados: string[] = []
  const escribir = async (id: string) => {
    try {
      await una.plataforma(async (sql) => {
        await sql`insert into nodos values (${`${id}.1`}, now(), now(), 'par')`
        await Promise.all([sql`select pg_sleep(0.002)`, sql`insert into nodos values (${`${id}.2`}, now(), now(), 'par')`])
      })
      confirmados.push(id)
    } catch (error) {
      assert.match(`${(error as { code: string }).code}`, /^(CONNECTION_|57P0|ECONN|EPIPE)/)
    }
  }
  const trabajo = Promise.all(
    Array.from({ length: 8 }, async (_, w) => {
      for (let i = 0; i < 30; i++) await escribir(`${w}_${i}`)
    }),
  )
  for (let i = 0; i < 12; i++) {
    await new Promise((listo) => setTimeout(listo, 15))
    await cortar()
  }
  await trabajo
  const pares = await una.plataforma(
    (sql) => sql`select split_part(id, '.', 1) as id, count(*) as n from nodos where version = 'par' group by 1`,
  )
  assert.ok(confirmados.length > 0 && confirmados.length < 240, `${confirmados.length} of 240: the cuts must have hit`)
  for (const par of pares) assert.is(par.n, 2, par.id)
  const hay = new Set(pares.map((p) => p.id))
  for (const id of confirmados) assert.ok(hay.has(id), id)
  await una.close()
})

test('connections cut while idle, or while they connect: whoever comes next does not notice, and no promise is left alone', async () => {
  const sueltas: unknown[] = []
  const anotar = (error: unknown) => sueltas.push(error)
  process.on('unhandledRejection', anotar)
  const una = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 4 })
  for (let i = 0; i < 10; i++) {
    const dormidas = Array.from({ length: 4 }, () => codigoDe(una.plataforma((sql) => sql`select pg_sleep(0.01)`)))
    if (i % 2) await Promise.all([cortar(), ...dormidas])
    await Promise.all(dormidas)
    await cortar()
    const filas = await Promise.all(Array.from({ length: 4 }, () => una.plataforma((sql) => sql`select array['a', ${`b${i}`}] as ab`)))
    for (const [fila] of filas) assert.equal(fila!.ab, ['a', `b${i}`])
  }
  await una.close()
  await new Promise((listo) => setImmediate(listo))
  process.off('unhandledRejection', anotar)
  assert.equal(sueltas, [])
})

test('who listens hears again after its connection was cut', async () => {
  const oidos: string[] = []
  let despierta = () => {}
  const callar = await db.escuchar('cortes', (texto) => {
    oidos.push(texto)
    despierta()
  })
  await cortar()
  // A wake sent while nobody listens is lost: it is sent until heard.
  await new Promise<void>((listo) => {
    const insistir = setInterval(() => void db.avisar('cortes', 'sigue').catch(() => {}), 50)
    despierta = () => {
      clearInterval(insistir)
      listo()
    }
  })
  assert.ok(oidos.includes('sigue'))
  await callar()
})

test('two nodes: one tells, the other hears; their own context each', async () => {
  const otro = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 2 })
  const oido = new Promise<string>((listo) => void otro.escuchar('nodos', listo).then(() => db.avisar('nodos', 'desde el primero')))
  assert.is(await oido, 'desde el primero')
  await otro.close()
})

test('a row locked by one transaction makes the other wait and then see what it wrote', async () => {
  const id = randomUUID()
  await db.plataforma((sql) => sql`insert into nodos values (${id}, now(), now(), '0')`)
  const subir = () =>
    db.plataforma(async (sql) => {
      const [fila] = await sql`select version from nodos where id = ${id} for update`
      await sql`update nodos set version = ${String(Number(fila!.version) + 1)} where id = ${id}`
    })
  await Promise.all(Array.from({ length: 20 }, subir))
  const [fila] = await db.plataforma((sql) => sql`select version from nodos where id = ${id}`)
  assert.is(fila!.version, '20')
})

test('what was imported is known to the planner once the server has opened it', async () => {
  // A table of its own, which the database's own daemon lets alone: another may have been counted before.
  await db.superusuario`create table importada (texto text) with (autovacuum_enabled = false)`
  await db.superusuario`alter table importada enable row level security`
  await db.superusuario`insert into importada select repeat('x', 100) from generate_series(1, 2000)`
  await (await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA, conexiones: 1 })).close()
  const [fila] = await db.superusuario`select reltuples::int as filas from pg_class where relname = 'importada'`
  assert.is(fila.filas, 2_000)
  await db.superusuario`drop table importada`
})

test('the server never logs in as the owner, and its login has no right of its own', async () => {
  const [fila] = await db.plataforma((sql) => sql`select session_user::text as yo, current_database()::text as base`)
  assert.is(fila!.yo, rolDeAcceso(fila!.base))
  const [dueno] = await db.superusuario`select tableowner::text as d from pg_tables where tablename = 'negocios'`
  assert.is.not(dueno.d, fila!.yo)
})

test('an owner who is no superuser can install it all, and a data migration that would see nothing is an error', async () => {
  const base = `aya_${randomUUID().replaceAll('-', '')}`
  const dueno = `${base}_d`
  const url = new URL(db.databaseUrl)
  await comoDueno(db.databaseUrl, async (sql) => {
    await sql.unsafe(`create role ${dueno} login createrole password 'clave'`)
    await sql.unsafe(`create database ${base} owner ${dueno}`)
  })
  Object.assign(url, { username: dueno, password: 'clave', pathname: `/${base}` })
  const suya = await openDb({ databaseUrl: url.toString(), secretKey: 'la suya' })
  assert.is((await suya.plataforma((sql) => sql`select count(*) from negocios`))[0]!.count, 0)
  await suya.close()
  const error = await falla(
    comoDueno(url.toString(), (sql) => sql.begin((tx) => tx.unsafe('set local row_security = off; update negocios set nombre = nombre'))),
  )
  assert.is(error.code, '42501')
  await comoDueno(db.databaseUrl, async (sql) => {
    await sql.unsafe(`drop database ${base} with (force)`)
    await sql.unsafe(`drop role ${rolDeAcceso(base)}`)
    await sql.unsafe(`drop role ${dueno}`)
  })
})

test('a server that is not there, or a database that is not, says so without the password', async () => {
  const url = new URL(db.databaseUrl)
  url.password = 'secreta-de-verdad'
  url.pathname = '/no_existe'
  const lejos = new URL(url)
  lejos.port = '1'
  for (const mala of [url, lejos]) {
    const error = await falla(openDb({ databaseUrl: mala.toString(), secretKey: 'x' }))
    assert.is(error.code, 'BASE_NO_RESPONDE')
    assert.not.match(error.message, /secreta/)
  }
})

test('two keys give two passwords, one key always the same', () => {
  assert.is(claveDeAcceso('a'), claveDeAcceso('a'))
  assert.is.not(claveDeAcceso('a'), claveDeAcceso('b'))
  assert.match(rolDeAcceso('Una "base" rara'), /^anunciaya_app_[0-9a-f]{8}$/)
})

test.run()
