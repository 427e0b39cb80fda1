/** What the receipt says, out of what the till said when it saved and what the server said since. Pure. */
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { TransaccionDoc } from '../../../../schema/protocol/documentos.ts'
import type { Movimiento } from '../../../domain/transacciones/movimientos.ts'
import type { Recibo } from './recibo.ts'

export interface RegistroDeVenta {
  folio: string | null
  montoCentavos: number
  /** What a cupón took off; 0: none did. */
  descuentoCentavos: number
  metodoPago: string
  descripcion: string | null
  guardadoAt: number
  /** Null: a sale without a client. */
  cliente: { nombre: string | null } | null
  puntos: number
  /**
   * firmes: credited. por_confirmar: the server has not judged (puntos 0: a typed card, nobody knows how many). retenidos: held, with a motivo.
   * ninguno: this sale gives none.
   */
  puntosSon: 'firmes' | 'por_confirmar' | 'retenidos' | 'ninguno'
  motivo: Codigo | null
  recibido: boolean
  recibidoAt: number | null
  /** The server wrote the notice to the client's card (SCAN-25). */
  avisado: boolean
}

/** Null while neither is known. `transaccion`: the server's row of it, once pulled. */
export function registroDeVenta(
  recibo: Recibo | null,
  movimiento: Movimiento | null | undefined,
  transaccion: TransaccionDoc | undefined,
): RegistroDeVenta | null {
  if (!recibo && !movimiento) return null
  const conCliente = movimiento?.conCliente ?? recibo?.cliente !== null
  const nombre = movimiento?.clienteNombre ?? recibo?.cliente?.nombre ?? null
  return {
    folio: recibo?.folio ?? movimiento?.folio ?? null,
    montoCentavos: movimiento?.montoCentavos ?? recibo?.montoCentavos ?? 0,
    descuentoCentavos: movimiento?.descuentoCentavos ?? recibo?.descuentoCentavos ?? 0,
    metodoPago: movimiento?.metodoPago ?? recibo?.metodoPago ?? 'efectivo',
    descripcion: movimiento?.descripcion ?? recibo?.descripcion ?? null,
    guardadoAt: recibo?.guardadoAt ?? movimiento?.at ?? 0,
    cliente: conCliente ? { nombre } : null,
    puntos: transaccion?.acreditada ? transaccion.puntosOtorgados : (movimiento?.puntos ?? recibo?.puntosPrometidos ?? 0),
    puntosSon: conCliente ? puntosSon(movimiento, transaccion) : 'ninguno',
    motivo: movimiento?.motivo ?? null,
    recibido: movimiento?.recibido ?? false,
    recibidoAt: movimiento?.recibidoAt ?? transaccion?.recibidoAt ?? null,
    avisado: Boolean(transaccion?.clienteId),
  }
}

function puntosSon(movimiento: Movimiento | null | undefined, transaccion: TransaccionDoc | undefined): RegistroDeVenta['puntosSon'] {
  if (transaccion?.acreditada) return 'firmes'
  if (!movimiento) return 'por_confirmar'
  if (movimiento.puntosFirmes) return movimiento.puntos > 0 ? 'firmes' : 'ninguno'
  if (movimiento.aspecto === 'atencion') return movimiento.puntos > 0 ? 'retenidos' : 'ninguno'
  return 'por_confirmar'
}
