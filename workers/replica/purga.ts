/**
 * Slices bounded by time (design 03): the server tells nobody that a row grew old, so each replica removes by the same bounds. Only with an hour learned
 * from the server in this run: a clock that runs ahead must not empty a till.
 */
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import { type Almacen, type Guardada, limpia } from './almacen.ts'
import { CAMPO_DE_TIEMPO, type ColeccionLocal, inversoDe } from './esquemas.ts'
import { ID_DE_PUNTO } from './punto.ts'

/** Days each collection reaches back, as the slices of the server do. */
const DIAS: Record<'caja' | 'studio', Partial<Record<ColeccionLocal, number>>> = {
  caja: { transacciones: 35, canjes: 35, clientes: 180, veredictos: 35 },
  studio: { transacciones: 180, canjes: 180, veredictos: 35 },
}
/** A till holds the clients of the latest visits. */
const CLIENTES_POR_CAJA = 5_000
const CADA_MS = HORA
const ultimas = new WeakMap<Almacen, number>()

/** At most once an hour. `ahora`: server hour, ms; null when this run has not learned it. `tipo` null: no device, nothing is bounded. */
export async function purgarPorFecha({
  almacen,
  tipo,
  ahora,
}: {
  almacen: Almacen
  tipo: 'caja' | 'studio' | null
  ahora: number | null
}): Promise<void> {
  if (ahora === null || tipo === null || ahora - (ultimas.get(almacen) ?? 0) < CADA_MS) return
  ultimas.set(almacen, ahora)
  for (const [nombre, dias] of Object.entries(DIAS[tipo])) await purgar(almacen, nombre as ColeccionLocal, ahora - dias * DIA)
  if (tipo === 'caja') await recortarClientes(almacen)
}

async function purgar(almacen: Almacen, coleccion: ColeccionLocal, limite: number): Promise<void> {
  const campo = CAMPO_DE_TIEMPO[coleccion]
  if (!campo || !almacen.tiene(coleccion)) return
  // By the inverse, so that one range scan serves; the note of the pull has hour 0 and stays.
  const viejas = await almacen.buscar(coleccion, { inverso: { $gt: inversoDe(limite) } }, ['inverso'])
  await borrar(almacen, coleccion, viejas)
}

async function recortarClientes(almacen: Almacen): Promise<void> {
  const todos = (await almacen.buscar('clientes', {}, ['inverso'])).filter(({ id }) => id !== ID_DE_PUNTO)
  await borrar(almacen, 'clientes', todos.slice(CLIENTES_POR_CAJA))
}

async function borrar(almacen: Almacen, coleccion: ColeccionLocal, filas: Guardada[]): Promise<void> {
  const sobran = filas.filter(({ id }) => id !== ID_DE_PUNTO)
  await almacen.escribir(
    coleccion,
    sobran.map((fila) => ({ previa: fila, nueva: limpia(fila), borrar: true })),
  )
  if (sobran.length > 0) await almacen.limpiar(coleccion)
}
