/**
 * Lifetime points of a shopper, over all negocios: what each credit settles and when (24 h after the sale, not before an hour after it was
 * received), and the cancellations that came in time.
 */
import type { LibroDelOraculo, MovimientoDeVida } from './libro.ts'

const HORA_MS = 3_600_000

export interface VidaDeUnaVenta {
  usuarioId: string
  transaccionId: string
  puntos: number
  asientaAt: number
  anulada: boolean
}

/** Every credited sale of these books, with what its corrections and a cancellation did to it. */
export function vidaDeVentas(libros: LibroDelOraculo[]): VidaDeUnaVenta[] {
  const ventas = new Map<string, VidaDeUnaVenta>()
  for (const { vida } of libros) for (const m of vida) mover(ventas, m)
  return [...ventas.values()]
}

/** What comes 24 h after the sale, or after its points were due, comes too late. */
function mover(ventas: Map<string, VidaDeUnaVenta>, m: MovimientoDeVida): void {
  const { usuarioId, transaccionId, puntos, ventaEffAt, recibidoAt } = m
  const venta = ventas.get(transaccionId)
  const tarde = m.effAt >= ventaEffAt + 24 * HORA_MS
  if (m.tipo === 'ganado' || (m.tipo === 'corregido' && !venta && !tarde)) {
    const asientaAt = Math.max(ventaEffAt + 24 * HORA_MS, recibidoAt + HORA_MS)
    if (!venta) ventas.set(transaccionId, { usuarioId, transaccionId, puntos, asientaAt, anulada: false })
  } else if (venta && !venta.anulada && !tarde && recibidoAt < venta.asientaAt) {
    if (m.tipo === 'anulado') venta.anulada = true
    else venta.puntos = puntos
  }
}

/** What a shopper's lifetime must be once the settlement has run at `ahora`. */
export function puntosDeVida(ventas: VidaDeUnaVenta[], usuarioId: string, ahora: number): number {
  return ventas.filter((v) => v.usuarioId === usuarioId && !v.anulada && v.asientaAt <= ahora).reduce((suma, v) => suma + v.puntos, 0)
}
