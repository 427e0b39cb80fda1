/** The replica as screens get it: opened once, above all of them. */
import { createContext, useContext } from 'react'
import type { AccionScanYA } from '../../schema/domain/empleados/permisos.ts'
import { puede } from '../../schema/domain/empleados/permisos.ts'
import type { ConfigDoc } from '../../schema/protocol/documentos.ts'
import type { Alta, EstadoSync, ReplicaApi, Turno } from '../../workers/replica/api.ts'

export interface Caja {
  replica: ReplicaApi
  alta: Alta
}

/** What moves by itself while a till is open. */
export interface Vivo {
  /** Null until the replica spoke. */
  estado: EstadoSync | null
  /** Who is at the till; null: nobody; undefined: not known yet. */
  turno: Turno | null | undefined
  /** Documents of `config`; empty until they arrived. */
  config: ConfigDoc[]
  /** IANA zone of the sucursal: what "hoy" means. */
  zona: string
}

export const CajaContext = createContext<Caja | null>(null)
export const VivoContext = createContext<Vivo | null>(null)

export function useCaja(): Caja {
  const caja = useContext(CajaContext)
  if (!caja) throw new Error('useCaja is only called below an opened replica')
  return caja
}

export function useVivo(): Vivo {
  const vivo = useContext(VivoContext)
  if (!vivo) throw new Error('useVivo is only called below an opened till')
  return vivo
}

/** Who is at the till, or null. */
export const useTurno = (): Turno | null => useVivo().turno ?? null

/** SCAN-60: whether whoever is at the till may do this. A dueño needs no permission (SCAN-07); nobody may do nothing. */
export function usePuede(): (accion: AccionScanYA) => boolean {
  const turno = useTurno()
  return (accion) => turno !== null && (turno.permisos === null || puede(turno.permisos, accion))
}
