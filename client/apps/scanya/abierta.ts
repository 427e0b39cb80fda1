/** The opened replica, enrolled or not: what the routes decide by. */
import { createContext, useContext } from 'react'
import type { Alta, ReplicaApi } from '../../../workers/replica/api.ts'

export interface Abierta {
  replica: ReplicaApi
  /** Null: this device is not a till yet. */
  alta: Alta | null
  alDarDeAlta: (alta: Alta) => void
}

export const AbiertaContext = createContext<Abierta | null>(null)

export function useAbierta(): Abierta {
  const abierta = useContext(AbiertaContext)
  if (!abierta) throw new Error('useAbierta is only called below an opened replica')
  return abierta
}
