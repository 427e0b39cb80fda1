/** Which language a page speaks, and its typed catalogues: apart from the refusals in words (i18n.ts), which the first paint of a card does not need. */
import type { Idioma } from '../../schema/core/textos-de-codigo.ts'

type Texto = string | ((...partes: never[]) => string)
/** The same keys, and functions of the same parts. */
type Traduccion<T extends Record<string, Texto>> = { [K in keyof T]: T[K] extends string ? string : T[K] }

/** English only for whoever put it before Spanish; `preferidos` as in navigator.languages. */
export function elegirIdioma(preferidos: readonly string[]): Idioma {
  const primero = preferidos.find((idioma) => /^(es|en)\b/i.test(idioma))
  return primero?.toLowerCase().startsWith('en') ? 'en' : 'es'
}

// Without a page (tests in Node) there is nobody to ask.
export const IDIOMA: Idioma = typeof document === 'undefined' ? 'es' : elegirIdioma(navigator.languages ?? [navigator.language])

export const catalogo = <T extends Record<string, Texto>>(textos: { es: T; en: Traduccion<T> }): Traduccion<T> =>
  IDIOMA === 'en' ? textos.en : (textos.es as unknown as Traduccion<T>)
