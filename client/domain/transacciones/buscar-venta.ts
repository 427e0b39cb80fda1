import type { ReplicaApi } from '../../../workers/replica/api.ts'
import { type Renglon, renglonDe } from '../../replica/renglon.ts'
import { momentoDeUuid } from './tarjetas-vistas.ts'

/** How far a clock may have been set back between choosing the id and writing the sale, ms. */
const MARGEN_MS = 86_400_000

/**
 * Looks in the journal of this device whether the sale with this id was committed, whichever chain it is in now. Null: it is not there.
 * Undefined: the journal could not be asked.
 */
export async function buscarVenta(replica: Pick<ReplicaApi, 'consultar'>, hechoId: string): Promise<Renglon | null | undefined> {
  const selector = { tipo: 'venta', wall: { $gte: Math.max(0, momentoDeUuid(hechoId) - MARGEN_MS) } }
  try {
    const filas = await replica.consultar({ coleccion: 'diario', selector })
    if (!filas.ok) return undefined
    return filas.valor.map(renglonDe).find((renglon) => renglon?.hechoId === hechoId) ?? null
  } catch {
    return undefined
  }
}
