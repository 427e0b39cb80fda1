/** What a shift adds up to: a fold over the entries of a journal (SCAN-22, 40, 51). Centavos. */
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Anulacion, CambioMonto, Reembolso, ResumenDeTurno, Venta } from '../../schema/domain/hechos/tipos.ts'
import { RESUMEN_EN_CERO } from '../../schema/domain/turnos/cajon.ts'
import type { Leido } from './diario-de-turnos.ts'

/** A sale as the corrections so far have left it. */
export interface VentaVista {
  montoCentavos: number
  metodoPago: Venta['metodoPago']
  devueltoCentavos: number
  descuentoCentavos: number
  puntos: number
  conCupon: boolean
  anulada: boolean
}
export const vistaDe = (v: Venta): VentaVista => ({
  ...{ montoCentavos: v.montoCentavos, metodoPago: v.metodoPago, devueltoCentavos: 0, puntos: v.puntosPrometidos },
  ...{ descuentoCentavos: v.cupon?.descuentoCentavos ?? 0, conCupon: v.cupon !== undefined, anulada: false },
})

const CAJON = { efectivo: 'efectivoCentavos', tarjeta: 'tarjetaCentavos', transferencia: 'transferenciaCentavos' } as const

/**
 * `ventas`: every sale they name, as it was before them; it is changed as they go by. `devueltas`: how the money of a refund went back, where the till was told
 * (devoluciones.ts).
 */
export function resumir(
  leidos: readonly Leido[],
  ventas: ReadonlyMap<string, VentaVista>,
  devueltas: ReadonlyMap<string, Venta['metodoPago']> = new Map(),
): ResumenDeTurno {
  const r = { ...RESUMEN_EN_CERO }
  const propias = new Set<string>()
  for (const { sobre } of leidos) POR_TIPO[sobre.tipo]?.({ r, ventas, devueltas, propias, sobre })
  return r
}

interface Paso {
  r: ResumenDeTurno
  ventas: ReadonlyMap<string, VentaVista>
  devueltas: ReadonlyMap<string, Venta['metodoPago']>
  /** Sales of this shift. */
  propias: Set<string>
  sobre: Sobre
}

const POR_TIPO: Record<string, (paso: Paso) => void> = {
  venta({ r, ventas, propias, sobre }) {
    const v = ventas.get(sobre.id)
    if (!v) return
    propias.add(sobre.id)
    r.ventas++
    r[CAJON[v.metodoPago]] += v.montoCentavos
    r.descuentoCentavos += v.descuentoCentavos
    r.puntos += v.puntos
    if (v.conCupon) r.cupones++
  },
  reembolso({ r, ventas, devueltas, sobre }) {
    const { transaccionId, montoCentavos } = sobre.datos as Reembolso
    const v = ventas.get(transaccionId)
    // Of a sale this till knows nothing of (another till's ticket) the money left the drawer too, and stays out of it once the sale is pulled.
    devolver(r, devueltas.get(sobre.id) ?? v?.metodoPago ?? 'efectivo', montoCentavos)
    if (v) v.devueltoCentavos += montoCentavos
  },
  anulacion({ r, ventas, propias, sobre }) {
    const { transaccionId } = sobre.datos as Anulacion
    const v = ventas.get(transaccionId)
    // Pressed again after an answer that was lost: the drawer was opened once.
    if (v?.anulada) return
    r.anuladas++
    if (!v) return
    v.anulada = true
    const queda = Math.max(0, v.montoCentavos - v.devueltoCentavos)
    if (!propias.delete(transaccionId)) return devolver(r, v.metodoPago, queda)
    r.ventas--
    r[CAJON[v.metodoPago]] -= queda
    r.descuentoCentavos -= v.descuentoCentavos
    r.puntos = Math.max(0, r.puntos - v.puntos)
    if (v.conCupon) r.cupones--
  },
  cambio_monto({ r, ventas, propias, sobre }) {
    const { transaccionId, montoCentavos } = sobre.datos as CambioMonto
    const v = ventas.get(transaccionId)
    if (!v) return
    const diferencia = montoCentavos - v.montoCentavos
    v.montoCentavos = montoCentavos
    if (propias.has(transaccionId) || diferencia > 0) r[CAJON[v.metodoPago]] += diferencia
    else devolver(r, v.metodoPago, -diferencia)
  },
  canje_confirmado({ r }) {
    r.canjes++
  },
}

function devolver(r: ResumenDeTurno, metodo: Venta['metodoPago'], centavos: number): void {
  r.reembolsadoCentavos += centavos
  if (metodo === 'efectivo') r.reembolsadoEfectivoCentavos += centavos
}
