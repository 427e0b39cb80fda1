/** SCAN-31, 33; R4, R5. What a counter is told before a reward is given; a till with no network and the server ask the same. */
import type { Codigo } from '../../core/codigos.ts'
import type { Canje } from '../hechos/libro.ts'
import { enPlazo } from './canje.ts'

/** Null: it may be given now, at this sucursal. `ahora` in ms, corrected. */
export function motivoParaNoEntregar(
  canje: Pick<Canje, 'estado' | 'venceAt' | 'sucursalId'>,
  sucursalId: string | null,
  ahora: number,
): Extract<Codigo, `CANJE_${string}`> | null {
  if (canje.estado === 'confirmado') return 'CANJE_YA_ENTREGADO'
  if (canje.sucursalId !== null && canje.sucursalId !== sucursalId) return 'CANJE_OTRA_SUCURSAL'
  if (canje.estado === 'cancelado') return 'CANJE_CANCELADO'
  return canje.estado === 'expirado' || !enPlazo(ahora, canje.venceAt) ? 'CANJE_VENCIDO' : null
}
