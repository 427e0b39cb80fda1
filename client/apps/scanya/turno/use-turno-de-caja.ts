import { useCallback, useEffect, useState } from 'react'
import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { useCaja, useVivo } from '../../../replica/contexto.ts'

const ANTERIORES = 30

export interface TurnosVistos {
  /** Null: none is open. */
  abierto: TurnoDeCaja | null
  /** Newest first. */
  cerrados: TurnoDeCaja[]
}

/** The shifts of this till, as its journal tells them; null until it answered. `releer` after one was opened or closed. */
export function useTurnosDeCaja(): { turnos: TurnosVistos | null; releer: () => void } {
  const { replica } = useCaja()
  const { estado } = useVivo()
  const [turnos, setTurnos] = useState<TurnosVistos | null>(null)
  const [vez, setVez] = useState(0)
  const pendientes = estado?.pendientes
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another tab wrote makes it old
  useEffect(() => {
    let vivo = true
    const leer = async () => {
      const [abierto, cerrados] = await Promise.all([replica.turnoDeCaja?.(), replica.turnosCerrados?.(ANTERIORES)])
      if (vivo && abierto?.ok && cerrados?.ok) setTurnos({ abierto: abierto.valor, cerrados: cerrados.valor })
    }
    leer().catch(() => {}) // a till that is starting again is told of by its own banner
    return () => {
      vivo = false
    }
  }, [replica, pendientes, vez])
  return { turnos, releer: useCallback(() => setVez((antes) => antes + 1), []) }
}
