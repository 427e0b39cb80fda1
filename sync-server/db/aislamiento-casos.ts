/** The isolation suite, registered once per engine: the product's own tables, and tables broken on purpose. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DbDePrueba } from '../testing/db.ts'
import { contarTablas, hallazgosDeAislamiento } from './aislamiento.ts'

const FORZADA = (tabla: string) => `alter table ${tabla} enable row level security; alter table ${tabla} force row level security;`
const MIA = `negocio_id = nullif(current_setting('app.negocio', true), '')::uuid`

/** What somebody in a hurry could add, and what the walk must say about it. */
const DESCUIDOS: { que: string; sql: string; dice: RegExp }[] = [
  {
    que: 'a tenant table with no policies at all, granted to the tenant',
    sql: `create table nueva (negocio_id uuid not null, id uuid not null, primary key (negocio_id, id));
      grant select, insert, update, delete on nueva to app_negocio;`,
    dice: /row security is not forced.*nueva[\s\S]*app_negocio on nueva: sees 1 rows of others/,
  },
  {
    que: 'a policy open to all',
    sql: `create table nueva (negocio_id uuid not null, id uuid not null, primary key (negocio_id, id)); ${FORZADA('nueva')}
      create policy n on nueva to app_negocio using (true) with check (${MIA}); grant select, update on nueva to app_negocio;`,
    dice: /app_negocio on nueva: sees 1 rows of others/,
  },
  {
    que: 'reading is closed, inserting for another is not',
    sql: `create table nueva (negocio_id uuid not null, id uuid not null, primary key (negocio_id, id)); ${FORZADA('nueva')}
      create policy n on nueva to app_negocio using (${MIA}) with check (true); grant select, insert on nueva to app_negocio;`,
    dice: /app_negocio on nueva: insert for another: 1 rows/,
  },
  {
    que: 'a row that can be given to another tenant',
    sql: `create table nueva (negocio_id uuid not null, id uuid not null, primary key (negocio_id, id)); ${FORZADA('nueva')}
      create policy n on nueva to app_negocio using (${MIA}) with check (true); grant select, update on nueva to app_negocio;`,
    dice: /app_negocio on nueva: giving its row away/,
  },
  {
    que: 'a shopper table that tenants read',
    sql: `create table nueva (usuario_id uuid primary key, nota text); ${FORZADA('nueva')}
      create policy n on nueva to app_negocio using (true); grant select on nueva to app_negocio;`,
    dice: /app_negocio on nueva: sees 2 rows/,
  },
  {
    que: 'a table of nobody that shoppers read',
    sql: `create table nueva (clave text primary key); ${FORZADA('nueva')}
      create policy n on nueva to app_usuario using (true); grant select on nueva to app_usuario;`,
    dice: /app_usuario on nueva: sees 1 rows/,
  },
  {
    que: 'a policy with OR, and a second policy that adds up',
    sql: `create table nueva (negocio_id uuid primary key); ${FORZADA('nueva')}
      create policy n on nueva to app_negocio using (${MIA} or ${MIA}); create policy m on nueva to app_negocio using (${MIA});`,
    dice: /contains OR: nueva\.n[\s\S]*add up on table: nueva/,
  },
  {
    que: 'a unique key without the tenant',
    sql: `create table nueva (negocio_id uuid not null, id uuid primary key, otro text unique); ${FORZADA('nueva')}`,
    dice: /does not begin with its owner: nueva_pkey[\s\S]*nueva_otro_key/,
  },
  {
    que: 'a foreign key without the tenant, and one straight to a person',
    sql: `create table madre (negocio_id uuid not null, id uuid not null unique, primary key (negocio_id, id)); ${FORZADA('madre')}
      create table nueva (negocio_id uuid primary key, de uuid references madre (id), quien uuid references usuarios (id)); ${FORZADA('nueva')}`,
    dice: /does not begin with negocio_id: nueva_de_fkey[\s\S]*without going through clientes: nueva_quien_fkey/,
  },
  {
    que: 'a view that reads as its owner, a function that runs as its owner',
    sql: `create view mirilla as select * from negocios;
      create function atajo() returns bigint language sql security definer as 'select count(*) from public.negocios';`,
    dice: /owner’s eyes.*mirilla[\s\S]*runs as its owner: atajo\(\)/,
  },
  {
    que: 'an own setting that is not the product’s: the policy reads the shopper from the tenant',
    sql: `create table nueva (negocio_id uuid not null, usuario_id uuid not null, primary key (negocio_id, usuario_id)); ${FORZADA('nueva')}
      create policy n on nueva to app_usuario using (negocio_id is not null); grant select on nueva to app_usuario;`,
    dice: /app_usuario on nueva: sees 2 rows of others[\s\S]*app_usuario with no context on nueva: sees 4 rows/,
  },
]

const LIMPIAR = `drop view if exists mirilla; drop function if exists atajo(); drop table if exists nueva; drop table if exists madre`

export function aislamiento(nombre: string, abrir: () => Promise<DbDePrueba>) {
  const test = suite(`aislamiento: ${nombre}`)
  let db: DbDePrueba

  test.before(async () => {
    db = await abrir()
  })
  test.after(() => db?.close())

  test('no tenant and no shopper reaches a row of another, in any table', async () => {
    assert.ok((await contarTablas(db)) > 30, 'the walk must find the product’s tables')
    assert.equal(await hallazgosDeAislamiento(db), [])
  })

  for (const { que, sql: texto, dice } of DESCUIDOS)
    test(`the walk notices ${que}`, async () => {
      await db.superusuario.begin((sql) => sql.unsafe(texto))
      const hallazgos = await hallazgosDeAislamiento(db, ['nueva', 'madre'])
      await db.superusuario.begin((sql) => sql.unsafe(LIMPIAR))
      assert.match(hallazgos.join('\n'), dice)
    })

  return test
}
