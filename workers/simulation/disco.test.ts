/** The simulated disk does what a disk does: what was committed stays, what was not is gone, and the dead write nothing. */
import { createRxDatabase } from 'rxdb'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { almacenEn, Disco, notasEn, nuevaMemoria } from './disco.ts'
import type { Vida } from './vida.ts'

const unaVida = (): Vida & { muertes: number } => {
  const vida = { viva: true, muertes: 0, alMorir: () => {} }
  vida.alMorir = () => {
    vida.viva = false
    vida.muertes++
  }
  return vida
}

let nombres = 0

/** A database on this disk, as a run of the worker opens it. */
async function abrir(disco: Disco, vida: Vida, name = `caja${nombres++}`) {
  const memoria = nuevaMemoria({ ...getRxStorageMemory(), collectionStates: new Map() } as never)
  const db = await createRxDatabase({ name, storage: almacenEn(disco, vida, memoria), multiInstance: false })
  const schema = {
    version: 0,
    type: 'object',
    primaryKey: 'id',
    properties: { id: { type: 'string', maxLength: 40 }, n: { type: 'number' } },
    required: ['id'],
  } as const
  const { diario } = await db.addCollections({ diario: { schema } })
  return { db, diario }
}

const enDisco = (disco: Disco) => disco.todos('diario').map((d) => d.id)
/** Lets everything that can settle settle. */
const turnos = () => new Promise((resolver) => setTimeout(resolver, 5))

test('a committed document is on the disk and comes back in the next run', async () => {
  const disco = new Disco()
  const primera = await abrir(disco, unaVida(), 'misma')
  await primera.diario.insert({ id: 'a', n: 1 })
  assert.is(disco.leer('diario', 'a')?.n, 1)
  await primera.db.close()
  const segunda = await abrir(disco, unaVida(), 'misma')
  assert.is((await segunda.diario.findOne('a').exec())?.n, 1)
  await segunda.db.close()
})

test('killed before the commit: the write is gone and its promise never settles', async () => {
  const disco = new Disco()
  const vida = unaVida()
  const { diario } = await abrir(disco, vida)
  await diario.insert({ id: 'a', n: 1 })
  disco.preparar('muerte_antes', 1)
  let respondio = false
  diario.insert({ id: 'b', n: 2 }).then(
    () => (respondio = true),
    () => (respondio = true),
  )
  await turnos()
  assert.is(respondio, false)
  assert.is(vida.muertes, 1)
  assert.equal(enDisco(disco), ['a'])
})

test('killed after the commit: the write stays and nobody heard', async () => {
  const disco = new Disco()
  const { diario } = await abrir(disco, unaVida())
  disco.preparar('muerte_despues', 1)
  let respondio = false
  diario.insert({ id: 'b', n: 2 }).then(() => (respondio = true))
  await turnos()
  assert.is(respondio, false)
  assert.equal(enDisco(disco), ['b'])
})

test('nothing a dead worker does reaches the disk', async () => {
  const disco = new Disco()
  const vida = unaVida()
  const { diario } = await abrir(disco, vida)
  const notas = notasEn(disco, vida)
  vida.alMorir()
  diario.insert({ id: 'c', n: 3 }).catch(() => {})
  notas.escribir('llave', 1).catch(() => {})
  await turnos()
  assert.equal(enDisco(disco), [])
  assert.is(disco.notas.size, 0)
})

test('a full disk refuses every write until there is room', async () => {
  const disco = new Disco()
  const { db, diario } = await abrir(disco, unaVida())
  disco.preparar('cuota', 1)
  for (const id of ['a', 'b']) {
    const error = await diario.insert({ id, n: 1 }).then(
      () => null,
      (e) => e,
    )
    assert.match(String(error?.name ?? error), /Quota/)
  }
  disco.sanar()
  await diario.insert({ id: 'c', n: 1 })
  assert.equal(enDisco(disco), ['c'])
  await db.close()
})

test('losing the store keeps the notes', async () => {
  const disco = new Disco()
  const vida = unaVida()
  const { diario } = await abrir(disco, vida)
  await diario.insert({ id: 'a', n: 1 })
  await notasEn(disco, vida).escribir('llave', { privada: 'x' })
  disco.perderAlmacen()
  assert.equal(enDisco(disco), [])
  assert.equal(await notasEn(disco, unaVida()).leer('llave'), { privada: 'x' })
})

test.run()
