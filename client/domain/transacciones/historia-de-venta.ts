/** All that was done to one sale, oldest first: what this till did, what the server held, and what other tills gave back. Pure. */
import { type Codigo, esCodigo } from '../../../schema/core/codigos.ts'
import type { RetencionDoc } from '../../../schema/protocol/documentos.ts'
import { type Fuentes, type Movimiento, movimientosDe } from './movimientos.ts'

export interface HistoriaDeVenta {
  venta: Movimiento
  /** Refunds, changes of monto and the anulacion made here. */
  pasos: Movimiento[]
  /** Given back where this till did not see it, centavos; 0: nothing was. */
  devueltoFueraCentavos: number
  /** Its monto was changed elsewhere. */
  corregidaFuera: boolean
  /** It was cancelled elsewhere. */
  anuladaFuera: boolean
  retenciones: { codigo: Codigo; estado: RetencionDoc['estado'] }[]
}

/** Undefined: this device does not know that venta. */
export function historiaDeVenta(fuentes: Fuentes, id: string): HistoriaDeVenta | undefined {
  const movimientos = movimientosDe(fuentes)
  const venta = movimientos.find((m) => m.id === id && m.tipo === 'venta')
  if (!venta) return undefined
  const pasos = movimientos.filter((m) => m.transaccionId === id).reverse()
  const transaccion = fuentes.transacciones.find((t) => t.id === id)
  const hay = (tipo: Movimiento['tipo']) => pasos.some((paso) => paso.tipo === tipo)
  const devueltoAqui = pasos.reduce((suma, paso) => suma + (paso.tipo === 'reembolso' ? paso.montoCentavos : 0), 0)
  const anulada = venta.estado === 'anulada'
  return {
    venta,
    pasos,
    devueltoFueraCentavos: anulada ? 0 : Math.max(0, venta.devueltoCentavos - devueltoAqui),
    corregidaFuera: venta.montoOriginalCentavos !== null && !hay('cambio_monto'),
    anuladaFuera: anulada && !hay('anulacion'),
    retenciones: (transaccion?.retenciones ?? []).flatMap(({ codigo, estado }) => (esCodigo(codigo) ? [{ codigo, estado }] : [])),
  }
}
