/** `GET /sync/stream`: one SSE for all collections of the session's slice. Events `hola` on open (pull everything once: RESYNC), `cambio`, `revocado`, comment pings every 20 s. */
import { z } from 'zod'
import { instante, uuid } from '../domain/hechos/sobre.ts'
import { documento } from './pull.ts'

export const eventoHola = z.object({ hora: instante, seq: z.number().int().min(0) })
/** What changed of one collection, in a slice (LI3): what a pull from a checkpoint of this slice at `desde` would have given. */
export const cambioEnVivo = z.object({ coleccion: z.string(), rebanada: z.string().max(64), documents: z.array(documento) })
export type CambioEnVivo = z.infer<typeof cambioEnVivo>
/** Collections that changed and the head of the stream: pull what concerns you. */
export const eventoCambio = z.object({
  seq: z.number().int().min(0),
  colecciones: z.array(z.string()),
  /** LI3. Nothing but these collections changed after this seq and up to `seq`. Absent: nobody knows. */
  desde: z.number().int().min(0).optional(),
  /** LI3. Small changes, whole: every one of `colecciones` that this slice has. With `desde`. */
  cambios: z.object({ epoca: uuid, partes: z.array(cambioEnVivo) }).optional(),
})
export type EventoCambio = z.infer<typeof eventoCambio>
export const PING_MS = 20_000
