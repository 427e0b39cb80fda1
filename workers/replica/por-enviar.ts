/** What of the journal is still on this device only, and what the server said of it that a person must see. */
import { DIA } from '../../schema/core/tiempo.ts'
import type { EstadoVeredicto } from '../../schema/domain/hechos/libro.ts'
import type { Almacen } from './almacen.ts'
import { renglonDe } from './renglon.ts'

/** Verdicts of the last day that a cashier must see. */
const POR_ATENDER: EstadoVeredicto[] = ['en_revision', 'huerfano', 'sin_procesar', 'retenido']

export async function contarPendientes(almacen: Almacen): Promise<number> {
  return almacen.tiene('diario') ? almacen.contar('diario', { estado: 'pendiente' }) : 0
}

/** Wall time of the oldest pending entry, ms; null for none. */
export async function masAntiguo(almacen: Almacen): Promise<number | null> {
  if (!almacen.tiene('diario')) return null
  const [primera] = await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'], 1)
  return primera ? renglonDe(primera).wall : null
}

/** Verdicts that a person must see. `ahora`: corrected time, ms. */
export async function veredictosPorAtender(almacen: Almacen, ahora: number): Promise<number> {
  if (!almacen.tiene('veredictos')) return 0
  let suma = 0
  for (const estado of POR_ATENDER)
    suma += await almacen.contar('veredictos', { estado, effAt: { $gt: Math.max(0, Math.floor(ahora - DIA)) } })
  return suma
}
