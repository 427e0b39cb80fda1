/** `GET /sync/stream`: one SSE for all collections of the session's slice. Events `hola` on open (pull everything once: RESYNC), `cambio`, `revocado`, comment pings every 20 s. */
import { z } from 'zod'
import { instante } from '../domain/hechos/sobre.ts'

export const eventoHola = z.object({ hora: instante, seq: z.number().int().min(0) })
/** Collections that changed and the head of the stream: pull what concerns you. */
export const eventoCambio = z.object({ seq: z.number().int().min(0), colecciones: z.array(z.string()) })
export type EventoCambio = z.infer<typeof eventoCambio>
export const PING_MS = 20_000
