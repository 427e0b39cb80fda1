/**
 * The chain this device writes now. A store made anew is a new chain of the same device, announced by its entry 0, never a rewind.
 *
 *     note `cadena`      store                                    meaning
 *     none               –                                        first chain (motivo alta, the leased series)
 *     not yet open       its entry 0 or not                       the start was cut: confirmed, or begun again under another id
 *     open               holds what the server acknowledged       go on after its last entry
 *     open               empty, or behind the acknowledgement     the journal was lost: new chain, diario_perdido
 */
import { deHex, uuidv7 } from '../../schema/core/ids.ts'
import { SEQ_GENESIS } from '../../schema/domain/hechos/sobre.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { Almacen } from './almacen.ts'
import type { Notas } from './puertos.ts'
import { type Cabeza, cabezaDe, type Renglon, renglonDe, SIN_CABEZA } from './renglon.ts'

export interface NotaDeCadena {
  cadenaId: string
  serie: string
  motivo: 'alta' | 'diario_perdido'
  abierta: boolean
}
const SEQ_MAXIMO = 9_999_999_999
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The leased series, or for a later chain the series and four characters of its id: unique with no network (decision 0005). */
export function serieDe(serieArrendada: string, motivo: NotaDeCadena['motivo'], cadenaId: string): string {
  if (motivo === 'alta') return serieArrendada
  const bytes = deHex(cadenaId.replaceAll('-', ''))
  return serieArrendada + [...bytes.subarray(12, 16)].map((byte) => CROCKFORD[byte & 31]).join('')
}

/** A later chain has the larger id, whatever the clock says: the keys of the journal are in the order they were written. */
export function nuevaNota(
  serieArrendada: string,
  motivo: NotaDeCadena['motivo'],
  anterior: string | null,
  ahora: number,
  azar: (n: number) => Uint8Array,
): NotaDeCadena {
  const cadenaId = uuidv7(Math.max(ahora, anterior === null ? 0 : momentoDeUuid(anterior) + 1), azar)
  return { cadenaId, motivo, serie: serieDe(serieArrendada, motivo, cadenaId), abierta: false }
}

/** Time in a UUIDv7, ms. */
const momentoDeUuid = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

const notaDeRecibido = (cadenaId: string) => `recibido|${cadenaId}`
/** Last seq the server acknowledged, -1 for none. Only a note: what is sent follows from the server's `esperado`. */
export const leerRecibido = async (notas: Notas, cadenaId: string): Promise<number> =>
  (await notas.leer<number>(notaDeRecibido(cadenaId))) ?? -1
export const anotarRecibido = (notas: Notas, cadenaId: string, seq: number): Promise<void> => notas.escribir(notaDeRecibido(cadenaId), seq)

/** Entries of a chain in order, from `desde` on, at most `limite`. */
export async function leerTramo(almacen: Almacen, cadenaId: string, desde: number, limite?: number): Promise<Renglon[]> {
  const rango = { $gte: llaveDeRenglon(cadenaId, desde), $lte: llaveDeRenglon(cadenaId, SEQ_MAXIMO) }
  return (await almacen.buscar('diario', { id: rango }, ['id'], limite)).map(renglonDe)
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

/** Where a chain goes on, read from disk from `desde` (an acknowledged seq, or a head known before) upwards; null: nothing there. */
export async function leerCabeza(almacen: Almacen, cadenaId: string, desde: number): Promise<Cabeza | null> {
  const ultimo = (await leerTramo(almacen, cadenaId, Math.max(SEQ_GENESIS, desde))).at(-1)
  return ultimo ? cabezaDe(ultimo) : null
}

/** The head of the noted chain, or null when the journal it speaks of is not on this disk any more. */
export async function recuperarCabeza(almacen: Almacen, notas: Notas, nota: NotaDeCadena): Promise<Cabeza | null> {
  const cabeza = await leerCabeza(almacen, nota.cadenaId, await leerRecibido(notas, nota.cadenaId))
  return cabeza ?? (nota.abierta ? null : SIN_CABEZA)
}
