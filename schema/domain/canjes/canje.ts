/** SCAN-30..33, CARD-31, 36; R4, R5. A canje is made online, where the points are set apart, and given at a till that may have no network. */
import { HORA, MINUTO, SEGUNDO } from '../../core/tiempo.ts'

/** SCAN-32. */
export const VIDA_DEL_CANJE_MS = 15 * MINUTO
/** R5. A delivery whose corrected hour is this much past the end is in time. */
export const TOLERANCIA_DEL_CANJE_MS = 30 * SEGUNDO
/** R5. By then the points go back even if the till that may have given it was not heard of. */
export const ESPERA_DEL_CANJE_MS = 24 * HORA

export const ESTADOS_DE_CANJE = ['pendiente', 'confirmado', 'expirado', 'cancelado'] as const
export type EstadoDeCanje = (typeof ESTADOS_DE_CANJE)[number]

/** R5. Whether a delivery at `effAt` (ms, corrected) is honoured. */
export const enPlazo = (effAt: number, venceAt: number): boolean => effAt <= venceAt + TOLERANCIA_DEL_CANJE_MS

/**
 * R5. When the points of a canje nobody confirmed go back. `vistaHasta`: everything that the till with the sucursal's lease did until then, by the server's clock,
 * has arrived; null: no till could give it without network, so nothing is waited for.
 */
export function devueltoAt(venceAt: number, vistaHasta: number | null): number {
  const limite = venceAt + TOLERANCIA_DEL_CANJE_MS
  if (vistaHasta === null || vistaHasta > limite) return limite
  return venceAt + ESPERA_DEL_CANJE_MS
}
