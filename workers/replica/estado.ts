/** The status chip (design 05): judged by real exchanges with the server. */
import type { EstadoSync } from './api.ts'
import type { SyncState } from './sync-machine.ts'

export interface Hechos {
  revocado: boolean
  conIdentidad: boolean
  /** The last exchange of this tab was refused a session. */
  sinSesion: boolean
  /** The last exchange of this tab failed. */
  sinConexion: boolean
  /** What its exchanges met is old news in a tab that does not lead: another one exchanges. */
  lider: boolean
  maquina: SyncState
  pendientes: number
  atencion: number
}

export function faseDe(h: Hechos): EstadoSync['fase'] {
  if (h.revocado) return 'revocado'
  if (!h.conIdentidad || (h.lider && h.sinSesion)) return 'sin_sesion'
  if (h.maquina.kind === 'blocked') return 'atencion'
  if (h.lider && h.sinConexion) return 'sin_conexion'
  if (h.pendientes > 0 || h.maquina.kind === 'connecting') return 'enviando'
  return h.atencion > 0 ? 'atencion' : 'al_dia'
}
