/**
 * `POST /sync/diario/archivo`: the pending entries of a till as a file, uploaded by a person of the negocio when the till itself cannot. It carries
 * the very requests the device would have sent, each signed by it, so whoever carries the file can neither add nor change a sale.
 */
import { z } from 'zod'
import { uuid } from '../domain/hechos/sobre.ts'
import { pedidoDiario } from './diario.ts'

/** Requests in one file: 10,000 entries. */
export const PEDIDOS_POR_ARCHIVO = 100
export const BYTES_POR_ARCHIVO = 32_000_000

export const archivoDePendientes = z.object({
  formato: z.literal('anunciaya-pendientes'),
  v: z.literal(1),
  dispositivoId: uuid,
  pedidos: z.array(pedidoDiario).max(PEDIDOS_POR_ARCHIVO),
  /** Domain 'CYA1|pendientes', over the canonical text of `pedidos`. */
  firma: z.string().max(200),
})
export type ArchivoDePendientes = z.infer<typeof archivoDePendientes>

export const respuestaArchivo = z.object({
  /** Entries that were new. */
  nuevos: z.number().int().min(0),
  cadenas: z.array(
    z.object({
      cadenaId: uuid,
      recibidoHasta: z.number().int().min(-1),
      /** False: entries before those of the file are missing; they are still on the till, or in an older file. */
      completa: z.boolean(),
    }),
  ),
})
export type RespuestaArchivo = z.infer<typeof respuestaArchivo>
