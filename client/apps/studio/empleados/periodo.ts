/** EMP-16. Which days a button means. Pure. */
import { diaLocal } from '../../../../schema/core/tiempo.ts'
import { otroDia } from '../../../../schema/domain/empleados/actividad.ts'
import { ZONA } from './ficha.ts'

export const PERIODOS = ['hoy', 'semana', 'mes'] as const
export type Periodo = (typeof PERIODOS)[number]

const DIAS = { hoy: 1, semana: 7, mes: 31 }

/** The last days until today, today included; or the one day that was chosen. */
export function rangoDe(periodo: Periodo, dia: string, ahora: number, zona = ZONA): { desde: string; hasta: string } {
  if (dia !== '') return { desde: dia, hasta: dia }
  const hasta = diaLocal(ahora, zona)
  return { desde: otroDia(hasta, 1 - DIAS[periodo]), hasta }
}
