/**
 * What this till did to a sale that the server has not judged yet, in the order it was done: the same arithmetic as its judges (SCAN-22, 40, 51; R6), so that
 * the picture does not jump when the verdict comes. Pure.
 */
import { horaCorregida } from '../../../schema/core/tiempo.ts'
import type { LineaVista, Renglon } from '../../replica/renglon.ts'

export type LineaDeMovimiento = LineaVista & { /** How many came back. */ devueltas?: number }

export type Correccion = Pick<Renglon, 'tipo' | 'montoCentavos' | 'lineas'>

/** A venta, montos in centavos. */
export interface Corregida {
  montoCentavos: number
  /** Null: never changed. */
  montoOriginalCentavos: number | null
  devueltoCentavos: number
  anulada: boolean
  lineas: readonly LineaDeMovimiento[]
}

/** By the venta they name, oldest first. */
export function correccionesPorVenta(renglones: readonly Renglon[]): Map<string, Correccion[]> {
  const deVentas = renglones.filter((r) => r.transaccionId !== null)
  const enOrden = deVentas.toSorted((a, b) => horaCorregida(a.tiempo) - horaCorregida(b.tiempo) || (a.id < b.id ? -1 : 1))
  const porVenta = new Map<string, Correccion[]>()
  for (const r of enOrden) porVenta.set(r.transaccionId ?? '', [...(porVenta.get(r.transaccionId ?? '') ?? []), r])
  return porVenta
}

/** What cannot be, as more than what remains, changes nothing, as with the judge. */
export const conCorrecciones = (venta: Corregida, correcciones: readonly Correccion[]): Corregida => correcciones.reduce(corregir, venta)

function corregir(venta: Corregida, { tipo, montoCentavos, lineas }: Correccion): Corregida {
  if (venta.anulada) return venta
  if (tipo === 'anulacion') return { ...venta, anulada: true }
  if (tipo === 'reembolso') {
    const devueltoCentavos = Math.min(venta.montoCentavos, venta.devueltoCentavos + montoCentavos)
    return { ...venta, devueltoCentavos, lineas: lineas.reduce(conDevuelta, venta.lineas) }
  }
  if (tipo !== 'cambio_monto' || montoCentavos < venta.devueltoCentavos || montoCentavos === venta.montoCentavos) return venta
  return { ...venta, montoCentavos, montoOriginalCentavos: venta.montoOriginalCentavos ?? venta.montoCentavos }
}

/** Never more of a line than was sold. */
function conDevuelta(previas: readonly LineaDeMovimiento[], { articuloId, cantidad }: LineaVista): LineaDeMovimiento[] {
  let resta = cantidad
  return previas.map((linea) => {
    const toma = linea.articuloId === articuloId ? Math.min(resta, linea.cantidad - (linea.devueltas ?? 0)) : 0
    resta -= toma
    return toma > 0 ? { ...linea, devueltas: (linea.devueltas ?? 0) + toma } : linea
  })
}
