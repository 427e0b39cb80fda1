/** What a shopper sees of what a negocio did. Pure. */
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import type { UsuarioEvento } from '../../schema/domain/hechos/libro.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'

/** CARD-20: points settle this long after the sale, and not before a till that was offline had its time to cancel. */
const ASIENTA_TRAS_VENTA_MS = DIA
const ASIENTA_TRAS_RECIBO_MS = HORA

export const asientaAt = (effAt: number, recibidoAt: number): number =>
  Math.max(effAt + ASIENTA_TRAS_VENTA_MS, recibidoAt + ASIENTA_TRAS_RECIBO_MS)

/** Row of usuario_eventos: the outbox of a negocio. */
export interface Evento {
  negocioId: string
  hechoId: string
  negocioNombre: string
  cuerpo: UsuarioEvento['cuerpo']
}

/** What these events leave in the stream: the last word of each document. Balances are absolute, so the last one stands. */
export const ultimosDocumentos = (eventos: readonly Evento[]): MiaDoc[] => [
  ...new Map(eventos.flatMap(documentosDe).map((doc) => [doc.id, doc])).values(),
]

/** Balance, movement, sale. */
function documentosDe({ negocioId, negocioNombre, cuerpo }: Evento): MiaDoc[] {
  const { saldo, venta, historial, recibidoAt: at } = cuerpo
  const negocio = { negocioId, negocioNombre }
  const { transaccionId, ...deVenta } = venta
  const docs: MiaDoc[] = [
    {
      id: `puntos:${negocioId}`,
      tipo: 'puntos',
      ...negocio,
      disponibles: saldo.puntosDisponibles,
      acumulados: saldo.puntosAcumulados,
      retenidos: saldo.puntosRetenidos,
    },
    { id: `venta:${transaccionId}`, tipo: 'venta', ...negocio, ...deVenta, at },
  ]
  if (historial) {
    const { id, tipo, puntos, montoCentavos, descripcion, multiplicadorPct, nivelAlMomento: nivel, effAt } = historial
    const movimiento = { movimiento: tipo, puntos, montoCentavos, descripcion, multiplicadorPct, nivel, effAt }
    docs.push({ id: `historial:${id}`, tipo: 'historial', ...negocio, ...movimiento, at })
  }
  return docs
}
