/** When something happened, as far as can be known (R11). Instants are ms of server time. */
import { horaCorregida, type Marca, SEGUNDO } from '../../core/tiempo.ts'

/** How far a card's clock may run ahead of a till's before the sale looks wrong. */
export const TOLERANCIA_QR_MS = 90 * SEGUNDO

/**
 * R11. Device time corrected by its offset, never before the previous entry of its chain, never before the card was shown (less the
 * tolerance), never after receipt. `qrTsMs` only when both signatures of the QR are good.
 */
export function effAt(marca: Marca, ultimoEffAt: number, qrTsMs: number | null, recibidoAt: number): number {
  const desdeQr = qrTsMs === null ? 0 : qrTsMs - TOLERANCIA_QR_MS
  return Math.min(Math.max(horaCorregida(marca), ultimoEffAt, desdeQr), recibidoAt)
}

/**
 * R11. True when the age of the QR by the till's clock is outside [-90 s, its life + 90 s]: one of the two clocks is wrong. `vidaQrMs`: of the rules in force
 * (puntos.ts `vidaDelQrEn`).
 */
export function relojSospechoso(marca: Marca, qrTsMs: number, vidaQrMs: number): boolean {
  const edad = horaCorregida(marca) - qrTsMs
  return edad < -TOLERANCIA_QR_MS || edad > vidaQrMs + TOLERANCIA_QR_MS
}
