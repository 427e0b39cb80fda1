/**
 * What the rest of the server may count on from a Db, whichever engine is under it. One suite, run once per engine:
 * `contrato-pglite.test.ts` and `contrato.pg.test.ts`.
 */
import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DbDePrueba } from '../testing/db.ts'
import type { Tx } from './db.ts'
import type { CodigoDb } from './errores.ts'

/** A table of the contract's own, with one column of each type the product uses. */
const ESQUEMA = `
  create table contrato (
    negocio_id uuid not null, id uuid not null, cuenta_larga bigint, momento_at timestamptz, un_dia date,
    cuerpo jsonb, texto text, monto numeric(10, 2), activo boolean, bytes bytea, etiquetas text[], cuentas bigint[],
    primary key (negocio_id, id));
  alter table contrato enable row level security;
  alter table contrato force row level security;
  create policy negocio on contrato to app_negocio
    using (negocio_id = nullif(current_setting('app.negocio', true), '')::uuid)
    with check (negocio_id = nullif(current_setting('app.negocio', true), '')::uuid);
  create policy plataforma on contrato to app_plataforma using (true) with check (true);
  grant select, insert, update, delete on contrato to app_negocio, app_plataforma;
  create table contrato_usuarios (usuario_id uuid primary key, nota text);
  alter table contrato_usuarios enable row level security;
  alter table contrato_usuarios force row level security;
  create policy usuario on contrato_usuarios to app_usuario
    using (usuario_id = nullif(current_setting('app.usuario', true), '')::uuid);
  grant select on contrato_usuarios to app_usuario;`

/** Asserts that the promise is refused with this code, PostgreSQL's or ours. */
async function rechaza(promesa: Promise<unknown>, code: string | CodigoDb): Promise<void> {
  const error = await promesa.then(
    () => assert.unreachable(`expected ${code}`),
    (e) => e,
  )
  assert.is(error.code, code, error.message)
}

/** Registers the suite. `abrir` gives a database of its own. The caller's file ends with `run()` of what this returns. */
export function contrato(nombre: string, abrir: () => Promise<DbDePrueba>) {
  const test = suite(`contrato de la base: ${nombre}`)
  let db: DbDePrueba

  test.before(async () => {
    db = await abrir()
    await db.superusuario.begin((sql) => sql.unsafe(ESQUEMA))
  })
  test.after(() => db?.close())

  /** Inserts one row with this column and gives back what comes out. */
  const ida = async (fila: Record<string, unknown>) => {
    const negocioId = randomUUID()
    return db.negocio(negocioId, async (sql) => {
      const completa = { negocioId, id: randomUUID(), ...fila }
      const [vuelta] = await sql`insert into contrato ${sql(completa as never)} returning *`
      return vuelta!
    })
  }

  test('uuid, boolean, text array and bytes come back as they went', async () => {
    const id = randomUUID()
    const vuelta = await ida({ id, activo: true, etiquetas: ['a', 'b "c"', 'ñ,{}'], bytes: Buffer.from([0, 1, 255]) })
    assert.is(vuelta.id, id)
    assert.is(vuelta.activo, true)
    assert.equal(vuelta.etiquetas, ['a', 'b "c"', 'ñ,{}'])
    assert.equal([...vuelta.bytes], [0, 1, 255])
    assert.is(vuelta.cuentaLarga, null, 'a column not given is null')
  })

  test('int8 is a number over the whole safe range, in arrays too', async () => {
    for (const n of [0, -1, 9_999_999_999, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
      assert.is((await ida({ cuentaLarga: n })).cuentaLarga, n)
    assert.equal((await ida({ cuentas: [1, Number.MAX_SAFE_INTEGER] })).cuentas, [1, Number.MAX_SAFE_INTEGER])
  })

  test('int8 beyond 2^53 throws in both directions and leaves the database usable', async () => {
    const leer = db.plataforma((sql) => sql`select 9007199254740993::int8 as n`)
    assert.instance(await leer.catch((e) => e), RangeError)
    for (let i = 0; i < 3; i++) await rechaza(ida({ cuentaLarga: 2 ** 60 }), '22P02')
    assert.is((await ida({ cuentaLarga: 7 })).cuentaLarga, 7)
  })

  test('timestamptz is milliseconds since the epoch; a Date is accepted', async () => {
    for (const ms of [0, 1_795_264_821_305, -86_400_001, Date.UTC(2100, 1, 28, 23, 59, 59, 999), 8.64e15])
      assert.is((await ida({ momentoAt: ms })).momentoAt, ms)
    assert.is((await ida({ momentoAt: new Date(1_700_000_000_123) })).momentoAt, 1_700_000_000_123)
    const [fila] = await db.plataforma((sql) => sql`select ${[1, 2]}::timestamptz[] as momentos`)
    assert.equal(fila!.momentos, [1, 2])
  })

  test('a value that cannot be written is an error, also behind other queries of the pipe', async () => {
    const circular: Record<string, unknown> = {}
    circular.yo = circular
    for (const [valor, tipo, code] of [
      [2 ** 60, 'int8', '22P02'],
      [Number.NaN, 'timestamptz', '22007'],
      [circular, 'jsonb', '22P02'],
    ] as const)
      for (let vez = 0; vez < 2; vez++) {
        const juntas = db.plataforma((sql) =>
          Promise.all([sql`select 1`, sql`select ${valor as never}::${sql.unsafe(tipo)}`, sql`select 2`]),
        )
        await rechaza(juntas, code)
      }
    const deMas = Array.from({ length: 65_535 }, (_, i) => i)
    await rechaza(
      db.plataforma((sql) => sql`select 1 where 1 in ${sql(deMas)}`),
      'MAX_PARAMETERS_EXCEEDED',
    )
    assert.is((await ida({ cuentaLarga: 8 })).cuentaLarga, 8)
  })

  test('a date stays the day it says; numeric stays text', async () => {
    const vuelta = await ida({ unDia: '2026-03-01', monto: '99999999.99' })
    assert.is(vuelta.unDia, '2026-03-01')
    assert.is(vuelta.monto, '99999999.99')
  })

  test('jsonb keys are never renamed, and any JSON value goes in', async () => {
    const raro = { snake_case: 1, camelCase: { otra_clave: [1, null, 'x'] }, '': 0, 'ñ "q"': true }
    assert.equal((await ida({ cuerpo: raro })).cuerpo, raro, 'an object may go in bare')
    // A boolean, or an array that begins with one, needs sql.json: bare, the driver declares it a boolean.
    for (const cuerpo of [raro, [true, [2]], 'solo texto', 5, false])
      assert.equal((await db.plataforma((sql) => sql`select ${sql.json(cuerpo)} as cuerpo`))[0]!.cuerpo, cuerpo)
    const [fila] = await db.plataforma((sql) => sql`select ${sql.json({ a_b: 1 })}::jsonb as un_cuerpo`)
    assert.equal(fila, { unCuerpo: { a_b: 1 } })
  })

  test('text keeps quotes, backslashes, line ends and emoji', async () => {
    for (const texto of [`O'Higgins "dice" \\ $1 %s -- ; drop`, 'línea\r\notra\t', '🍕👩‍👩‍👧 ñÁ', '', ' '])
      assert.is((await ida({ texto })).texto, texto)
  })

  test('a NUL in text is refused, not cut', async () => {
    await rechaza(ida({ texto: 'a\0b' }), '22021')
  })

  test('a parameter of 1 MB goes in and comes out', async () => {
    const texto = 'añ🍕z'.repeat(120_000)
    assert.is((await ida({ texto })).texto, texto)
  })

  test('columns are camelCase both ways; undefined is null', async () => {
    const vuelta = await ida({ cuentaLarga: undefined, momentoAt: 1 })
    assert.equal(Object.keys(vuelta).slice(0, 5), ['negocioId', 'id', 'cuentaLarga', 'momentoAt', 'unDia'])
    assert.is(vuelta.cuentaLarga, null)
  })

  test('1,000 rows in one statement', async () => {
    const negocioId = randomUUID()
    const filas = Array.from({ length: 1000 }, (_, i) => ({ negocioId, id: randomUUID(), cuentaLarga: i, cuerpo: { i }, momentoAt: i }))
    await db.negocio(negocioId, (sql) => sql`insert into contrato ${sql(filas as never)}`)
    const [suma] = await db.negocio(negocioId, (sql) => sql`select count(*), sum(cuenta_larga)::int8 as suma from contrato`)
    assert.equal(suma, { count: 1000, suma: 499_500 })
  })

  test('a throw undoes the transaction and reaches the caller as it is', async () => {
    const negocioId = randomUUID()
    const mio = new Error('mio')
    const intento = db.negocio(negocioId, async (sql) => {
      await sql`insert into contrato ${sql({ negocioId, id: randomUUID() })}`
      throw mio
    })
    assert.is(await intento.catch((e) => e), mio)
    const [fila] = await db.negocio(negocioId, (sql) => sql`select count(*) from contrato`)
    assert.is(fila!.count, 0)
  })

  test('a unique violation is 23505, and a statement error leaves the connection usable', async () => {
    const negocioId = randomUUID()
    const fila = { negocioId, id: randomUUID() }
    const dosVeces = db.negocio(negocioId, async (sql) => {
      await sql`insert into contrato ${sql(fila)}`
      await sql`insert into contrato ${sql(fila)}`
    })
    await rechaza(dosVeces, '23505')
    await rechaza(
      db.plataforma((sql) => sql`select no_existe from contrato`),
      '42703',
    )
    await rechaza(
      db.plataforma((sql) => sql.unsafe('esto no es sql')),
      '42601',
    )
    for (let i = 0; i < 20; i++) assert.is((await ida({ cuentaLarga: i })).cuentaLarga, i)
  })

  test('a caught error inside does not hide that the transaction is lost', async () => {
    const negocioId = randomUUID()
    const terco = db.negocio(negocioId, async (sql) => {
      await sql`insert into contrato ${sql({ negocioId, id: randomUUID() })}`
      await sql`select 1 / 0`.catch(() => {})
      return 'todo bien'
    })
    await rechaza(terco, '22012')
  })

  test('a savepoint is undone alone', async () => {
    const negocioId = randomUUID()
    const cuenta = await db.negocio(negocioId, async (sql) => {
      await sql`insert into contrato ${sql({ negocioId, id: randomUUID() })}`
      await sql.savepoint((sp) => sp`select 1 / 0`).catch(() => {})
      return (await sql`select count(*) from contrato`)[0]!.count
    })
    assert.is(cuenta, 1)
  })

  test('a tenant sees and writes its own rows only', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    const deA = { negocioId: a, id: randomUUID() }
    await db.negocio(a, (sql) => sql`insert into contrato ${sql(deA)}`)
    const ver = (quien: string) => db.negocio(quien, async (sql) => (await sql`select count(*) from contrato`)[0]!.count)
    assert.is(await ver(a), 1)
    assert.is(await ver(b), 0)
    const robar = await db.negocio(b, (sql) => sql`update contrato set texto = 'mio' where id = ${deA.id}`)
    assert.is(robar.count, 0)
    await rechaza(
      db.negocio(b, (sql) => sql`insert into contrato ${sql({ ...deA, id: randomUUID() })}`),
      '42501',
    )
  })

  test('a shopper sees its own rows only, and no tenant table that has no policy for it', async () => {
    const [x, y] = [randomUUID(), randomUUID()]
    await db.superusuario.begin(
      (sql) =>
        sql`insert into contrato_usuarios ${sql([
          { usuarioId: x, nota: 'x' },
          { usuarioId: y, nota: 'y' },
        ])}`,
    )
    assert.equal([...(await db.usuario(x, (sql) => sql`select nota from contrato_usuarios`))], [{ nota: 'x' }])
    await rechaza(
      db.usuario(x, (sql) => sql`select * from contrato`),
      '42501',
    )
  })

  test('context and role end with the transaction', async () => {
    const id = randomUUID()
    const mirar = async (sql: Tx) => {
      const [fila] = await sql`select current_user::text as rol, current_setting('app.negocio', true) as negocio,
        current_setting('app.usuario', true) as usuario`
      return [fila!.rol, fila!.negocio || '', fila!.usuario || '']
    }
    // At once and more than the pool has connections: each of them has been a tenant's and a shopper's.
    for (const visto of await Promise.all(Array.from({ length: 30 }, () => db.negocio(id, mirar))))
      assert.equal(visto, ['app_negocio', id, ''])
    for (const visto of await Promise.all(Array.from({ length: 30 }, () => db.usuario(id, mirar))))
      assert.equal(visto, ['app_usuario', '', id])
    for (const visto of await Promise.all(Array.from({ length: 30 }, () => db.plataforma(mirar))))
      assert.equal(visto, ['app_plataforma', '', ''])
  })

  test('the id of a context must be a UUID', async () => {
    for (const malo of ['', 'x', `${randomUUID()}'; drop table contrato; --`, `${randomUUID()}\n`, undefined, 5]) {
      await rechaza(
        db.negocio(malo as string, () => 1),
        'ID_INVALIDO',
      )
      await rechaza(
        db.usuario(malo as string, () => 1),
        'ID_INVALIDO',
      )
    }
  })

  test('50 promises at once: each sees its own tenant', async () => {
    const ids = Array.from({ length: 50 }, () => randomUUID())
    const vueltas = await Promise.all(
      ids.map((negocioId, i) =>
        db.negocio(negocioId, async (sql) => {
          await sql`insert into contrato ${sql({ negocioId, id: randomUUID(), cuentaLarga: i })}`
          return [...(await sql`select negocio_id, cuenta_larga from contrato`)]
        }),
      ),
    )
    assert.equal(
      vueltas,
      ids.map((negocioId, i) => [{ negocioId, cuentaLarga: i }]),
    )
  })

  test('queries of one transaction may be sent together', async () => {
    const numeros = await db.negocio(randomUUID(), (sql) =>
      Promise.all([1, 2, 3].map(async (n) => (await sql`select ${n}::int as n, ${'x'.repeat(n)}::text as x`)[0])),
    )
    assert.equal(numeros, [
      { n: 1, x: 'x' },
      { n: 2, x: 'xx' },
      { n: 3, x: 'xxx' },
    ])
  })

  test('a context inside a context throws at once; after it ended, work it left behind may open its own', async () => {
    const id = randomUUID()
    await rechaza(
      db.negocio(id, () => db.negocio(id, () => 1)),
      'TRANSACCION_ANIDADA',
    )
    await rechaza(
      db.plataforma(async (sql) => {
        await sql`select 1`
        return db.usuario(id, () => 1)
      }),
      'TRANSACCION_ANIDADA',
    )
    let despues: Promise<number> | undefined
    let terminar = () => {}
    const fin = new Promise<void>((listo) => (terminar = listo))
    await db.negocio(id, () => {
      despues = fin.then(() => db.negocio(id, () => 2))
    })
    terminar()
    assert.is(await despues, 2)
  })

  test('read only and isolation are asked for', async () => {
    const escribir = db.negocio(
      randomUUID(),
      (sql) => sql`insert into contrato (negocio_id, id) values (${randomUUID()}, ${randomUUID()})`,
      { soloLectura: true },
    )
    await rechaza(escribir, '25006')
    const [fila] = await db.plataforma((sql) => sql`select current_setting('transaction_isolation') as nivel`, {
      isolation: 'repeatable read',
    })
    assert.is(fila!.nivel, 'repeatable read')
  })

  test('a transaction that cannot even begin leaves its connection to the others', async () => {
    for (let i = 0; i < 12; i++)
      await rechaza(
        db.plataforma(() => assert.unreachable(), { isolation: 'ninguno' as never }),
        '42601',
      )
    const juntas = await Promise.all(Array.from({ length: 12 }, () => db.plataforma((sql) => sql`select current_user as yo`)))
    assert.ok(juntas.every(([fila]) => fila!.yo === 'app_plataforma'))
  })

  test('a plan remembered from a small table is not used once much was written', async () => {
    const negocioId = randomUUID()
    const sembrar = (n: number) =>
      db.negocio(negocioId, (sql) => {
        const filas = Array.from({ length: n }, () => ({ id: randomUUID() }))
        return sql`insert into contrato (negocio_id, id) select ${negocioId}, x.id from jsonb_to_recordset(${sql.json(filas)}) as x(id uuid)`
      })
    /** The plan this connection uses for the statement, once it remembers one. */
    const plan = () =>
      db.negocio(negocioId, async (sql) => {
        await sql`select texto from contrato where negocio_id = ${negocioId} and id = ${negocioId} /* contado */`
        const [suya] = await sql<{ name: string }[]>`select name from pg_prepared_statements where statement like '%contado */' limit 1`
        const filas = await sql.unsafe(`explain (costs off) execute "${suya!.name}" ('${negocioId}', '${negocioId}')`)
        return filas.map((fila) => fila['QUERY PLAN']).join(' ')
      })
    await db.superusuario.begin((sql) => sql.unsafe('truncate contrato'))
    await sembrar(3)
    await db.superusuario.begin((sql) => sql.unsafe('analyze contrato'))
    for (let i = 0; i < 80; i++) await plan()
    assert.match(await plan(), /Seq Scan/)
    for (let i = 0; i < 4; i++) await sembrar(1_500)
    assert.match(await plan(), /Index Scan/)
  })

  test('avisar reaches who listens, on the engine that has other nodes', async () => {
    const oidos: string[] = []
    let primero = () => {}
    const llego = new Promise<void>((listo) => (primero = listo))
    const callar = await db.escuchar('contrato', (texto) => {
      oidos.push(texto)
      primero()
    })
    await db.avisar('contrato', `uno ' dos`)
    if (db.motor === 'postgres') await llego
    await callar()
    await db.avisar('contrato', 'nadie')
    assert.equal(oidos, db.motor === 'postgres' ? [`uno ' dos`] : [])
  })

  test('close may be called twice; afterwards a query is refused', async () => {
    const otra = await abrir()
    await otra.close()
    await otra.close()
    assert.instance(await otra.plataforma((sql) => sql`select 1`).catch((e) => e), Error)
  })

  return test
}
