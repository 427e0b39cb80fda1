/** VACUUM ANALYZE on the embedded engine: it does its work, a till gets in between, and the session is the application's again. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { analizarDesconocidas } from './mantener.ts'
import { type Abierta, abrirEnMemoria } from './open-pglite.ts'
import { revisarAislamiento } from './probe.ts'

let base: Abierta
test.before(async () => {
  base = await abrirEnMemoria()
})
test.after(() => base?.db.close())

const medir = async (tabla: string) => {
  const [fila] = await base.sql<{ bytes: number; filas: number }[]>`
    select pg_relation_size(oid) as bytes, reltuples::float8 as filas from pg_class where relname = ${tabla}`
  return fila!
}

/** Where a crash would begin to read the log, in bytes since ever. */
const puntoDeControl = async () => Number((await base.sql`select redo_lsn - '0/0'::pg_lsn as bytes from pg_control_checkpoint()`)[0]!.bytes)

/** As the boot asks: who is this, and does anything show without a context. */
async function esDeLaAplicacion() {
  const [yo] = await base.sql`select session_user as sesion, current_user as actual`
  assert.equal({ ...yo }, { sesion: 'anunciaya_app', actual: 'anunciaya_app' })
  await revisarAislamiento(base.sql)
}

test('tables with rows that nobody ever counted are counted, once', async () => {
  await base.db.plataforma((sql) => sql`insert into nodos select 'importado ' || n, now(), now(), '0' from generate_series(1, 2000) n`)
  await base.sql.unsafe('set session authorization postgres')
  assert.is(await analizarDesconocidas(base.sql), 1)
  assert.is(await analizarDesconocidas(base.sql), 0)
  await base.sql.unsafe('set session authorization anunciaya_app')
  assert.is((await medir('nodos')).filas, 2_000)
  await base.db.plataforma((sql) => sql`delete from nodos`)
})

test('dead rows go, the planner knows the live ones, and nothing shows without a context', async () => {
  const { db } = base
  for (let i = 0; i < 50; i++) await db.plataforma((sql) => sql`insert into nodos values (${`n${i}`}, now(), now(), '0')`)
  const girar = (veces: number) =>
    db.plataforma(async (sql) => {
      for (let i = 0; i < veces; i++) await sql`update nodos set latido_at = now(), version = ${String(i)}`
    })
  await girar(40)
  const { bytes } = await medir('nodos')
  const antes = await puntoDeControl()
  assert.ok((await db.mantener()) > 30)
  assert.ok((await puntoDeControl()) > antes, 'its log may go: the engine alone keeps all of it until it closes')
  assert.is((await medir('nodos')).filas, 50)
  await esDeLaAplicacion()
  await girar(30)
  assert.ok((await medir('nodos')).bytes <= bytes, 'the room of dead rows is used again')
})

test('a till waits for one table, not for all; its transaction is its own tenant’s', async () => {
  const { db } = base
  let terminado = false
  const cuidado = db.mantener().finally(() => {
    terminado = true
  })
  const vistas: string[] = []
  let antes = 0
  for (let i = 0; i < 5; i++) {
    const id = crypto.randomUUID()
    const filas = await db.negocio(
      id,
      (sql) => sql<{ quien: string; negocio: string }[]>`
      select current_user as quien, current_setting('app.negocio') as negocio`,
    )
    assert.is(filas[0]!.negocio, id)
    vistas.push(filas[0]!.quien)
    if (!terminado) antes++
  }
  await cuidado
  assert.equal(vistas, Array(5).fill('app_negocio'))
  assert.is(antes, 5, 'the transactions were done before the care was')
  await esDeLaAplicacion()
})

test('a VACUUM that fails leaves the session the application’s', async () => {
  await base.sql.unsafe('set session authorization postgres')
  await base.sql.unsafe(`create table rota (n int); create function mal(n int) returns int immutable language plpgsql as $$ begin
    if n > 0 then raise exception 'planted'; end if; return n; end $$;
    insert into rota values (0); create index on rota (mal(n)); alter table rota disable trigger all;
    create or replace function mal(n int) returns int immutable language plpgsql as $$ begin raise exception 'planted'; end $$`)
  await base.sql.unsafe('set session authorization anunciaya_app')
  const dicho = await base.db.mantener().then(
    () => '',
    (e) => e.message,
  )
  assert.match(dicho, /planted/)
  const [yo] = await base.sql`select session_user as sesion`
  assert.is(yo!.sesion, 'anunciaya_app')
  await base.sql.unsafe('set session authorization postgres')
  await base.sql.unsafe('drop table rota; drop function mal(int)')
  await base.sql.unsafe('set session authorization anunciaya_app')
  await esDeLaAplicacion()
})

test('nothing is begun after the limit; inside a transaction it is refused, not waited for', async () => {
  assert.is(await base.db.mantener(-1), 0)
  const dentro = await base.db.plataforma(() => base.db.mantener().catch((e) => e.code))
  assert.is(dentro, 'TRANSACCION_ANIDADA')
  await esDeLaAplicacion()
})

test.run()
