/** Time and place: "hoy", limits per day and shifts all use diaLocal. Instants are integer ms since the epoch, UTC. */
export const SEGUNDO = 1_000
export const MINUTO = 60 * SEGUNDO
export const HORA = 60 * MINUTO
export const DIA = 24 * HORA

/** A format of each zone: making one takes longer than all else here. */
function porZona(idioma: string, opciones: Intl.DateTimeFormatOptions): (zona: string) => Intl.DateTimeFormat {
  const hechos = new Map<string, Intl.DateTimeFormat>()
  return (zona) => {
    const formato = hechos.get(zona) ?? new Intl.DateTimeFormat(idioma, { ...opciones, timeZone: zona })
    hechos.set(zona, formato)
    return formato
  }
}
const calendario = porZona('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' })
const reloj = porZona('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** The local calendar day, `2026-11-21`, of an instant in an IANA zone. @throws RangeError when the zone does not exist */
export const diaLocal = (instante: number, zona: string): string => calendario(zona).format(instante)

/** What the clock of an IANA zone shows at an instant: ms since midnight, 0 to DIA - 1. @throws RangeError when the zone does not exist */
export function horaLocal(instante: number, zona: string): number {
  const [horas, minutos] = reloj(zona).format(instante).split(':').map(Number) as [number, number]
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
