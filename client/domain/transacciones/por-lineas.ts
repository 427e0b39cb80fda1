/** SCAN-40: how much is given back for what came back. What was paid for the whole sale is shared among its lines, also where a cupón took something off. Pure. */
import type { LineaDeMovimiento } from './correcciones.ts'
import type { Movimiento } from './movimientos.ts'

/** How many of each line come back now, by its place in `venta.lineas`. */
export type Elegidas = Readonly<Record<number, number>>

/** How many of a line may still come back. */
export const quedanDe = ({ cantidad, devueltas = 0 }: LineaDeMovimiento): number => Math.max(0, cantidad - devueltas)

/** Whether this sale says what was sold. */
export const tieneLineas = ({ lineas }: Movimiento): boolean =>
  lineas.some((linea) => quedanDe(linea) > 0 && linea.precioCentavos !== undefined)

/**
 * Centavos, 0 to `venta.reembolsableCentavos`, rounded down; all that remains once every line came back, so that no centavo is left over.
 */
export function montoDeLineas(venta: Movimiento, elegidas: Elegidas): number {
  const cuantas = (i: number) => elegidas[i] ?? 0
  if (venta.lineas.every((linea, i) => cuantas(i) === quedanDe(linea))) return venta.reembolsableCentavos
  const precio = venta.lineas.reduce((suma, { precioCentavos = 0 }, i) => suma + BigInt(precioCentavos) * BigInt(cuantas(i)), 0n)
  const total = venta.lineas.reduce((suma, { precioCentavos = 0, cantidad }) => suma + BigInt(precioCentavos) * BigInt(cantidad), 0n)
  if (total === 0n) return 0
  // What was paid may be less than the prices say, never more than they do: an amount typed by hand is not theirs to share.
  const pagado = BigInt(Math.min(venta.montoCentavos, Number(total)))
  return Math.min(venta.reembolsableCentavos, Number((precio * pagado) / total))
}

/** As the journal keeps it. */
export const lineasDe = (venta: Movimiento, elegidas: Elegidas): { articuloId: string; cantidad: number }[] =>
  venta.lineas.flatMap(({ articuloId }, i) => ((elegidas[i] ?? 0) > 0 ? [{ articuloId, cantidad: elegidas[i] ?? 0 }] : []))
