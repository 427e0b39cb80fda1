/** A text as it is looked for: lower case, no accents, single spaces. */
export const plegarTexto = (texto: string): string =>
  texto.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()

/** More words than this say nothing more. */
const PALABRAS = 5

/** The folded words somebody typed, each to be found anywhere. */
export const palabrasDe = (buscar: string | undefined): string[] =>
  plegarTexto(buscar ?? '')
    .split(' ')
    .filter((palabra) => palabra !== '')
    .slice(0, PALABRAS)
