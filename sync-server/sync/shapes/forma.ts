/**
 * A shape as one request sees it: which rows of which stream, decided by the server alone. Its predicate looks at the row and at constants, never at
 * the clock: a row that left a shape because time went by would leave without a change in the log, and no reader would be told (SH6).
 */
import { sha256 } from '../../../schema/core/ids.ts'
import type { Db, OpcionesTx, Tx } from '../../db/db.ts'
import { streamDeNegocio } from '../bitacora.ts'
import type { Imagen } from '../rebanadas.ts'
import type { Columnas } from './columnas.ts'

export interface PaginaDeForma {
  filas: Imagen[]
  /** The key to go on after; undefined when there is no more. */
  ultima: string | undefined
}

export interface Forma {
  /** Name on the wire; `coleccion` is the log's. */
  tabla: string
  coleccion: string
  /** Null: the platform's own stream. */
  negocioId: string | null
  columnas: Columnas
  /** The column that tells rows apart. */
  llave: string
  /** Constants of the predicate: with table and columns they define the shape. */
  filtros: Record<string, string | number | null>
  incluye(fila: Imagen): boolean
  /** Rows by primary key. May give rows that the shape does not include. @throws Rechazo DATO_INVALIDO when the key is none of ours */
  pagina(sql: Tx, despuesDe: string | undefined, limite: number): Promise<PaginaDeForma>
}

/** Raised when the meaning of a shape changes without its definition changing. */
const VERSION_DE_FORMAS = 1
const LARGO_DE_BASE = 24

/** What a handle begins with: another definition, epoca or reach is another shape (SH5). */
export async function baseDe(forma: Forma, epoca: string): Promise<string> {
  const { tabla, negocioId, columnas, filtros } = forma
  const definicion = JSON.stringify([VERSION_DE_FORMAS, tabla, negocioId, columnas, Object.entries(filtros).sort(), epoca])
  return (await sha256(definicion)).slice(0, LARGO_DE_BASE)
}

export const streamDeForma = (forma: Pick<Forma, 'negocioId'>): string =>
  forma.negocioId === null ? 'plataforma' : streamDeNegocio(forma.negocioId)

/** One picture of the database for head, horizon and rows (PU1). */
const UNA_FOTO = { soloLectura: true, isolation: 'repeatable read' } as const satisfies OpcionesTx

export const enSuContexto = <T>(db: Db, { negocioId }: Pick<Forma, 'negocioId'>, fn: (sql: Tx) => Promise<T>): Promise<T> =>
  negocioId === null ? db.plataforma(fn, UNA_FOTO) : db.negocio(negocioId, fn, UNA_FOTO)
