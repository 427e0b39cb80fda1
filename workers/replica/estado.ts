/** The status chip (design 05): judged by real exchanges with the server. */
import type { EstadoSync } from './api.ts'
import type { SyncState } from './sync-machine.ts'

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
