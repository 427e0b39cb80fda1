/**
 * Journal upload, `POST /sync/diario`. Authenticated by the device's signature of the head alone, no session: a till whose session ended, whose
 * protocol is old or which was revoked can still hand in what it sold.
 */
import { z } from 'zod'
import { instante, uuid } from '../domain/hechos/sobre.ts'

export const RENGLONES_POR_ENVIO = 100
export const BYTES_POR_ENVIO = 1_000_000
/** Lost entries declared at a time, and in how many stretches: each becomes a row at the server. */
export const PERDIDOS_POR_ENVIO = 10_000
export const TRAMOS_PERDIDOS_POR_ENVIO = 20

/** What a till says about itself with every exchange (the Panel's picture). */
export const estadoDelEquipo = z.object({
  pendientes: z.number().int().min(0),
  masAntiguoAt: instante.nullable(),
  offset: z.number().int(),
  almacenBytes: z.number().int().min(0).nullable(),
  versionApp: z.string().max(40),
  /** Bytes the browser grants; null: it does not tell. Absent in what versions 1 and 2 say, like the next one. */
  cuotaBytes: z.number().int().min(0).nullable().optional(),
  /** Whether the browser promised not to erase what is stored. */
  persistente: z.boolean().nullable().optional(),
  /** Nothing of this journal is left unsent up to `enviadoAt`, what this request carries included (R5: until then everything this till gave is known). */
  alDia: z.boolean().optional(),
})

/** A signed statement that these seqs no longer exist on the device. */
export const perdido = z.object({ desde: z.number().int().min(0), hasta: z.number().int().min(0) })

export const pedidoDiario = z.object({
  dispositivoId: uuid,
  cadenaId: uuid,
  /** Seq of cuerpos[0]: always the server's last `esperado`. */
  desde: z.number().int().min(0),
  /** Canonical texts, in order of seq, skipping exactly what `perdidos` names. May be empty: a greeting that learns `esperado`. */
  cuerpos: z.array(z.string().max(70_000)).max(RENGLONES_POR_ENVIO),
  perdidos: z.array(perdido).max(TRAMOS_PERDIDOS_POR_ENVIO),
  /** The last text of this request, also when losses follow it (seq -1 and hash '' when there is none). */
  cabeza: z.object({ seq: z.number().int().min(-1), hash: z.string().regex(/^([0-9a-f]{64})?$/) }),
  enviadoAt: instante,
  estado: estadoDelEquipo.nullable(),
  /** Base64 P-256 signature of mensajeDeCabeza() in domain 'CYA1|diario'. */
  firma: z.string().max(200),
})
export type PedidoDiario = z.infer<typeof pedidoDiario>

/** The text the device signs: head, range and losses, so that none can be forged around a valid signature. */
export const mensajeDeCabeza = (p: Omit<PedidoDiario, 'firma' | 'cuerpos' | 'estado'>): string =>
  [
    p.dispositivoId,
    p.cadenaId,
    p.desde,
    p.cabeza.seq,
    p.cabeza.hash,
    p.enviadoAt,
    p.perdidos.map((x) => `${x.desde}-${x.hasta}`).join(','),
  ].join('|')

export const respuestaDiario = z.object({
  /** Last seq stored durably, -1 for none. It means this and only this: the bytes are kept. */
  recibidoHasta: z.number().int().min(-1),
  /** The seq to send next. Lower than what the client sent: entries are missing; it sends them or declares them lost. */
  esperado: z.number().int().min(0),
  /** Server clock, ms (design 03, R11). */
  hora: instante,
  /** Set when the device was revoked: it stops selling and wipes itself once nothing is pending. */
  revocado: z.boolean(),
})
export type RespuestaDiario = z.infer<typeof respuestaDiario>
