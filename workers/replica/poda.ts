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
import { DIA, horaCorregida } from '../../schema/core/tiempo.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { Almacen, Guardada } from './almacen.ts'
import { leerTramo, SEQ_MAXIMO } from './cadena.ts'
import type { Fila } from './esquemas.ts'
import { type Renglon, renglonDe } from './renglon.ts'

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

/** Every chain with an entry on this disk. */
export async function cadenasDelDiario(almacen: Almacen): Promise<string[]> {
  const cadenas: string[] = []
  for (let ultima = ''; ; ) {
    const [fila] = await almacen.buscar('diario', { id: { $gt: ultima } }, ['id'], 1)
    if (!fila) return cadenas
    cadenas.push(renglonDe(fila).cadenaId)
    ultima = llaveDeRenglon(renglonDe(fila).cadenaId, SEQ_MAXIMO)
  }
}

/** From the oldest on, until a page has one that is not old yet. Gives how many went. */
async function podarCadena(almacen: Almacen, cadenaId: string, limite: number, enUso: ReadonlySet<string>): Promise<number> {
  let podados = 0
  for (let desde = 0; ; ) {
    const tramo = await leerTramo(almacen, cadenaId, desde, PAGINA)
    const hayMas = tramo.length === PAGINA
    const sinAncla = hayMas ? tramo : tramo.slice(0, -1)
    const viejos = sinAncla.filter((renglon) => esViejo(renglon, limite))
    podados += await borrar(
      almacen,
      viejos.filter(({ estado, cuerpo }) => estado === 'recibido' && !enUso.has(leer(cuerpo)?.id ?? '')),
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

/** A text that was torn says no hour: it goes by what stands beside it. */
function esViejo({ cuerpo, wall }: Renglon, limite: number): boolean {
  const sobre = leer(cuerpo)
  return (sobre ? horaCorregida(sobre.tiempo) : wall) < limite
}

async function ventasEnUso(almacen: Almacen): Promise<ReadonlySet<string>> {
  const pendientes = await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])
  return new Set(pendientes.map((fila) => String((leer(renglonDe(fila).cuerpo)?.datos as { transaccionId?: unknown })?.transaccionId)))
}

/** Null for a text that was torn. */
function leer(cuerpo: string): Sobre | null {
  try {
    return JSON.parse(cuerpo) as Sobre
  } catch {
    return null
  }
}
