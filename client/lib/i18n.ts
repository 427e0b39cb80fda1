/** The words on the screen: Spanish first, English complete. One catalogue per business word (`textos.ts`); a text that one side lacks does not compile. */
export { catalogo, elegirIdioma, IDIOMA } from './idioma.ts'
export { textoDe } from './texto-de-codigo.ts'
