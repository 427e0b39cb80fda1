/** What a shape is read from: the counter of its stream, its rows, its part of the log. */
import type { Tx } from '../../db/db.ts'
import { leerImagen } from './columnas.ts'
import type { Forma } from './forma.ts'
import { comoCambio, type Mensaje, type RenglonDeForma, type Replica } from './mensajes.ts'

export interface Cabeza {
  epoca: string
  seq: number
  /** Rows of the log up to here are gone. */
  horizonte: number
}

/** Undefined: the stream does not exist. */
export async function leerCabeza(sql: Tx, { negocioId }: Pick<Forma, 'negocioId'>): Promise<Cabeza | undefined> {
  const [fila] =
    negocioId === null
      ? await sql<Cabeza[]>`select epoca, seq, horizonte from contador_plataforma where id = 1`
      : await sql<Cabeza[]>`select epoca, seq, horizonte from contadores_negocio where negocio_id = ${negocioId}`
  return fila
}

/** Rows of the log read for one answer. */
export const RENGLONES_POR_RESPUESTA = 1_000

export interface Tramo {
  renglones: RenglonDeForma[]
  /** Everything of this collection up to here was read. */
  hasta: number
}

/** The log after `desde`, up to the head that was read in the same transaction. */
export async function leerTramo(sql: Tx, forma: Pick<Forma, 'negocioId' | 'coleccion'>, desde: number, cabeza: number): Promise<Tramo> {
  if (desde >= cabeza) return { renglones: [], hasta: cabeza }
  const { negocioId, coleccion } = forma
  const renglones =
    negocioId === null
      ? await sql<RenglonDeForma[]>`
          select seq, pk, antes, despues from cambios_plataforma
          where seq > ${desde} and seq <= ${cabeza} and coleccion = ${coleccion} order by seq limit ${RENGLONES_POR_RESPUESTA}`
      : await sql<RenglonDeForma[]>`
          select seq, pk, antes, despues from cambios_negocio
          where negocio_id = ${negocioId} and seq > ${desde} and seq <= ${cabeza} and coleccion = ${coleccion}
          order by seq limit ${RENGLONES_POR_RESPUESTA}`
  const ultimo = renglones.length === RENGLONES_POR_RESPUESTA ? renglones.at(-1) : undefined
  return { renglones: [...renglones], hasta: ultimo?.seq ?? cabeza }
}

export function mensajesDe(forma: Forma, { renglones }: Tramo, replica: Replica): Mensaje[] {
  const imagen = (cruda: Record<string, unknown> | null) => cruda && leerImagen(forma.columnas, cruda)
  return renglones.flatMap(
    ({ seq, pk, antes, despues }) => comoCambio(forma, { seq, pk, antes: imagen(antes), despues: imagen(despues) }, replica) ?? [],
  )
}
