/** Days and hours as a person says them, in the phone's own zone. */
import { IDIOMA } from '../lib/idioma.ts'
import { t } from './textos.ts'

const LENGUA = IDIOMA === 'en' ? 'en-GB' : 'es-MX'
const HORA = new Intl.DateTimeFormat(LENGUA, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const DIA_Y_MES = new Intl.DateTimeFormat(LENGUA, { day: 'numeric', month: 'short' })
const CON_ANIO = new Intl.DateTimeFormat(LENGUA, { day: 'numeric', month: 'short', year: 'numeric' })

/** `14:02` */
export const hora = (at: number): string => HORA.format(at)

const medianoche = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
/** Calendar days between two instants; rounds away the hour that a change of season adds or takes. */
const diasEntre = (antes: number, despues: number): number => Math.round((medianoche(despues) - medianoche(antes)) / 86_400_000)

/** `6 dic`, or `6 dic 2025` when it is another year's. */
export const dia = (at: number, ahora: number): string =>
  (new Date(at).getFullYear() === new Date(ahora).getFullYear() ? DIA_Y_MES : CON_ANIO).format(at).replace(/\./g, '')

/** `Hoy 14:45`, `Ayer`, `21 nov` */
export function diaDe(at: number, ahora: number): string {
  const dias = diasEntre(at, ahora)
  if (dias <= 0) return `${t.hoy} ${hora(at)}`
  return dias === 1 ? t.ayer : dia(at, ahora)
}

/** `hoy`, `ayer`, `hace 5 días`; after a month the date. */
export function haceDe(at: number, ahora: number): string {
  const dias = diasEntre(at, ahora)
  if (dias <= 1) return (dias <= 0 ? t.hoy : t.ayer).toLowerCase()
  return dias <= 30 ? t.haceDias(dias) : dia(at, ahora)
}

/** When data is from: the hour if it is today's, else the day. `10:12`, `20 nov` */
export const fechaCorta = (at: number, ahora: number): string => (diasEntre(at, ahora) <= 0 ? hora(at) : dia(at, ahora))
