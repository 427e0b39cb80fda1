/** The status chip and what stands behind it (design 05): judged by real exchanges with the server. */
import { DIA } from '../../schema/core/tiempo.ts'
import type { EstadoVeredicto } from '../../schema/domain/hechos/libro.ts'
import type { Almacen } from './almacen.ts'
import type { EstadoSync } from './api.ts'
import { renglonDe } from './renglon.ts'
import type { SyncState } from './sync-machine.ts'

/** Verdicts of the last day that a cashier must see. */
const POR_ATENDER: EstadoVeredicto[] = ['en_revision', 'huerfano', 'sin_procesar', 'retenido']

export interface Hechos {
  revocado: boolean
  conIdentidad: boolean
  sinSesion: boolean
  /** The last exchange with the server failed. */
  sinConexion: boolean
  lider: boolean
  maquina: SyncState
  pendientes: number
  atencion: number
}

export function faseDe(h: Hechos): EstadoSync['fase'] {
  if (h.revocado) return 'revocado'
  if (!h.conIdentidad || h.sinSesion) return 'sin_sesion'
  if (h.maquina.kind === 'blocked') return 'atencion'
  if (h.lider && h.sinConexion) return 'sin_conexion'
  if (h.pendientes > 0 || h.maquina.kind === 'connecting') return 'enviando'
  return h.atencion > 0 ? 'atencion' : 'al_dia'
}
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
