const MARCAS = /\p{M}+/gu

/** A text as it is searched and compared: without accents (ñ is n), in lower case, with single spaces and none around it. */
export const plegar = (texto: string): string => texto.normalize('NFD').replace(MARCAS, '').toLowerCase().replace(/\s+/g, ' ').trim()

/** The words of what somebody typed, folded; none for an empty search. */
export const palabrasDe = (texto: string): string[] => plegar(texto).split(' ').filter(Boolean)

/** Whether every word is somewhere in a folded text. */
export const contieneTodas = (plegado: string, palabras: readonly string[]): boolean =>
  palabras.every((palabra) => plegado.includes(palabra))
