/**
 * A live list across the port between worker and page. Of the two thousand sales of a day one changes at a time: when all of them were copied after each,
 * that was most of what a page did and held. So only what changed crosses: how many documents at the front and at the end are as they were, and between
 * them each one that is new, or the place it had. Both sides begin with an empty list and the port keeps the order, so they never differ.
 */
export interface Cambio<D extends object> {
  /** At the front, as they were. */
  antes: number
  /** At the end, as they were. */
  despues: number
  /** Between them: a document, or where it was in the list before. */
  entre: (number | D)[]
}

/** The worker's side: to be called with each whole list. A document that did not change must be the same object. */
export function enCambios<D extends object>(alCambiar: (cambio: Cambio<D>) => void): (lista: readonly D[]) => void {
  let previa: readonly D[] = []
  return (lista) => {
    const cambio = cambioEntre(previa, lista)
    previa = lista
    alCambiar(cambio)
  }
}

/** The page's side: whole lists again, of the same objects where nothing changed. */
export function deCambios<D extends object>(alCambiar: (lista: D[]) => void): (cambio: Cambio<D>) => void {
  let previa: D[] = []
  return ({ antes, despues, entre }) => {
    const lista = previa.slice(0, antes)
    for (const cosa of entre) lista.push(typeof cosa === 'number' ? (previa[cosa] as D) : cosa)
    for (let i = previa.length - despues; i < previa.length; i++) lista.push(previa[i] as D)
    previa = lista
    alCambiar(lista)
  }
}

function cambioEntre<D extends object>(previa: readonly D[], lista: readonly D[]): Cambio<D> {
  const comun = Math.min(previa.length, lista.length)
  let antes = 0
  while (antes < comun && previa[antes] === lista[antes]) antes++
  let despues = 0
  while (despues < comun - antes && previa[previa.length - 1 - despues] === lista[lista.length - 1 - despues]) despues++
  const lugares = new Map<D, number>()
  for (let i = antes; i < previa.length - despues; i++) lugares.set(previa[i] as D, i)
  return { antes, despues, entre: lista.slice(antes, lista.length - despues).map((documento) => lugares.get(documento) ?? documento) }
}
