/** Rows written set-based are the rows that were given, of every type a table of ours has. */
import { randomUUID } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abrirDbDePrueba, type DbDePrueba } from '../testing/db.ts'
import { type Destino, guardarFilas, guardarTablas } from './filas.sql.ts'

let db: DbDePrueba
test.before(async () => {
  db = await abrirDbDePrueba()
  await db.superusuario.begin((sql) =>
    sql.unsafe(`create table muestras (negocio_id uuid, id uuid, nota_larga text, corta varchar(4), dia date, cuenta bigint,
      vale boolean, datos jsonb, visto_at timestamptz, monto numeric(10, 2), primary key (negocio_id, id));
    create table otras (id uuid primary key, numero int);
    grant select, insert, update on muestras, otras to app_plataforma`),
  )
})
test.after(() => db?.close())

const columnas = ['negocio_id', 'id', 'nota_larga', 'corta', 'dia', 'cuenta', 'vale', 'datos', 'visto_at', 'monto']
const MUESTRAS: Destino = { tabla: 'muestras', columnas, llave: ['negocio_id', 'id'], mutables: ['nota_larga', 'datos'] }
const OTRAS: Destino = { tabla: 'otras', columnas: ['id', 'numero'] }

const una = (mas: object = {}) => ({
  ...{ negocioId: randomUUID(), id: randomUUID(), notaLarga: 'con "comillas", \\ y\nrenglón 🍕', corta: 'sí', dia: '2026-11-21' },
  ...{
    cuenta: 2 ** 53 - 1,
    vale: true,
    datos: { a: [null, 1.5], 'b c': 'x' },
    vistoAt: 1_763_700_000_123,
    monto: '12.50',
    ajena: 'no column',
  },
  ...mas,
})

test('each value comes back as it went, a missing or null one is NULL, also in a column of JSON', async () => {
  const [llena, vacia] = [una(), { negocioId: randomUUID(), id: randomUUID(), datos: null }]
  const filas = await db.plataforma(async (sql) => {
    await guardarFilas(sql, MUESTRAS, [llena, vacia])
    return sql`select *, datos is null as sin_datos from muestras where negocio_id in ${sql([llena.negocioId, vacia.negocioId])} order by vale`
  })
  const { ajena: _, ...esperada } = llena
  assert.equal({ ...filas[0] }, { ...esperada, sinDatos: false })
  const nula = {
    notaLarga: null,
    corta: null,
    dia: null,
    cuenta: null,
    vale: null,
    datos: null,
    vistoAt: null,
    monto: null,
    sinDatos: true,
  }
  assert.equal({ ...filas[1] }, { ...vacia, ...nula })
})

test('an existing row takes the columns that may change, several tables go in one statement', async () => {
  const primera = una()
  const otra = { id: randomUUID(), numero: 7 }
  const [filas, numeros] = await db.plataforma(async (sql) => {
    await guardarFilas(sql, MUESTRAS, [primera])
    await guardarTablas(sql, [
      [MUESTRAS, [{ ...primera, notaLarga: 'nueva', corta: 'no', datos: [] }]],
      [OTRAS, [otra]],
      [{ ...OTRAS, tabla: 'nodos' }, []],
    ])
    return Promise.all([sql`select nota_larga, corta, datos from muestras where id = ${primera.id}`, sql`select * from otras`])
  })
  assert.equal(
    [...filas].map((f) => ({ ...f })),
    [{ notaLarga: 'nueva', corta: 'sí', datos: [] }],
  )
  assert.equal(
    [...numeros].map((f) => ({ ...f })),
    [otra],
  )
})

test('what does not fit is refused, not cut; a column that is not there is an error', async () => {
  const codigo = (destino: Destino, fila: object) =>
    db
      .plataforma((sql) => guardarFilas(sql, destino, [fila as never]))
      .then(
        () => 'written',
        (e) => e.code ?? e.message,
      )
  assert.is(await codigo(MUESTRAS, una({ corta: 'larga' })), '22001')
  assert.is(await codigo(MUESTRAS, una({ id: 'no' })), '22P02')
  assert.is(await codigo(MUESTRAS, una({ negocioId: null })), '23502')
  assert.match(await codigo({ tabla: 'otras', columnas: ['id', 'ajena'] }, una()), /otras\.ajena/)
})

test.run()
