import { useEffect, useMemo, useState } from 'react'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import type { CanjeDoc } from '../../../schema/protocol/documentos.ts'
import type { CanjeDado, ReplicaApi } from '../../../workers/replica/api.ts'
import { useCaja, usePuede, useTurno, useVivo } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { type CanjeEntregadoAqui, entregadosDelDia } from './entregados.ts'

/** The canjes of a day (`2026-11-21`): one's own, or all with verHistorialCompleto (SCAN-52). Null until the store answered. */
export function useEntregados(dia: string): CanjeEntregadoAqui[] | null {
  const { replica, alta } = useCaja()
  const { sucursalId } = alta
  const { zona } = useVivo()
  const completo = usePuede()('verHistorialCompleto')
  const operadorId = useTurno()?.operador.id ?? ''
  const desde = Math.max(1, Date.parse(`${dia}T00:00:00Z`) - 14 * HORA - DIA)
  const diario = useColeccion<Record<string, unknown>>(replica, 'diario', { selector: { tipo: 'canje_confirmado', wall: { $gte: desde } } })
  const canjes = useColeccion<CanjeDoc>(replica, 'canjes', { selector: { creadoAt: { $gte: desde } } })
  const dados = useDados(replica, canjes)
  return useMemo(() => {
    if (!diario || !canjes) return null
    return entregadosDelDia({ diario, canjes, dados, sucursalId }, dia, zona).filter((c) => completo || c.operadorId === operadorId)
  }, [diario, canjes, dados, sucursalId, dia, zona, completo, operadorId])
}

/** Asked again when the pulled ones change: one that was just given comes back with them. */
function useDados(replica: ReplicaApi, canjes: readonly CanjeDoc[] | null): readonly CanjeDado[] {
  const [dados, setDados] = useState<readonly CanjeDado[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was pulled makes it old
  useEffect(() => {
    let vivo = true
    const leer = async () => {
      const r = await replica.canjesDados?.()
      if (vivo && r?.ok) setDados(r.valor)
    }
    leer().catch(() => {}) // a till that is starting again is told of by its own banner
    return () => {
      vivo = false
    }
  }, [replica, canjes])
  return dados
}
