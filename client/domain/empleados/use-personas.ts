import { useEffect, useState } from 'react'
import type { Persona } from '../../../workers/replica/api.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'

/** Who may enter at this till, those who entered before first; null until the replica answered. Asked again when what it stands on changes. */
export function usePersonas(): { personas: Persona[] | null; pedirOtraVez: () => void } {
  const { replica } = useCaja()
  const { config, estado, turno } = useVivo()
  const [personas, setPersonas] = useState<Persona[] | null>(null)
  const [vez, setVez] = useState(0)
  const pendientes = estado?.pendientes ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: config, what waits, who is in and a failed PIN each change the list
  useEffect(() => {
    let vivo = true
    void replica.personas?.().then((r) => vivo && r.ok && setPersonas(r.valor))
    return () => {
      vivo = false
    }
  }, [replica, config, pendientes, turno, vez])
  return { personas, pedirOtraVez: () => setVez((n) => n + 1) }
}
