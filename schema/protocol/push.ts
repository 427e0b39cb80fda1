/** `POST /sync/push/:coleccion`, editables only. At least once; a resent row may come without its assumed state. */
import { z } from 'zod'
import { documento } from './pull.ts'

export const FILAS_POR_PUSH = 500
export const pedidoPush = z.object({
  filas: z.array(z.object({ nuevo: documento, asumido: documento.nullable() })).max(FILAS_POR_PUSH),
  /** PS7. The answer need not repeat what the client can tell itself. */
  breve: z.boolean().optional(),
})
export type PedidoPush = z.infer<typeof pedidoPush>

export const respuestaPush = z.object({
  /** The server's document for each row (PS7: of those that need it), after the merge, in the order sent. RxDB is told "no conflict": the merge is the answer. */
  documentos: z.array(documento),
  /** Rows that could not be taken, with their reason; they stay in the editor's hands. */
  rechazadas: z.array(z.object({ id: z.string(), code: z.string(), campo: z.string().optional() })),
  /** PS7, to a brief request: how many rows are in neither list. The server's document of each is `loEsperado` of what was sent (merge/campos.ts). */
  iguales: z.number().int().min(0).optional(),
})
export type RespuestaPush = z.infer<typeof respuestaPush>
