/** A refusal in words. Apart from the catalogues (i18n.ts): it is the longest of all texts, and no first screen refuses anything. */
import type { Codigo } from '../../schema/core/codigos.ts'
import { textoDeCodigo } from '../../schema/core/textos-de-codigo.ts'
import { IDIOMA } from './idioma.ts'

export const textoDe = (codigo: Codigo): string => textoDeCodigo(codigo, IDIOMA)
