/**
 * The hecho of a request with an Idempotency-Key: its id is made from the key, so the same request again is the same hecho, and a till that enters in its journal
 * what it asked for without hearing the answer enters that one (R1, R4).
 */
import { uuidDeTexto } from '../core/ids.ts'

/** Whose keys they are: a till's, whoever is at it. */
export const ataduraDeEquipo = (dispositivoId: string): string => `equipo:${dispositivoId}`

export const hechoDeLlave = (negocioId: string, atadura: string, llave: string): Promise<string> =>
  uuidDeTexto(`pedido|${negocioId}|${atadura}|${llave}`)

/** SCAN-33, 44. One delivery of a canje by a till, however often it is asked for. */
export const llaveDeEntrega = (canjeId: string): string => `canje-${canjeId}`
