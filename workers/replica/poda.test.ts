import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../schema/core/tiempo.ts'
import type { Almacen } from './almacen.ts'
import { abrirAlmacen } from './almacen.ts'
import { GUARDA_DEL_DIARIO_MS, podarDiario } from './poda.ts'
import type { EstadoDeRenglon } from './renglon.ts'
import { puertosDePrueba, unDisco } from './testing/puertos-de-prueba.ts'

const AHORA = Date.UTC(2026, 10, 21)
const A = '01900000-0000-7000-8000-00000000000a'
const B = '01900000-0000-7000-8000-00000000000b'
const VIEJO = GUARDA_DEL_DIARIO_MS + 1

let almacen: Almacen
test.before.each(async () => {
  almacen = await abrirAlmacen(puertosDePrueba(unDisco(), () => Promise.reject(new Error('no network'))))
})
test.after.each(() => almacen.cerrar())

interface Muestra {
  estado?: EstadoDeRenglon
  /** How old it is by corrected time, ms. */
  edad?: number
  /** Server − device, ms. */
  offset?: number
  datos?: object
  roto?: boolean
}
const hechoId = (cadenaId: string, seq: number) => `hecho-${cadenaId.at(-1)}${seq}`
async function escribir(cadenaId: string, muestras: Muestra[]): Promise<void> {
  const filas = muestras.map(({ estado = 'recibido', edad = VIEJO, offset = 0, datos = {}, roto = false }, seq) => {
    const wall = AHORA - edad - offset
    const cuerpo = JSON.stringify({ id: hechoId(cadenaId, seq), tiempo: { wall, offset }, datos })
    const id = `${cadenaId}|${String(seq).padStart(10, '0')}`
    return { nueva: { id, cadenaId, seq, estado, wall, cuerpo: roto ? cuerpo.slice(0, -4) : cuerpo, usoQr: '', tipo: 'venta' } }
  })
  assert.equal(await almacen.escribir('diario', filas), [])
}
const quedan = async (cadenaId: string) =>
  (await almacen.buscar('diario', {}, ['id'])).filter((fila) => fila.cadenaId === cadenaId).map(({ seq }) => seq)

test('what was acknowledged goes after 35 days, to the millisecond; the rest and the last of each chain stay', async () => {
  await escribir(A, [{}, {}, { edad: GUARDA_DEL_DIARIO_MS }, { edad: DIA }, { estado: 'pendiente', edad: 0 }])
  await escribir(B, [{}, {}, {}])
  await podarDiario(almacen, AHORA)
  assert.equal(await quedan(A), [2, 3, 4])
  assert.equal(await quedan(B), [2])
})

test('old or not, what was not acknowledged stays, and so does what was lost or entered again elsewhere', async () => {
  await escribir(A, [{}, { estado: 'pendiente' }, { estado: 'perdido', roto: true }, { estado: 'trasladado' }, {}, {}])
  await podarDiario(almacen, AHORA)
  assert.equal(await quedan(A), [1, 2, 3, 5])
})

test('age is by corrected time: a clock years behind empties nothing, one years ahead keeps nothing for ever', async () => {
  const ano = 365 * DIA
  await escribir(A, [{ edad: 1, offset: 3 * ano }, { edad: 0, offset: 3 * ano }, { edad: 0 }])
  await escribir(B, [{ offset: -3 * ano }, { edad: 0 }])
  await podarDiario(almacen, AHORA)
  assert.equal(await quedan(A), [0, 1, 2])
  assert.equal(await quedan(B), [1])
})

test('the venta that a waiting refund speaks of stays with it', async () => {
  await escribir(A, [{}, {}, { estado: 'pendiente', edad: 0, datos: { transaccionId: hechoId(A, 1) } }])
  await podarDiario(almacen, AHORA)
  assert.equal(await quedan(A), [1, 2])
})

test('a journal of many pages is pruned to its end, and only to the first young page', async () => {
  await escribir(A, [...Array<Muestra>(1_200).fill({}), ...Array<Muestra>(700).fill({ edad: DIA })])
  await podarDiario(almacen, AHORA)
  const seqs = await quedan(A)
  assert.equal([seqs.length, seqs[0]], [700, 1_200])
})

test.run()
