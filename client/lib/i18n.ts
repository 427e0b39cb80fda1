/** The words on the screen: Spanish first, English complete. One catalogue per business word (`textos.ts`); a text that one side lacks does not compile. */
import type { Codigo } from '../../schema/core/codigos.ts'
import { textoDeCodigo } from '../../schema/core/textos-de-codigo.ts'
import { IDIOMA } from './idioma.ts'

export { catalogo, elegirIdioma, IDIOMA } from './idioma.ts'

/** A refusal in words. */
export const textoDe = (codigo: Codigo): string => textoDeCodigo(codigo, IDIOMA)
