/**
 * What this till did to a sale that the server has not judged yet, in the order it was done: the same arithmetic as its judges (SCAN-22, 40, 51; R6), so that
 * the picture does not jump when the verdict comes. Pure.
 */
import { horaCorregida } from '../../../schema/core/tiempo.ts'
import type { TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
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

/**
 * The corrections of this till that the pulled sales do not tell yet. What the server judged is in its sale, but verdicts are pulled before sales, and
 * the line may go in between: an accepted correction counts here until its sale shows it, so that nothing is offered twice.
 */
export function porContar(
  renglones: readonly Renglon[],
  veredictos: ReadonlyMap<string, VeredictoDoc>,
  transacciones: ReadonlyMap<string, TransaccionDoc>,
): Renglon[] {
  const faltaDevolver = new Map<string, number>()
  for (const r of renglones) {
    const t = transacciones.get(r.transaccionId ?? '')
    if (t && r.tipo === 'reembolso' && veredictos.get(r.id)?.estado === 'aceptado')
      faltaDevolver.set(t.id, (faltaDevolver.get(t.id) ?? -t.reembolsadoCentavos) + r.montoCentavos)
  }
  /** Of a sale's refunds the last ones judged are those it lacks. */
  const faltaReembolso = (r: Renglon, t: TransaccionDoc) => {
    const falta = faltaDevolver.get(t.id) ?? 0
    faltaDevolver.set(t.id, falta - r.montoCentavos)
    return falta > 0
  }
  const orden = (r: Renglon) => veredictos.get(r.id)?.seqStream ?? 0
  return renglones
    .filter((r) => r.transaccionId !== null)
    .sort((a, b) => orden(b) - orden(a))
    .filter((r) => {
      const [t, veredicto] = [transacciones.get(r.transaccionId ?? ''), veredictos.get(r.id)]
      if (!t || !veredicto) return true
      if (veredicto.estado !== 'aceptado') return false
      if (r.tipo === 'anulacion') return t.estado !== 'anulada'
      return r.tipo === 'reembolso' ? faltaReembolso(r, t) : t.montoOriginalCentavos == null
    })
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
