/** Evidence photos (SCAN-17): `PUT /api/scanya/evidencias/:hash?desde=&total=` hands in bytes from an offset, as image/webp. */
import { z } from 'zod'

/** Longest side, pixels, and weight of one as a till makes it. */
export const FOTO_LADO_MAXIMO = 1_600
export const FOTO_MAXIMA_BYTES = 400 * 1024
/** Bytes of a part: what is lost when the network goes. */
export const PARTE_DE_FOTO_BYTES = 64 * 1024

/** `recibidos`: bytes the server holds, from the beginning: the next part starts there, whatever was sent. */
export const respuestaEvidencia = z.object({ recibidos: z.number().int().min(0), completa: z.boolean() })
export type RespuestaEvidencia = z.infer<typeof respuestaEvidencia>
