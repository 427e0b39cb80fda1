import { useEffect, useState } from 'react'
import type { EstadoSync, ReplicaApi } from '../../workers/replica/api.ts'
import { ponerInsignia } from '../lib/insignia.ts'
import { seguir } from './use-consulta.ts'

/** What the status chip stands on; null until the replica spoke. */
export function useEstadoSync(replica: ReplicaApi): EstadoSync | null {
  const [estado, setEstado] = useState<EstadoSync | null>(null)
  useEffect(() => seguir((alCambiar) => replica.observarEstado(alCambiar), setEstado), [replica])
  return estado
}

/** A visible tab takes the lead from one the browser froze; one that nobody looks at asks for less. */
export function useLiderazgoAlVer(replica: ReplicaApi): void {
  useEffect(() => {
    const alCambiar = () => {
      void (document.visibilityState === 'visible' ? replica.alHacerseVisible() : replica.alOcultarse?.())
    }
    document.addEventListener('visibilitychange', alCambiar)
    return () => document.removeEventListener('visibilitychange', alCambiar)
  }, [replica])
}

/** The browser's belief that the network is back is only a hint to try now. */
export function useVueltaDeLaRed(replica: ReplicaApi): void {
  useEffect(() => {
    const alVolver = () => void replica.alVolverLaRed?.()
    window.addEventListener('online', alVolver)
    return () => window.removeEventListener('online', alVolver)
  }, [replica])
}

/** What waits, on the icon of the installed app. */
export function useInsignia(pendientes: number): void {
  useEffect(() => void ponerInsignia(pendientes), [pendientes])
}
