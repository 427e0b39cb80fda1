import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abrirDbDePrueba } from '../testing/db.ts'
import { anotar, coleccionesDe, tomarContador } from './bitacora.ts'

const db = await abrirDbDePrueba()
test.after(() => db.close())

async function unNegocio(): Promise<string> {
  const id = crypto.randomUUID()
  await db.superusuario`insert into negocios (negocio_id, numero, nombre, codigo_caja) values (${id}, 7, 'Uno', 'uno')`
  await db.superusuario`insert into contadores_negocio (negocio_id) values (${id})`
  return id
}

test('[PU2] changes take consecutive seqs and the counter ends at the last', async () => {
  const id = await unNegocio()
  const ultimo = await db.negocio(id, async (sql) => {
    const contador = await tomarContador(sql, id)
    assert.is(contador.seq, 0)
    await anotar(sql, contador, [{ coleccion: 'articulos', pk: 'a', antes: null, despues: { id: 'a', n: [1, null] } }], 1_000)
    return anotar(
      sql,
      contador,
      [
        { coleccion: 'config', pk: 'b', antes: { id: 'b' }, despues: null },
        { coleccion: 'avisos', pk: 'c', antes: null, despues: { id: 'c' } },
      ],
      1_000,
    )
  })
  assert.is(ultimo, 3)
  const filas =
    await db.superusuario`select seq, coleccion, pk, antes, despues, at from cambios_negocio where negocio_id = ${id} order by seq`
  assert.equal(
    filas.map((f) => [f.seq, f.coleccion, f.pk]),
    [
      [1, 'articulos', 'a'],
      [2, 'config', 'b'],
      [3, 'avisos', 'c'],
    ],
  )
  assert.is(filas[0].antes, null)
  assert.equal(filas[0].despues, { id: 'a', n: [1, null] })
  assert.is(filas[1].despues, null)
  const [contador] = await db.superusuario`select seq from contadores_negocio where negocio_id = ${id}`
  assert.is(contador.seq, 3)
})

test('[PU2] a transaction that fails leaves no hole', async () => {
  const id = await unNegocio()
  const falla = db.negocio(id, async (sql) => {
    await anotar(sql, await tomarContador(sql, id), [{ coleccion: 'x', pk: 'x', antes: null, despues: {} }], 1)
    throw new Error('after the log')
  })
  await falla.then(
    () => assert.unreachable(),
    () => {},
  )
  const seq = await db.negocio(id, async (sql) =>
    anotar(sql, await tomarContador(sql, id), [{ coleccion: 'x', pk: 'x', antes: null, despues: {} }], 1),
  )
  assert.is(seq, 1)
})

test('the hint names each collection once', () => {
  const c = (coleccion: string) => ({ coleccion, pk: 'p', antes: null, despues: null })
  assert.equal(coleccionesDe([c('a'), c('b'), c('a')]), ['a', 'b'])
})

test.run()
