import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import { type Almacen, abrirAlmacen } from './almacen.ts'
import { purgarPorFecha } from './purga.ts'
import { puertosDePrueba, unDisco } from './testing/puertos-de-prueba.ts'

const AHORA = Date.UTC(2026, 10, 21)
let almacen: Almacen
test.before.each(async () => {
  almacen = await abrirAlmacen(puertosDePrueba(unDisco(), () => Promise.reject(new Error('no network'))))
  const transacciones = [34, 36].map((dias) => ({ nueva: { id: `t${dias}`, estado: 'completada', effAt: AHORA - dias * DIA } }))
  await almacen.escribir('transacciones', [...transacciones, { nueva: { id: '~punto', checkpoint: null, barriendo: false } }])
})
test.after.each(() => almacen.cerrar())
const ids = async () => (await almacen.buscar('transacciones', {}, ['id'])).map(({ id }) => id)

test('a till keeps 35 days of sales, and the note of its pull', async () => {
  await purgarPorFecha({ almacen, tipo: 'caja', ahora: AHORA })
  assert.equal(await ids(), ['t34', '~punto'])
})

test('a till keeps 35 days of canjes, and the note of their pull', async () => {
  const canjes = [34, 36].map((dias) => ({ nueva: { id: `c${dias}`, estado: 'expirado', creadoAt: AHORA - dias * DIA } }))
  await almacen.escribir('canjes', [...canjes, { nueva: { id: '~punto', checkpoint: null, barriendo: false } }])
  await purgarPorFecha({ almacen, tipo: 'caja', ahora: AHORA })
  const quedan = (await almacen.buscar('canjes', {}, ['id'])).map(({ id }) => id)
  assert.equal(quedan, ['c34', '~punto'])
})

test('a studio keeps 180', async () => {
  await purgarPorFecha({ almacen, tipo: 'studio', ahora: AHORA })
  assert.is((await ids()).length, 3)
})

test('without an hour of the server nothing is removed', async () => {
  await purgarPorFecha({ almacen, tipo: 'caja', ahora: null })
  assert.is((await ids()).length, 3)
})

test('at most once an hour', async () => {
  await purgarPorFecha({ almacen, tipo: 'caja', ahora: AHORA })
  await almacen.escribir('transacciones', [{ nueva: { id: 'tarde', estado: 'completada', effAt: 1 } }])
  await purgarPorFecha({ almacen, tipo: 'caja', ahora: AHORA + HORA - 1 })
  assert.is((await ids()).includes('tarde'), true)
  await purgarPorFecha({ almacen, tipo: 'caja', ahora: AHORA + HORA })
  assert.is((await ids()).includes('tarde'), false)
})

test.run()
