/**
 * `GET /sync/tarjetas/bajas?desde=`: phones whose key was taken away from their card (design 04 §1.3). A till asks with each exchange and refuses them
 * with no network; the server refuses them at once.
 */
import { z } from 'zod'
import { instante } from '../domain/hechos/sobre.ts'

export const BAJAS_POR_PEDIDO = 2_000

export const bajaDeTarjeta = z.object({
  cardId: z.string().regex(/^[0-9a-f]{16}$/),
  /** Name of the key, 32 hex. */
  llave: z.string().regex(/^[0-9a-f]{32}$/),
  bajaAt: instante,
})
export type BajaDeTarjeta = z.infer<typeof bajaDeTarjeta>

/** `desde`: 0, or the last `hasta`. What is older than any living certificate is not told: the certificate itself ended. */
export const consultaDeBajas = z.object({ desde: z.coerce.number().int().min(0).default(0) })
export const respuestaDeBajas = z.object({
  bajas: z.array(bajaDeTarjeta).max(BAJAS_POR_PEDIDO),
  /** To ask from next time, ms; some are told twice. */
  hasta: instante,
  /** There are more now. */
  mas: z.boolean(),
})
export type RespuestaDeBajas = z.infer<typeof respuestaDeBajas>
