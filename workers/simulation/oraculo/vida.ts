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

/** Every credited sale of these books, with what a cancellation did to it. */
export function vidaDeVentas(libros: LibroDelOraculo[]): VidaDeUnaVenta[] {
  return libros.flatMap(({ vida }) => vida.filter((m) => m.tipo === 'ganado').map((credito) => asentar(credito, vida)))
}

function asentar(credito: MovimientoDeVida, vida: MovimientoDeVida[]): VidaDeUnaVenta {
  const asientaAt = Math.max(credito.effAt + 24 * HORA_MS, credito.recibidoAt + HORA_MS)
  const anulada = vida.some(
    (m) =>
      m.tipo === 'anulado' &&
      m.transaccionId === credito.transaccionId &&
      m.effAt < credito.effAt + 24 * HORA_MS &&
      m.recibidoAt < asientaAt,
  )
  return { usuarioId: credito.usuarioId, transaccionId: credito.transaccionId, puntos: credito.puntos, asientaAt, anulada }
}

/** What a shopper's lifetime must be once the settlement has run at `ahora`. */
export function puntosDeVida(ventas: VidaDeUnaVenta[], usuarioId: string, ahora: number): number {
  return ventas.filter((v) => v.usuarioId === usuarioId && !v.anulada && v.asientaAt <= ahora).reduce((suma, v) => suma + v.puntos, 0)
}
