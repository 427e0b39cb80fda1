import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../schema/core/tiempo.ts'
import { type Almacen, abrirAlmacen } from './almacen.ts'
import type { Consulta } from './api.ts'
import { consultar, observar } from './consultas.ts'
import { acotarDiario, inicioDelDiario } from './inicio-del-diario.ts'
import { puertosDePrueba, unDisco } from './testing/puertos-de-prueba.ts'

const AHORA = Date.UTC(2026, 10, 21)
const A = '01900000-0000-7000-8000-00000000000a'
const B = '01900000-0000-7000-8000-00000000000b'

let almacen: Almacen
test.before.each(async () => {
  almacen = await abrirAlmacen(puertosDePrueba(unDisco(), () => Promise.reject(new Error('no network'))))
})
test.after.each(() => almacen.cerrar())

const llave = (cadenaId: string, seq: number) => `${cadenaId}|${String(seq).padStart(10, '0')}`
interface Hora {
  seq: number
  wall: number
  /** Server − device, ms. */
  offset?: number
}
const escribir = (cadenaId: string, horas: Hora[]) =>
  almacen.escribir(
    'diario',
    horas.map(({ seq, wall, offset = 0 }) => ({
      nueva: {
        id: llave(cadenaId, seq),
        cadenaId,
        seq,
        wall,
        estado: 'recibido',
        tipo: 'venta',
        cuerpo: JSON.stringify({ tiempo: { wall, offset } }),
      },
    })),
  )
/** One sale every ten minutes, the last one at AHORA. */
const meses = (n: number, desdeSeq = 0) =>
  Array.from({ length: n }, (_, i) => ({ seq: i + desdeSeq, wall: AHORA - (n - 1 - i) * 10 * MINUTO }))
const delDia = (wall: number): Consulta => ({ coleccion: 'diario', selector: { wall: { $gte: wall } } })
const desde = async (wall: number) => consultar(almacen, await acotarDiario(almacen, delDia(wall)))
const todos = async (wall: number) =>
  (await almacen.buscar('diario', {}, ['id'])).filter((fila) => Number(fila.wall) >= wall).map(({ id }) => id)

test('a day of a long journal begins near its first entry, also when what is before it was pruned', async () => {
  await escribir(A, meses(3_000, 5_000))
  const inicio = await inicioDelDiario(almacen, AHORA - DIA)
  assert.ok(inicio && inicio > llave(A, 7_700) && inicio <= llave(A, 7_856), `it began at ${inicio}`)
  assert.equal((await desde(AHORA - DIA)).length, 145)
})

test('an empty journal, an empty day, and a day before everything', async () => {
  assert.is(await inicioDelDiario(almacen, AHORA), null)
  assert.equal(await desde(AHORA), [])
  await escribir(A, meses(500))
  assert.equal(await desde(AHORA + 1), [])
  assert.is((await desde(1)).length, 500)
})

test('what is written while a day is being followed shows up, in this chain and in the next', async () => {
  await escribir(A, meses(500))
  const vistos: number[] = []
  const dejar = observar(almacen, await acotarDiario(almacen, delDia(AHORA + 1)), (lista) => vistos.push(lista.length))
  const hasta = async (n: number) => {
    for (let i = 0; i < 100 && vistos.at(-1) !== n; i++) await new Promise((listo) => setTimeout(listo, 10))
    assert.is(vistos.at(-1), n)
  }
  await hasta(0)
  await escribir(A, [{ seq: 500, wall: AHORA + MINUTO }])
  await hasta(1)
  await escribir(B, [{ seq: 0, wall: AHORA + 2 * MINUTO }])
  await hasta(2)
  dejar()
})

test('clocks that jump about: nothing of the day is missing, in one chain or several', async () => {
  for (let caso = 0; caso < 12; caso++) {
    const azar = () => (Math.sin(caso * 97 + azares++) + 1) / 2
    let azares = 1
    let offset = 0
    const horas = meses(400).map(({ seq, wall }) => {
      if (azar() < 0.02) offset = Math.round((azar() - 0.5) * 4 * DIA) // the clock is set wrong, or right again
      return { seq, wall: wall - offset, offset }
    })
    const cadenaId = `01900000-0000-7000-8000-0000000000${String(caso + 10)}`
    await escribir(cadenaId, horas)
    for (const dias of [0.2, 0.5, 1, 2]) {
      const halladas = (await desde(AHORA - dias * DIA)).map(({ id }) => String(id))
      // By wall a clock that was days ahead then is in no day of now: what both hours call older may be left out.
      const deVerdad = (await todos(AHORA - dias * DIA)).filter((id) => id.startsWith(cadenaId))
      const faltan = deVerdad.filter((id) => !halladas.includes(id)).map((id) => horas[Number(id.slice(-10))]!)
      assert.equal(
        faltan.filter(({ wall, offset: suyo }) => wall + suyo >= AHORA - dias * DIA),
        [],
        `case ${caso}, ${dias} days`,
      )
    }
  }
})

test('rows of other collections are still found by what is asked of them, and the note of the pull never', async () => {
  const venta = (id: string, effAt: number) => ({ nueva: { id, effAt, estado: 'completada' } })
  await almacen.escribir('transacciones', [venta('t1', AHORA - HORA), venta('t2', AHORA), { nueva: { id: '~punto', effAt: AHORA } }])
  const pregunta = async (selector: Record<string, unknown>) =>
    (await consultar(almacen, { coleccion: 'transacciones', selector })).map(({ id }) => id)
  assert.equal(await pregunta({ effAt: { $gte: AHORA } }), ['t2'])
  assert.equal(await pregunta({ id: 't1' }), ['t1'])
  assert.equal(await pregunta({ id: '~punto' }), [])
  assert.equal(await pregunta({ id: { $in: ['t1', 't2', '~punto'] } }), ['t1', 't2'])
  assert.equal(await pregunta({ $and: [{ effAt: AHORA }] }), ['t2'])
  assert.equal(await pregunta({}), ['t1', 't2'])
})

test.run()
