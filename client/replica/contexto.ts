/** The replica as screens get it: opened once, above all of them. */
import { createContext, useContext } from 'react'
import type { Alta, ReplicaApi } from '../../workers/replica/api.ts'

export interface Caja {
  replica: ReplicaApi
  alta: Alta
}

export const CajaContext = createContext<Caja | null>(null)

export function useCaja(): Caja {
  const caja = useContext(CajaContext)
  if (!caja) throw new Error('useCaja is only called below an opened replica')
  return caja
}
