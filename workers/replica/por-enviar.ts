/** What of the journal is still on this device only. */
import type { Almacen } from './almacen.ts'
import { renglonDe } from './renglon.ts'

export async function contarPendientes(almacen: Almacen): Promise<number> {
  return almacen.tiene('diario') ? almacen.contar('diario', { estado: 'pendiente' }) : 0
}

/** Entries that the server will not have for their size. */
export async function contarApartados(almacen: Almacen): Promise<number> {
  return almacen.tiene('diario') ? almacen.contar('diario', { estado: 'apartado' }) : 0
}

/** Wall time of the oldest pending entry, ms; null for none. */
export async function masAntiguo(almacen: Almacen): Promise<number | null> {
  if (!almacen.tiene('diario')) return null
  const [primera] = await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'], 1)
  return primera ? renglonDe(primera).wall : null
}
