import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../schema/core/tiempo.ts'
import { ErrorDeArranque } from '../env.ts'
import { abrirDbDePrueba, type DbDePrueba } from '../testing/db.ts'
import { exigirMismaClave } from './huella.ts'
import { cargarLlaves } from './llaves.ts'

let db: DbDePrueba
const CLAVE = 'la clave de estas pruebas'
const INICIO = Date.UTC(2026, 10, 21)

test.before(async () => {
  db = await abrirDbDePrueba()
})
test.after(() => db.close())

const kids = async (dia: number) => {
  const { actual, publicas } = await cargarLlaves(db, CLAVE, INICIO + dia * DIA)
  return { actual: actual.kid, publicas: publicas.map((p) => p.kid) }
}

test('the first key is made once, by whichever node comes first', async () => {
  const [a, b] = await Promise.all([cargarLlaves(db, CLAVE, INICIO), cargarLlaves(db, CLAVE, INICIO)])
  assert.is(a.actual.kid, 1)
  assert.is(b.actual.publicaBase64, a.actual.publicaBase64)
  assert.not.ok(a.actual.privada.extractable)
})

test('the private part is nowhere in the clear, and opens only with the key it was kept with', async () => {
  const [fila] = await db.superusuario`select privada_cifrada from llaves_plataforma`
  const bytes = Buffer.from(fila.privadaCifrada, 'base64')
  assert.is(bytes.indexOf(Buffer.from([0x30, 0x81])), -1, 'no PKCS#8 header')
  let error: unknown
  await cargarLlaves(db, 'otra clave cualquiera', INICIO).catch((e) => {
    error = e
  })
  assert.instance(error, ErrorDeArranque)
})

test('a successor exists a day before it signs; the one before is good 21 days more', async () => {
  assert.equal(await kids(88), { actual: 1, publicas: [1] })
  assert.equal(await kids(89.5), { actual: 1, publicas: [1, 2] })
  assert.equal(await kids(90), { actual: 2, publicas: [1, 2] })
  assert.equal(await kids(110.9), { actual: 2, publicas: [1, 2] })
  assert.equal(await kids(111), { actual: 2, publicas: [2] })
})

test('after a stop of a year a new key signs at once', async () => {
  const { actual, publicas } = await kids(500)
  assert.is(actual, 3)
  assert.equal(publicas, [3])
})

test('a key that ended still proves what it signed', async () => {
  const { porKid, publicas } = await cargarLlaves(db, CLAVE, INICIO + 500 * DIA)
  assert.equal([...porKid.keys()], [1, 2, 3])
  assert.is(publicas.length, 1)
})

test('the database refuses another SECRET_KEY', async () => {
  await exigirMismaClave(db, CLAVE)
  await exigirMismaClave(db, CLAVE)
  let error: unknown
  await exigirMismaClave(db, 'otra clave cualquiera').catch((e) => {
    error = e
  })
  assert.instance(error, ErrorDeArranque)
  assert.not.match(JSON.stringify(await db.superusuario`select * from secretos`), CLAVE)
})

test.run()
