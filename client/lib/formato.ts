/** How money, hours and ages are written. Money and hours are Mexican in both languages. */
import { catalogo, IDIOMA } from './idioma.ts'

const t = catalogo({
  es: {
    unMomento: 'hace un momento',
    minutos: (n: number) => `hace ${n} min`,
    horas: (n: number) => `hace ${n} h`,
    dias: (n: number) => `hace ${n} días`,
  },
  en: {
    unMomento: 'a moment ago',
    minutos: (n) => `${n} min ago`,
    horas: (n) => `${n} h ago`,
    dias: (n) => `${n} days ago`,
  },
})
const PESOS = new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'MXN' })

/** `125000` centavos to `$1,250.00`. */
export const pesos = (centavos: number): string => PESOS.format(centavos / 100)

/** `14:02`, in the zone of the sucursal: a till that travels still shows the shop's hour. */
export function hora(instante: number, zona: string): string {
  return new Intl.DateTimeFormat('es-MX', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zona }).format(instante)
}

/** `22 nov 2026`, in the zone of the sucursal. */
export const fecha = (instante: number, zona: string): string => dia({ day: 'numeric', month: 'short', year: 'numeric' }, instante, zona)

/** `22 nov 2026, 14:45`. */
export const fechaYHora = (instante: number, zona: string): string => `${fecha(instante, zona)}, ${hora(instante, zona)}`

/** `25 nov, 14:02`: near enough that the year goes without saying. */
export const diaYHora = (instante: number, zona: string): string =>
  `${dia({ day: 'numeric', month: 'short' }, instante, zona)}, ${hora(instante, zona)}`

const dia = (partes: Intl.DateTimeFormatOptions, instante: number, zona: string): string =>
  new Intl.DateTimeFormat(IDIOMA === 'en' ? 'en-GB' : 'es-MX', { ...partes, timeZone: zona }).format(instante).replaceAll(' de ', ' ')

/** `hace 3 min`, `hace 2 h`, `hace 4 días`; under a minute `hace un momento`. */
export function hace(ms: number): string {
  const minutos = Math.floor(Math.max(0, ms) / 60_000)
  if (minutos < 1) return t.unMomento
  if (minutos < 60) return t.minutos(minutos)
  const horas = Math.floor(minutos / 60)
  if (horas < 48) return t.horas(horas)
  return t.dias(Math.floor(horas / 24))
}
