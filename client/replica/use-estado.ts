import { useEffect, useState } from 'react'
import type { EstadoSync, ReplicaApi } from '../../workers/replica/api.ts'
import { seguir } from './use-consulta.ts'

/** What the status chip stands on; null until the replica spoke. */
export function useEstadoSync(replica: ReplicaApi): EstadoSync | null {
  const [estado, setEstado] = useState<EstadoSync | null>(null)
  useEffect(() => seguir((alCambiar) => replica.observarEstado(alCambiar), setEstado), [replica])
  return estado
}

/** A visible tab takes the lead from one the browser froze. */
export function useLiderazgoAlVer(replica: ReplicaApi): void {
  useEffect(() => {
    const alCambiar = () => {
      if (document.visibilityState === 'visible') void replica.alHacerseVisible()
    }
    document.addEventListener('visibilitychange', alCambiar)
    return () => document.removeEventListener('visibilitychange', alCambiar)
  }, [replica])
}
