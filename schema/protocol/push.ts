/** `POST /sync/push/:coleccion`, editables only. At least once; a resent row may come without its assumed state. */
import { z } from 'zod'
import { documento } from './pull.ts'

export const FILAS_POR_PUSH = 500
export const pedidoPush = z.object({
  filas: z.array(z.object({ nuevo: documento, asumido: documento.nullable() })).max(FILAS_POR_PUSH),
})
export type PedidoPush = z.infer<typeof pedidoPush>

export const respuestaPush = z.object({
  /** The server's document for each row, after the merge, in the order sent. RxDB is told "no conflict": the merge is the answer. */
  documentos: z.array(documento),
  /** Rows that could not be taken, with their reason; they stay in the editor's hands. */
  rechazadas: z.array(z.object({ id: z.string(), code: z.string(), campo: z.string().optional() })),
})
export type RespuestaPush = z.infer<typeof respuestaPush>
