import { useMemo } from 'react'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import type { CanjeDoc } from '../../../schema/protocol/documentos.ts'
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
  return useMemo(() => {
    if (!diario || !canjes) return null
    return entregadosDelDia({ diario, canjes, sucursalId }, dia, zona).filter((c) => completo || c.operadorId === operadorId)
  }, [diario, canjes, sucursalId, dia, zona, completo, operadorId])
}
