/** SCAN-40: a sale of another till, as its ticket tells of it, so that it can be given back with no network (R14: the server waits for the sale itself). Pure. */
import type { Ticket } from '../../../schema/domain/tickets/ticket.ts'
import { type Fuentes, type Movimiento, movimientosDe } from './movimientos.ts'

/** As this device knows the sale (`conocida`), or else as its ticket says, what was given back here already taken off. */
export function ventaDeTicket(fuentes: Fuentes, ticket: Ticket): { venta: Movimiento; conocida: boolean } {
  const conocida = movimientosDe(fuentes).find((m) => m.id === ticket.hechoId && m.tipo === 'venta')
  if (conocida) return { venta: conocida, conocida: true }
  const { hechoId: id, folio, montoCentavos, puntos, effAt, cardId } = ticket
  const nadie = { sucursalId: null, dispositivoId: null, cadenaId: '', empleadoId: null, clienteId: cardId }
  const dicha = {
    ...{ ...nadie, id, seq: 0, folio, cardId, montoCentavos, effAt, recibidoAt: effAt, configVersion: 0, nivelCliente: null },
    ...{ metodoPago: 'efectivo' as const, descripcion: null, lineas: [], puntosBase: puntos, multiplicadorPct: 100, acreditada: false },
    ...{
      puntosOtorgados: puntos,
      puntosDevueltos: 0,
      reembolsadoCentavos: 0,
      motivo: null,
      estado: 'completada' as const,
      retenida: false,
    },
  }
  const [venta] = movimientosDe({ ...fuentes, transacciones: [dicha], veredictos: [] }).filter((m) => m.id === id)
  // Its row was just given.
  return { venta: venta as Movimiento, conocida: false }
}
