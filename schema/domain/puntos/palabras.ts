/** Points in words, as every screen and notification says them. */
import type { Idioma } from '../../core/textos-de-codigo.ts'

const PALABRAS: Record<Idioma, [uno: string, varios: string]> = { es: ['punto', 'puntos'], en: ['point', 'points'] }

/** `1 punto`, `1,250 points`. `n`: whole points, or as they are written: a sign stays before them, `+1 punto`. */
export function puntosEnPalabras(n: number | string, idioma: Idioma): string {
  const escrito = n.toLocaleString('es-MX')
  return `${escrito} ${PALABRAS[idioma][/^\D?1$/.test(escrito) ? 0 : 1]}`
}
