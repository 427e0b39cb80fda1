/** What was just registered, as the till itself said it: the receipt is on the screen before any list was asked. Kept over a reload. */
import type { Nivel } from '../../../../schema/domain/configuracion/configuracion.ts'
import { cuentaDe } from '../../../domain/cupones/cuenta.ts'
import { verCliente } from './cliente-visto.ts'
import type { Resultado } from './vender.ts'
import type { VentaEnCurso } from './venta-en-curso.ts'

export interface Recibo {
  hechoId: string
  folio: string | null
  /** What was paid. */
  montoCentavos: number
  /** What a cupón took off; absent or 0: none did. */
  descuentoCentavos?: number
  metodoPago: VentaEnCurso['metodoPago']
  descripcion: string | null
  /** Null: a sale without a client. */
  cliente: { nombre: string; nivel: Nivel | null } | null
  puntosPrometidos: number
  /** Device clock, ms. */
  guardadoAt: number
}

const LLAVE = 'scanya.recibo'

export function recordarRecibo(venta: VentaEnCurso, r: Extract<Resultado, { como: 'registrada' }>): void {
  const visto = venta.cliente && verCliente(venta.cliente)
  const cuenta = cuentaDe(venta.montoCentavos, venta.cupon?.aplicado ? venta.cupon : null)
  const recibo: Recibo = {
    hechoId: r.hechoId,
    folio: r.folio,
    montoCentavos: cuenta.porCobrarCentavos,
    descuentoCentavos: cuenta.descuentoCentavos,
    metodoPago: venta.metodoPago,
    descripcion: venta.descripcion.trim() || null,
    cliente: visto && { nombre: visto.nombre, nivel: visto.nivel },
    puntosPrometidos: r.puntosPrometidos,
    guardadoAt: r.guardadoAt,
  }
  try {
    sessionStorage.setItem(LLAVE, JSON.stringify(recibo))
  } catch {
    // the journal tells it all the same, a moment later
  }
}

export function reciboDe(hechoId: string): Recibo | null {
  try {
    const leido = JSON.parse(sessionStorage.getItem(LLAVE) ?? 'null') as Recibo | null
    return leido?.hechoId === hechoId ? leido : null
  } catch {
    return null
  }
}
