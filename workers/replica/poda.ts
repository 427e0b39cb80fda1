/**
 * How far the journal reaches back (design 03). An entry goes once the server holds it and 35 days have passed by corrected time: a till whose clock
 * runs years behind keeps what it sold this morning. What stays, whatever its age:
 *
 * - the last entry of each chain: its anchor, with hash and folio to go on from;
 * - what nobody acknowledged, and what was declared lost or entered again elsewhere: a person may still ask for it;
 * - the venta that a refund or cancellation still waiting here speaks of.
 *
 * A server restored from a backup may ask for more than is here: the upload declares it lost (DI5).
 */
import { DIA } from '../../schema/core/tiempo.ts'
import type { Almacen, Guardada } from './almacen.ts'
import { cadenasDelDiario, leerTramo } from './cadena.ts'
import type { Fila } from './esquemas.ts'
import { horaDe, leerSobre, type Renglon, renglonDe } from './renglon.ts'

/** Acknowledged entries are kept this long. */
export const GUARDA_DEL_DIARIO_MS = 35 * DIA
/** Read and removed at a time: a journal of years does not fit in memory. */
const PAGINA = 500

/** Removes what the journal needs no longer. `ahora`: server hour, ms. */
export async function podarDiario(almacen: Almacen, ahora: number): Promise<void> {
  const limite = ahora - GUARDA_DEL_DIARIO_MS
  const enUso = await ventasEnUso(almacen)
  let podados = 0
  for (const cadenaId of await cadenasDelDiario(almacen)) podados += await podarCadena(almacen, cadenaId, limite, enUso)
  if (podados > 0) await almacen.limpiar('diario')
}

/** From the oldest on, until a page has one that is not old yet. Gives how many went. */
async function podarCadena(almacen: Almacen, cadenaId: string, limite: number, enUso: ReadonlySet<string>): Promise<number> {
  let podados = 0
  for (let desde = 0; ; ) {
    const tramo = await leerTramo(almacen, cadenaId, desde, PAGINA)
    const hayMas = tramo.length === PAGINA
    const sinAncla = hayMas ? tramo : tramo.slice(0, -1)
    const viejos = sinAncla.filter((renglon) => horaDe(renglon) < limite)
    podados += await borrar(
      almacen,
      viejos.filter((renglon) => renglon.estado === 'recibido' && !enUso.has(leerSobre(renglon)?.id ?? '')),
    )
    if (!hayMas || viejos.length < tramo.length) return podados
    desde = (tramo.at(-1)?.seq ?? desde) + 1
  }
}

async function borrar(almacen: Almacen, renglones: Renglon[]): Promise<number> {
  const filas = renglones as unknown as Guardada[]
  await almacen.escribir(
    'diario',
    filas.map((fila) => ({ previa: fila, nueva: fila as unknown as Fila, borrar: true })),
  )
  return filas.length
}

async function ventasEnUso(almacen: Almacen): Promise<ReadonlySet<string>> {
  const pendientes = await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])
  const datos = pendientes.map((fila) => leerSobre(renglonDe(fila))?.datos as { transaccionId?: unknown } | undefined)
  return new Set(datos.flatMap((d) => (typeof d?.transaccionId === 'string' ? [d.transaccionId] : [])))
}
