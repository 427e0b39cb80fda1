/** Time and place: "hoy", limits per day and shifts all use diaLocal. Instants are integer ms since the epoch, UTC. */
export const SEGUNDO = 1_000
export const MINUTO = 60 * SEGUNDO
export const HORA = 60 * MINUTO
export const DIA = 24 * HORA

const formatos = new Map<string, Intl.DateTimeFormat>()

/** The local calendar day, `2026-11-21`, of an instant in an IANA zone. @throws RangeError when the zone does not exist */
export function diaLocal(instante: number, zona: string): string {
  let formato = formatos.get(zona)
  if (!formato) {
    formato = new Intl.DateTimeFormat('en-CA', { timeZone: zona, year: 'numeric', month: '2-digit', day: '2-digit' })
    formatos.set(zona, formato)
  }
  return formato.format(instante)
}

const relojes = new Map<string, Intl.DateTimeFormat>()

/** What the clock of an IANA zone shows at an instant: ms since midnight, 0 to DIA - 1. @throws RangeError when the zone does not exist */
export function horaLocal(instante: number, zona: string): number {
  let reloj = relojes.get(zona)
  if (!reloj) {
    reloj = new Intl.DateTimeFormat('en-GB', { timeZone: zona, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    relojes.set(zona, reloj)
  }
  const [horas, minutos] = reloj.format(instante).split(':').map(Number) as [number, number]
  return horas * HORA + minutos * MINUTO + (instante % MINUTO)
}

/** The clock stamp every journal entry keeps (design 03). */
export interface Marca {
  /** Device wall clock, ms. May be wrong. */
  wall: number
  /** Learned server − device difference, ms (design 04 §3). */
  offset: number
  /** Wall time at which the offset was learned; 0 = never. */
  offsetAt: number
  /** performance.now() of that run, ms: a wall clock that falls behind it was set back. */
  mono: number
  /** Id of the run of the worker (UUID): mono compares only inside one. */
  arranque: string
}

/** Device time corrected by what it knew. */
export const horaCorregida = (marca: Marca): number => marca.wall + marca.offset
