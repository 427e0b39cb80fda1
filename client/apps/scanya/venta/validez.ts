/** For how long the card that was read still gives its points without a wait (SCAN-14, SCAN-24). Pure. */
import { TOLERANCIA_QR_MS } from '../../../../schema/domain/hechos/efectivo.ts'
import type { ClienteDeVenta } from './venta-en-curso.ts'

/** Of two devices that were in touch today (design 04 §3). */
const TOLERANCIA_MINIMA_MS = 30_000

export type Validez =
  /** Fresh for `restanMs` more; at 0 it is past its two minutes and still within what two clocks may disagree. */
  | { como: 'verde'; restanMs: number }
  /** Too old by now, or already when it was read: the sale is good, its points will be held (R11). */
  | { como: 'ambar' }
  /** Typed by hand: the server says whose it is. */
  | { como: 'por_confirmar' }

/** `ahora`: device clock, ms. A clock set back meanwhile makes no QR younger than when it was read. */
export function validezDe(cliente: ClienteDeVenta, ahora: number): Validez {
  if (cliente.como === 'escrito') return { como: 'por_confirmar' }
  const { tarjeta, leidaAt } = cliente
  const restanMs = tarjeta.validoMs - Math.max(0, ahora - leidaAt)
  // One read within the tolerance does not say how much of it is left: the smallest there is.
  const tolerancia = tarjeta.validoMs > 0 ? TOLERANCIA_QR_MS : TOLERANCIA_MINIMA_MS
  return tarjeta.estado === 'verde' && restanMs > -tolerancia ? { como: 'verde', restanMs: Math.max(0, restanMs) } : { como: 'ambar' }
}

/** `1:45` of 105,000 ms, rounded up: it says 0:01 until there is nothing left. */
export function minutosYSegundos(ms: number): string {
  const segundos = Math.max(0, Math.ceil(ms / 1_000))
  return `${Math.floor(segundos / 60)}:${String(segundos % 60).padStart(2, '0')}`
}
