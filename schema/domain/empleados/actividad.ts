/** What an empleado did and tried (EMP-08, 16, 17), as it is listed and added up. Pure. */
import { DIA, diaLocal, HORA, MINUTO } from '../../core/tiempo.ts'

/** What the log can tell; the first are of the till, the others of the journal. */
export const TIPOS_DE_ACTIVIDAD = [
  ...(['login', 'logout', 'pin', 'turno'] as const),
  ...(['venta', 'cupon', 'canje', 'reembolso', 'anulacion', 'cambio_monto'] as const),
] as const
export type TipoDeActividad = (typeof TIPOS_DE_ACTIVIDAD)[number]

/** Nobody is at a till longer than this without touching it: it asks for the PIN again. */
const SESION_MAXIMA_MS = 12 * HORA

export interface PasoDeSesion {
  dispositivoId: string | null
  tipo: 'login' | 'logout'
  /** ms */
  at: number
}

/**
 * EMP-16, "tiempo de sesión": from each login to the logout of the same till, or to the next login there. One that is still open counts until `hasta`; none
 * longer than the twelve hours after which a till lets nobody in. Those of one empleado, in any order; ms.
 */
export function tiempoDeSesion(pasos: readonly PasoDeSesion[], hasta: number): number {
  const abiertas = new Map<string | null, number>()
  let total = 0
  const cerrar = (equipo: string | null, at: number) => {
    const desde = abiertas.get(equipo)
    if (desde !== undefined) total += Math.min(at - desde, SESION_MAXIMA_MS)
    abiertas.delete(equipo)
  }
  for (const { dispositivoId, tipo, at } of [...pasos].sort((a, b) => a.at - b.at)) {
    cerrar(dispositivoId, at)
    if (tipo === 'login') abiertas.set(dispositivoId, at)
  }
  for (const equipo of [...abiertas.keys()]) cerrar(equipo, Math.max(hasta, abiertas.get(equipo) ?? hasta))
  return total
}

/** The instant at which a calendar day begins in an IANA zone, also where the clocks change that night; ms. */
export function inicioDeDia(dia: string, zona: string): number {
  const utc = Date.parse(`${dia}T00:00:00Z`)
  let [antes, dentro] = [utc - 15 * HORA, utc + DIA]
  while (dentro - antes > MINUTO) {
    const medio = antes + Math.floor((dentro - antes) / 2 / MINUTO) * MINUTO
    if (diaLocal(medio, zona) < dia) antes = medio
    else dentro = medio
  }
  return dentro
}

/** The day `dias` after (or before) another, `2026-11-21`. */
export const otroDia = (dia: string, dias: number): string =>
  new Date(Date.parse(`${dia}T00:00:00Z`) + dias * DIA).toISOString().slice(0, 10)
