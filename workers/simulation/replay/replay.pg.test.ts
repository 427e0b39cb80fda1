/** The same day on a real PostgreSQL. */
import { test } from 'uvu'
import { abrirDbPgDePrueba, type DbPgDePrueba } from '../../../sync-server/testing/db.ts'
import { elSabadoCuadra, loMaloSeRechaza } from './replay.ts'

let db: DbPgDePrueba
test.before(async () => {
  db = await abrirDbPgDePrueba()
})
test.after(() => db.close())

test('the pizzeria Saturday, offline until closing time: the ledger equals the file', () => elSabadoCuadra(db))
test('wrong lines are refused with number, code and reason; the rest goes on', () => loMaloSeRechaza(db))

test.run()
