/** What a notification says, in the shopper's language: by push from the server, in CardYA's list from the phone. */
import type { Idioma } from '../../core/textos-de-codigo.ts'
import { ULTIMO_DIA_MS } from '../cupones/fin.ts'
import { puntosEnPalabras } from '../puntos/palabras.ts'
import type { Notificacion, TipoDeNotificacion } from './notificacion.ts'

export interface Dicho {
  titulo: string
  cuerpo: string
}

interface Partes {
  negocio: string
  /** In words, without sign: `1,250 puntos`. */
  puntos: string
  nivel: string
  nombre: string
  /** `3 dic`; empty: not known. */
  dia: string
  /** Told within a day of its end (CUP-20). */
  ultimoDia: boolean
}
type Texto = (partes: Partes) => Dicho
const dicho = (titulo: string, cuerpo: string): Dicho => ({ titulo, cuerpo })

const NIVELES: Record<Idioma, Record<string, string>> = {
  es: { bronce: 'Bronce', plata: 'Plata', oro: 'Oro' },
  en: { bronce: 'Bronze', plata: 'Silver', oro: 'Gold' },
}

const TEXTOS: Record<Idioma, Record<TipoDeNotificacion, Texto>> = {
  es: {
    puntos_ganados: (p) => dicho(`+${p.puntos}`, `Ganaste ${p.puntos} en ${p.negocio}.`),
    puntos_retenidos: (p) => dicho(`${p.puntos} en espera`, `${p.negocio} está revisando tu compra. Te avisamos cuando se sumen.`),
    puntos_liberados: (p) => dicho(`+${p.puntos}`, `Ya son tuyos tus puntos de ${p.negocio}.`),
    puntos_por_vencer: (p) => dicho('Tus puntos están por vencer', `${p.puntos} de ${p.negocio}${p.dia ? `: hasta el ${p.dia}` : ''}.`),
    devolucion: (p) => dicho(`−${p.puntos}`, `Por una devolución, anulación o corrección en ${p.negocio}.`),
    nivel: (p) => dicho(`¡Ya eres ${p.nivel}!`, 'Desde hoy ganas más puntos en cada compra.'),
    canje: (p) => dicho('Canje entregado', p.nombre ? `${p.nombre}, en ${p.negocio}.` : `Usaste ${p.puntos} en ${p.negocio}.`),
    cupon_nuevo: (p) => dicho('Tienes un cupón nuevo', `${p.nombre}, de ${p.negocio}.`),
    cupon_por_vencer: (p) =>
      dicho(
        p.ultimoDia ? '¡Último día de tu cupón!' : 'Tu cupón está por vencer',
        `${p.nombre}, de ${p.negocio}${p.dia ? `: hasta el ${p.dia}` : ''}.`,
      ),
    cupon_usado: (p) => dicho('Usaste un cupón', `${p.nombre}, en ${p.negocio}.`),
    cupon_vencido: (p) => dicho('Un cupón venció', `${p.nombre}, de ${p.negocio}.`),
  },
  en: {
    puntos_ganados: (p) => dicho(`+${p.puntos}`, `You earned ${p.puntos} at ${p.negocio}.`),
    puntos_retenidos: (p) => dicho(`${p.puntos} on hold`, `${p.negocio} is reviewing your purchase. We tell you when they are added.`),
    puntos_liberados: (p) => dicho(`+${p.puntos}`, `Your points of ${p.negocio} are yours now.`),
    puntos_por_vencer: (p) => dicho('Your points are about to expire', `${p.puntos} of ${p.negocio}${p.dia ? `: until ${p.dia}` : ''}.`),
    devolucion: (p) => dicho(`−${p.puntos}`, `From a refund, a cancelled or a corrected purchase at ${p.negocio}.`),
    nivel: (p) => dicho(`You are ${p.nivel} now!`, 'From today you earn more points on every purchase.'),
    canje: (p) => dicho('Reward handed over', p.nombre ? `${p.nombre}, at ${p.negocio}.` : `You used ${p.puntos} at ${p.negocio}.`),
    cupon_nuevo: (p) => dicho('You have a new coupon', `${p.nombre}, from ${p.negocio}.`),
    cupon_por_vencer: (p) =>
      dicho(
        p.ultimoDia ? 'Last day of your coupon!' : 'Your coupon ends soon',
        `${p.nombre}, from ${p.negocio}${p.dia ? `: until ${p.dia}` : ''}.`,
      ),
    cupon_usado: (p) => dicho('You used a coupon', `${p.nombre}, at ${p.negocio}.`),
    cupon_vencido: (p) => dicho('A coupon ended', `${p.nombre}, from ${p.negocio}.`),
  },
}

const diaEn = (idioma: Idioma, at: number, zona: string): string =>
  new Intl.DateTimeFormat(idioma === 'es' ? 'es-MX' : 'en-GB', { day: 'numeric', month: 'short', timeZone: zona }).format(at)

/** A notification in words. `zona`: IANA; the day it names is one of that zone's calendar. @throws RangeError when the zone does not exist */
export function textoDeNotificacion(n: Notificacion, idioma: Idioma, zona: string): Dicho {
  return TEXTOS[idioma][n.tipo]({
    negocio: n.negocioNombre ?? '',
    puntos: puntosEnPalabras(Math.abs(n.puntos ?? 0), idioma),
    nivel: NIVELES[idioma][n.nivel ?? ''] ?? n.nivel ?? '',
    nombre: n.nombre ?? '',
    dia: n.venceAt === null ? '' : diaEn(idioma, n.venceAt, zona),
    ultimoDia: n.venceAt !== null && n.at >= n.venceAt - ULTIMO_DIA_MS,
  })
}

const avisos = (idioma: Idioma, n: number): string =>
  idioma === 'es' ? (n === 1 ? '1 aviso' : `${n} avisos`) : n === 1 ? '1 notification' : `${n} notifications`

/** Points told of that did not come or go. */
const NO_SE_MOVIERON: ReadonlySet<TipoDeNotificacion> = new Set(['puntos_retenidos', 'puntos_por_vencer'])

/** Several in one: a new nivel is named, of the rest only how many there are, and no day. `ns` has at least two. */
export function textoDeVarias(ns: readonly Notificacion[], idioma: Idioma): Dicho {
  const nivel = ns.find(({ tipo }) => tipo === 'nivel')
  const puntos = ns.reduce((suma, { tipo, puntos }) => suma + (NO_SE_MOVIERON.has(tipo) ? 0 : (puntos ?? 0)), 0)
  const saldo = puntosEnPalabras(`${puntos < 0 ? '−' : '+'}${Math.abs(puntos).toLocaleString('es-MX')}`, idioma)
  if (nivel) {
    const otros = avisos(idioma, ns.length - 1)
    return {
      titulo: textoDeNotificacion(nivel, idioma, 'UTC').titulo,
      cuerpo: idioma === 'es' ? `Y ${otros} más.` : `And ${ns.length - 1} more.`,
    }
  }
  const titulo = idioma === 'es' ? `Tienes ${avisos(idioma, ns.length)}` : `You have ${avisos(idioma, ns.length)}`
  if (puntos === 0) return { titulo, cuerpo: idioma === 'es' ? 'Ábrelos en CardYA.' : 'Open them in CardYA.' }
  return { titulo, cuerpo: idioma === 'es' ? `En total, ${saldo}.` : `${saldo} in all.` }
}
