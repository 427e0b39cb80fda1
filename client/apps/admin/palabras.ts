/** How the Panel writes ages, delays, clocks and sizes. Pure; short enough for a column of a dense table. */
import { diaLocal, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { diaYHora, hora } from '../../lib/formato.ts'
import { catalogo, IDIOMA } from '../../lib/i18n.ts'

const t = catalogo({
  es: { hace: (cuanto: string) => `hace ${cuanto}`, dia: 'd' },
  en: { hace: (cuanto) => `${cuanto} ago`, dia: 'd' },
})

/** Of whoever looks: the platform has no place of its own. */
export const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

/** `America/Mexico_City` to a place people know. */
export function lugarDe(zona: string): string {
  if (zona === 'America/Mexico_City') return IDIOMA === 'es' ? 'Ciudad de México' : 'Mexico City'
  return zona.split('/').at(-1)?.replaceAll('_', ' ') ?? zona
}

/** `3 s`, `18 min`, `5 h 9 min`, `2 d 3 h`: the two units that matter. `ms` below 0 reads 0 s. */
export function edad(ms: number): string {
  const segundos = Math.max(0, Math.floor(ms / SEGUNDO))
  if (segundos < 60) return `${segundos} s`
  const minutos = Math.floor(segundos / 60)
  if (minutos < 60) return `${minutos} min`
  const horas = Math.floor(minutos / 60)
  if (horas < 24) return dos(horas, 'h', minutos % 60, 'min')
  return dos(Math.floor(horas / 24), t.dia, horas % 24, 'h')
}
const dos = (grande: number, unidad: string, chico: number, menor: string) =>
  chico === 0 ? `${grande} ${unidad}` : `${grande} ${unidad} ${chico} ${menor}`

/** When a device was last heard of: `hace 40 min` within the hour, `09:12` the same day, else `20 nov, 11:02`. */
export function contacto(at: number, ahora: number, zona = ZONA): string {
  if (ahora - at < 60 * MINUTO) return t.hace(edad(ahora - at))
  return momento(at, ahora, zona)
}

/** `14:19` today, `21 nov, 19:08` another day. */
export const momento = (at: number, ahora: number, zona = ZONA): string =>
  diaLocal(at, zona) === diaLocal(ahora, zona) ? hora(at, zona) : diaYHora(at, zona)

/** `13:41:04` today, `20 nov, 11:02` another day: a journal is read to the second while it is fresh. */
export const alSegundo = (at: number, ahora: number, zona = ZONA): string =>
  diaLocal(at, zona) === diaLocal(ahora, zona) ? conSegundos(at, zona) : diaYHora(at, zona)

/** `14:21:18` */
export const conSegundos = (at: number, zona = ZONA): string =>
  new Intl.DateTimeFormat('es-MX', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zona }).format(at)

/** `13:58:40.112`: which of two readings was first is a matter of thousandths. */
export const conMilesimas = (at: number, zona = ZONA): string => `${conSegundos(at, zona)}.${String(at % 1_000).padStart(3, '0')}`

/** How long a hecho takes from the button to the ledger: `0.4 s`, `41 s`, `6 min`. */
export function retraso(ms: number): string {
  if (ms < 10 * SEGUNDO) return `${(Math.max(0, ms) / SEGUNDO).toFixed(1)} s`
  return edad(ms)
}

/** `+0.4 s`, `−11 min 20 s`: how far a device's clock is ahead of the server's. `offsetMs` is server − device, as a device reports it. */
export function desfase(offsetMs: number): string {
  const segundos = Math.round(Math.abs(offsetMs) / 100) / 10
  const signo = offsetMs > 0 && segundos > 0 ? '−' : '+'
  if (segundos < 60) return `${signo}${segundos.toFixed(1)} s`
  const enteros = Math.round(segundos)
  if (enteros < 3_600) return `${signo}${dos(Math.floor(enteros / 60), 'min', enteros % 60, 's')}`
  return `${signo}${edad(enteros * SEGUNDO)}`
}

const UNIDADES = ['B', 'kB', 'MB', 'GB', 'TB'] as const
/** `212 MB`, `2.1 GB`. */
export function tamano(bytes: number): string {
  let valor = Math.max(0, bytes)
  let unidad = 0
  while (valor >= 1_000 && unidad < UNIDADES.length - 1) {
    valor /= 1_000
    unidad++
  }
  return `${valor >= 10 || unidad === 0 ? Math.round(valor) : valor.toFixed(1)} ${UNIDADES[unidad]}`
}

/** `18,204` */
export const numero = (n: number): string => n.toLocaleString('es-MX')

/** `f0a2…91`: enough of a hash to tell two apart. */
export const huellaCorta = (hash: string): string => (hash.length <= 8 ? hash : `${hash.slice(0, 4)}…${hash.slice(-2)}`)
