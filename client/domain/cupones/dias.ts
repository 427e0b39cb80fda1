/** Days of a sucursal and their instants: a cupón begins with a day and ends with one (CUP-03, 11). Pure. */
import { DIA, diaLocal, HORA, MINUTO } from '../../../schema/core/tiempo.ts'

/** Further than any zone is from UTC. */
const LEJOS_MS = 15 * HORA

/** First instant (ms) of a day, `2026-11-21`, in an IANA zone. A day that begins later because a clock was moved begins when it does. NaN: it is no day. */
export function inicioDelDia(dia: string, zona: string): number {
  const utc = Date.parse(`${dia}T00:00:00Z`)
  if (Number.isNaN(utc)) return Number.NaN
  let antes = utc - LEJOS_MS
  let ya = utc + LEJOS_MS
  // The local day only grows with time: halves until the minute where it becomes this one.
  while (ya - antes > MINUTO) {
    const medio = Math.floor((antes + ya) / 2 / MINUTO) * MINUTO
    if (diaLocal(medio, zona) >= dia) ya = medio
    else antes = medio
  }
  return ya
}

/** Last instant (ms) of it. */
export const finDelDia = (dia: string, zona: string): number => inicioDelDia(masDias(dia, 1), zona) - 1

/** `n` days later, or before. */
export const masDias = (dia: string, n: number): string => {
  const utc = Date.parse(`${dia}T00:00:00Z`)
  return Number.isNaN(utc) ? '' : new Date(utc + n * DIA).toISOString().slice(0, 10)
}
