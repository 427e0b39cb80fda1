/**
 * How far a collection was pulled. The note is a document of the collection itself, under an id no row has, so that rows and checkpoint are committed
 * in one transaction: neither can be ahead of the other, and a store that is lost takes its checkpoint with it.
 */
import { type Checkpoint, checkpoint as esquemaDeCheckpoint } from '../../schema/protocol/pull.ts'
import type { Almacen, Escritura, Guardada } from './almacen.ts'
import type { ColeccionLocal } from './esquemas.ts'

export const ID_DE_PUNTO = '~punto'

export interface Punto {
  /** Null: from the beginning. */
  checkpoint: Checkpoint | null
  /** A snapshot after which local documents that were not in it are removed (PU4). What was seen is kept in memory: a restart begins it again. */
  barriendo: boolean
}
export interface PuntoGuardado extends Punto {
  fila: Guardada | undefined
}

export const leerPunto = async (almacen: Almacen, coleccion: ColeccionLocal): Promise<PuntoGuardado> =>
  (await leerConPunto(almacen, coleccion, [])).punto

/** Rows and checkpoint as they are in one moment. */
export async function leerConPunto(
  almacen: Almacen,
  coleccion: ColeccionLocal,
  ids: string[],
): Promise<{ filas: Map<string, Guardada>; punto: PuntoGuardado }> {
  const filas = await almacen.porId(coleccion, [...ids, ID_DE_PUNTO])
  const fila = filas.get(ID_DE_PUNTO)
  const leido = esquemaDeCheckpoint.safeParse(fila?.checkpoint)
  return { filas, punto: { checkpoint: leido.success ? leido.data : null, barriendo: fila?.barriendo === true, fila } }
}

export const escribirPunto = ({ fila }: PuntoGuardado, { checkpoint, barriendo }: Punto): Escritura => ({
  previa: fila,
  nueva: { id: ID_DE_PUNTO, checkpoint, barriendo },
})
