/** Where a page ended: the sort key of its last row, opaque to whoever asks. Rows that moved meanwhile are seen where they are now; the others, once. */
import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { POR_PAGINA } from '../../../schema/protocol/plataforma.ts'
import { escribirInstante } from '../../db/tipos.ts'
import { leerJsonGuardable } from '../../http/textos.ts'

export const escribirCursor = (llave: readonly unknown[]): string => Buffer.from(JSON.stringify(llave)).toString('base64url')

/** @throws Rechazo DATO_INVALIDO when it is not one of ours */
export function leerCursor<T extends z.ZodType>(forma: T, texto: string | undefined): z.output<T> | undefined {
  if (texto === undefined) return undefined
  try {
    return forma.parse(leerJsonGuardable(Buffer.from(texto, 'base64url').toString()))
  } catch {
    throw new Rechazo('DATO_INVALIDO', 'cursor')
  }
}

/** Of one row more than a page holds: the page, and the cursor that goes on after it. */
export function paginar<F>(filas: readonly F[], llaveDe: (fila: F) => readonly unknown[]): { filas: F[]; cursor: string | null } {
  const pagina = filas.slice(0, POR_PAGINA)
  const ultima = pagina.at(-1)
  return { filas: pagina, cursor: filas.length > POR_PAGINA && ultima ? escribirCursor(llaveDe(ultima)) : null }
}

/** Rows with nothing pending come last: as the column `orden` keeps them. */
export const comoOrden = (masAntiguoAt: number | null): string => (masAntiguoAt === null ? 'infinity' : escribirInstante(masAntiguoAt))
