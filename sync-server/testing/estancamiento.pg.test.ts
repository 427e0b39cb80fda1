import { setTimeout as dormir } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../db/db.ts'
import { iniciarTrabajos } from '../jobs/index.ts'
import { abrirDbPgDePrueba, type DbPgDePrueba } from './db.ts'
import { altaDeEscritor, type Escritor, subir, vender } from './kill-escritor.ts'
import { crearNegocioDePrueba, crearShopper, createTestServer, enlaceDePrueba, type ServidorDePrueba } from './servidor.ts'

const BASE = 'http://localhost:8080'
const LENTA_MS = 2_000

let base: DbPgDePrueba
let servidor: ServidorDePrueba
let detener: () => unknown
/** The tenant whose next transaction, once it wrote everything, stays open until the promise is kept. */
let lenta: { negocioId: string; abierta: () => void; hasta: Promise<unknown> } | undefined

/** The same database, with one slow tenant: its transaction holds its counter, its rows and the shopper's event, uncommitted. */
function conUnaLenta(db: Db): Db {
  return {
    ...db,
    negocio: (negocioId, fn, opciones) =>
      db.negocio(
        negocioId,
        async (sql) => {
          const valor = await fn(sql)
          const esta = lenta?.negocioId === negocioId ? lenta : undefined
          if (esta) {
            lenta = undefined
            esta.abierta()
            await esta.hasta
          }
          return valor
        },
        opciones,
      ),
  }
}

test.before(async () => {
  base = await abrirDbPgDePrueba({ conexiones: 8 })
  servidor = await createTestServer({ db: conUnaLenta(base), reloj: { ahora: Date.now, avanzar: () => {} } })
  detener = await iniciarTrabajos(servidor.deps)
})
test.after(async () => {
  await detener?.()
  await base?.close()
})

const conCaja = async (nombre: string): Promise<Escritor> =>
  altaDeEscritor(BASE, await enlaceDePrueba(servidor, await crearNegocioDePrueba(servidor, { nombre })), servidor.fetch)

const saldoDelShopper = async (usuarioId: string, negocioId: string): Promise<number | undefined> => {
  const [fila] = await base.superusuario`select doc from mias where usuario_id = ${usuarioId} and id = ${`puntos:${negocioId}`}`
  return fila?.doc.disponibles
}

async function hasta(condicion: () => Promise<boolean>, que: string): Promise<void> {
  for (let i = 0; i < 400; i++, await dormir(50)) if (await condicion()) return
  throw new Error(`never: ${que}`)
}

test('[ST1] two tenants, one shopper, a 2 s transaction in one: the other’s sale is not delayed', async () => {
  const [roma, cafe] = [await conCaja('Roma'), await conCaja('Café')]
  const shopper = await crearShopper(servidor)
  for (const caja of [roma, cafe]) await subir(caja, BASE, 0, 100, servidor.fetch)
  await vender(roma, 50_000, await shopper.qr())
  await vender(cafe, 30_000, await shopper.qr())

  const orden: string[] = []
  let terminar: (valor?: unknown) => void = () => {}
  const puerta = new Promise((listo) => {
    terminar = listo
  })
  const abierta = new Promise<void>((listo) => {
    lenta = { negocioId: roma.alta.negocioId, abierta: listo, hasta: Promise.all([puerta, dormir(LENTA_MS)]) }
  })
  const deRoma = subir(roma, BASE, 1, 100, servidor.fetch).then(() => orden.push('roma acknowledged'))
  await abierta
  orden.push('roma open')

  await subir(cafe, BASE, 1, 100, servidor.fetch)
  orden.push('café acknowledged')
  await hasta(async () => (await saldoDelShopper(shopper.usuarioId, cafe.alta.negocioId)) === 30, 'the shopper sees the points of the café')
  orden.push('café projected')
  assert.is(await saldoDelShopper(shopper.usuarioId, roma.alta.negocioId), undefined, 'nothing of the open transaction is seen')
  orden.push('roma still open')
  terminar()
  await deRoma

  assert.equal(orden, ['roma open', 'café acknowledged', 'café projected', 'roma still open', 'roma acknowledged'])
  await hasta(
    async () => (await saldoDelShopper(shopper.usuarioId, roma.alta.negocioId)) === 50,
    'the points of Roma arrive once it commits',
  )
})

test('[ST1] the slow tenant’s own queue waits for it, and nobody else’s', async () => {
  const [roma, cafe] = [await conCaja('Roma 2'), await conCaja('Café 2')]
  for (const caja of [roma, cafe]) await subir(caja, BASE, 0, 100, servidor.fetch)
  await vender(roma, 100)
  const orden: string[] = []
  let terminar: (valor?: unknown) => void = () => {}
  const abierta = new Promise<void>((listo) => {
    lenta = {
      negocioId: roma.alta.negocioId,
      abierta: listo,
      hasta: new Promise((fin) => {
        terminar = fin
      }),
    }
  })
  const primera = subir(roma, BASE, 1, 2, servidor.fetch).then(() => orden.push('roma 1'))
  await abierta
  const saludo = subir(roma, BASE, 1, 2, servidor.fetch).then(() => orden.push('roma 1 again'))
  for (let i = 0; i < 5; i++) {
    await vender(cafe, 100)
    await subir(cafe, BASE, 1 + i, 100, servidor.fetch)
    orden.push('café')
  }
  terminar()
  await Promise.all([primera, saludo])
  assert.equal(orden, [...Array(5).fill('café'), 'roma 1', 'roma 1 again'])
})

test.run()
