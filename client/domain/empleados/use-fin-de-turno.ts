import { useEffect, useState } from 'react'
import type { FinDeTurno } from '../../../workers/replica/api.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'

/** Why nobody is at the till, when nobody chose so; null otherwise. */
export function useFinDeTurno(): FinDeTurno | null {
  const { replica } = useCaja()
  const { estado, turno } = useVivo()
  const [fin, setFin] = useState<FinDeTurno | null>(null)
  const pendientes = estado?.pendientes ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: who is in and what waits change it
  useEffect(() => {
    let vivo = true
    void replica
      .finDeTurno?.()
      .then((r) => vivo && r.ok && setFin(r.valor))
      .catch(() => {}) // a replica that is starting again is asked again
    return () => {
      vivo = false
    }
  }, [replica, turno, pendientes])
  return fin
}
