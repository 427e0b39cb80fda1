import { useMemo } from 'react'
import { diaLocal } from '../../../schema/core/tiempo.ts'
import { cifrasPara, type Movimiento, visiblesPara } from '../../domain/transacciones/movimientos.ts'
import { useMovimientos } from '../../domain/transacciones/use-movimientos.ts'
import { usePuede, useTurno, useVivo } from '../../replica/contexto.ts'
import { useReloj } from '../../replica/use-reloj.ts'

/** Today in the zone of the sucursal, `2026-11-21`, by the hour corrected with what the server taught. Turns at midnight by itself. */
export function useHoy(): string {
  const { estado, zona } = useVivo()
  return diaLocal(useReloj() + (estado?.offsetMs ?? 0), zona)
}

/**
 * The movements of a day that whoever is at the till may see: one's own, or all with verHistorialCompleto (SCAN-52). `deTodos`: all, when
 * allowed. Null until the store answered.
 */
export function useDia(dia: string, deTodos: boolean): Movimiento[] | null {
  const turno = useTurno()
  const completo = usePuede()('verHistorialCompleto') && deTodos
  const movimientos = useMovimientos(dia)
  const operadorId = turno?.operador.id ?? ''
  return useMemo(() => movimientos && visiblesPara(movimientos, operadorId, completo), [movimientos, operadorId, completo])
}

/** What these movements add up to for whoever is at the till (EMP-11). */
export function useCifras(movimientos: readonly Movimiento[]): ReturnType<typeof cifrasPara> {
  const turno = useTurno()
  return cifrasPara(movimientos, turno?.operador.id ?? '', usePuede()('verEstadisticas'))
}
