/**
 * Confirms a sale, exactly once. What was not answered is looked up in the journal before anything is said: "registrada" and "no quedó guardada"
 * are both facts of the disk, never guesses.
 */
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { NuevaVenta, ReplicaApi } from '../../../../workers/replica/api.ts'
import { buscarVenta } from '../../../domain/transacciones/buscar-venta.ts'

export type Resultado =
  /** Committed and read back. */
  | { como: 'registrada'; hechoId: string; folio: string | null; puntosPrometidos: number; guardadoAt: number }
  /** Not in the journal, and why. It may be confirmed again: the id stays. */
  | { como: 'rechazada'; codigo: Codigo }
  /** The till does not answer, so nobody knows yet. Confirming again is safe: a second one of the same id is refused. */
  | { como: 'sin_respuesta' }

/** Answers after which the sale may be in the journal all the same: a first try that was not heard of, or one whose answer was lost. */
const DUDOSOS: readonly Codigo[] = ['REPLICA_CAIDA', 'GUARDADO_FALLIDO', 'INTERNAL', 'ID_EN_USO', 'qr_repetido', 'QR_USADO']

export async function vender(
  replica: Pick<ReplicaApi, 'registrarVenta' | 'consultar'>,
  venta: NuevaVenta & { id: string },
): Promise<Resultado> {
  const respuesta = await replica.registrarVenta(venta).catch(() => ({ ok: false, codigo: 'REPLICA_CAIDA' }) as const)
  if (respuesta.ok) {
    const { hechoId, folio, puntosPrometidos, guardadoAt } = respuesta.valor
    return { como: 'registrada', hechoId, folio, puntosPrometidos, guardadoAt }
  }
  const rechazo = { como: 'rechazada', codigo: respuesta.codigo } as const
  if (!DUDOSOS.includes(respuesta.codigo)) return rechazo
  const renglon = await buscarVenta(replica, venta.id)
  if (renglon === undefined) return { como: 'sin_respuesta' }
  if (renglon === null) return rechazo
  const { hechoId, folio, puntosPrometidos, tiempo } = renglon
  return { como: 'registrada', hechoId, folio, puntosPrometidos, guardadoAt: tiempo.wall }
}
