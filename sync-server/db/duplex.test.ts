/** Large statements through the in-process wire: every transaction ends, in its own BEGIN and COMMIT. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abrirDbDePrueba, type DbDePrueba } from '../testing/db.ts'

let db: DbDePrueba
test.before(async () => {
  db = await abrirDbDePrueba()
})
test.after(() => db.close())

test('twenty transactions at once, each writing more than a stream holds, all commit and none runs inside another', async () => {
  const texto = 'x'.repeat(10_000)
  const correr = (i: number) =>
    db.plataforma(async (sql) => {
      const [antes] = await sql<{ id: string }[]>`select txid_current()::text as id`
      // One after another: the second is written when the first was answered but its write is not over yet.
      for (let j = 0; j < 4; j++) {
        const [fila] = await sql<{ n: number }[]>`select length(${texto}) as n, ${i}::int as i`
        assert.is(fila?.n, 10_000)
        if (j % 2 === 1) await new Promise((seguir) => setImmediate(seguir)) // work between statements
      }
      const [despues] = await sql<{ id: string }[]>`select txid_current()::text as id`
      assert.is(despues?.id, antes?.id)
      return antes?.id
    })
  const alarma = setTimeout(() => {
    console.error('a COMMIT was lost')
    process.exit(1)
  }, 20_000)
  const ids = await Promise.all(Array.from({ length: 20 }, (_, i) => correr(i)))
  clearTimeout(alarma)
  assert.is(new Set(ids).size, 20)
})

test.run()
