/** What giving money back will do, before it is done: the rule the server runs (R6) on what this till knows. Pure. */
import { puntosPorDevolver } from '../../../schema/domain/puntos/puntos.ts'
import type { Movimiento } from './movimientos.ts'

export interface EfectoDeReembolso {
  /** Points taken back by this refund, 0 or more. */
  puntos: number
  /** What the client keeps in this negocio; null when this till does not know, or may not say. */
  quedan: number | null
}

/** Points of a venta that are gone once `devueltoCentavos` of it were given back. */
export const puntosDevueltosDe = ({ puntos, montoCentavos }: Movimiento, devueltoCentavos: number): number =>
  puntosPorDevolver(puntos, devueltoCentavos, montoCentavos)

/** `montoCentavos` 1 to `venta.reembolsableCentavos`. `disponibles`: the client's points here, null when unknown. */
export function efectoDeReembolso(venta: Movimiento, montoCentavos: number, disponibles: number | null): EfectoDeReembolso {
  const antes = puntosDevueltosDe(venta, venta.devueltoCentavos)
  const despues = puntosDevueltosDe(venta, Math.min(venta.devueltoCentavos + montoCentavos, venta.montoCentavos))
  const puntos = venta.conCliente ? despues - antes : 0
  // Held or promised points never entered the balance, so nothing leaves it.
  const salen = venta.puntosFirmes ? puntos : 0
  return { puntos, quedan: disponibles === null ? null : Math.max(0, disponibles - salen) }
}
