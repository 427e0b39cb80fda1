/** The nivel CardYA: global, from lifetime points (CARD-06, 09..11). Thresholds and multipliers come from the configuracion in force (CARD-19). */
import { MULTIPLICADORES_PCT, NIVELES, type Nivel, UMBRALES } from './nivel.ts'

export interface Umbrales {
  plata: number
  oro: number
}
export interface ProgresoNivel {
  /** 0 to 100, not rounded. */
  progreso: number
  siguiente: Nivel | null
  /** Points missing for `siguiente`. */
  faltantes: number
}

/** CARD-16. `puntosLifetime` in points, 0 or more. */
export function calcularNivel(puntosLifetime: number, umbrales: Umbrales = UMBRALES): Nivel {
  if (puntosLifetime >= umbrales.oro) return 'oro'
  return puntosLifetime >= umbrales.plata ? 'plata' : 'bronce'
}

/** CARD-17, in hundredths: oro is 150, that is 1.5. */
export const getMultiplicador = (nivel: Nivel, multiplicadoresPct: Record<Nivel, number> = MULTIPLICADORES_PCT): number =>
  multiplicadoresPct[nivel]

/**
 * CARD-18. How far a shopper is from the next nivel. `alcanzado`: the nivel that was reached, which stays when thresholds rise (CARD-20): what is missing is
 * then for the one above it.
 */
export function getProgresoNivel(puntosLifetime: number, umbrales: Umbrales = UMBRALES, alcanzado: Nivel = 'bronce'): ProgresoNivel {
  const porPuntos = calcularNivel(puntosLifetime, umbrales)
  const nivel = NIVELES.indexOf(alcanzado) > NIVELES.indexOf(porPuntos) ? alcanzado : porPuntos
  if (nivel === 'oro') return { progreso: 100, siguiente: null, faltantes: 0 }
  const [desde, hasta] = nivel === 'plata' ? [umbrales.plata, umbrales.oro] : [0, umbrales.plata]
  const progreso = Math.max(0, ((puntosLifetime - desde) / (hasta - desde)) * 100)
  return { progreso, siguiente: nivel === 'plata' ? 'oro' : 'plata', faltantes: hasta - puntosLifetime }
}

/**
 * R16. True when one sale is worth a whole nivel by itself: a typing error must not make a shopper oro everywhere.
 * Judged by the width of the nivel, not by the lifetime points: a negocio does not know those.
 */
export function cruzaNivelSola(nivel: Nivel, puntos: number, umbrales: Umbrales): boolean {
  if (nivel === 'oro') return false
  return puntos >= (nivel === 'plata' ? umbrales.oro - umbrales.plata : umbrales.plata)
}
