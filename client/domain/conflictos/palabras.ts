/** What one text has that another had not, by words: the longest common subsequence of both. */

/** `comun`: in both. `nuevo`: only after. `quitado`: only before. */
export interface Trozo {
  que: 'comun' | 'nuevo' | 'quitado'
  texto: string
}

/** Longer texts are shown whole: nobody reads a comparison of so many words. */
const PALABRAS_MAXIMO = 800

/** A space stays with the word before it, so that what is struck or underlined is words. */
const enPalabras = (texto: string): string[] => texto.match(/[\p{L}\p{N}]+\s*|[^\p{L}\p{N}]\s*/gu) ?? []

/** Pieces in reading order; those that are `comun` or `nuevo` make `despues`. Neighbours of one kind are one piece. */
export function comparar(antes: string, despues: string): Trozo[] {
  const [a, b] = [enPalabras(antes), enPalabras(despues)]
  if (a.length > PALABRAS_MAXIMO || b.length > PALABRAS_MAXIMO) return [{ que: 'comun', texto: despues }]
  const largos = subsecuencias(a, b)
  const trozos: Trozo[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && igual(a[i], b[j])) {
      agregar(trozos, 'comun', b[j] ?? '')
      i++
      j++
    } else if (j >= b.length || (i < a.length && largo(largos, i + 1, j) >= largo(largos, i, j + 1)))
      agregar(trozos, 'quitado', a[i++] ?? '')
    else agregar(trozos, 'nuevo', b[j++] ?? '')
  }
  return trozos
}

const igual = (a: string | undefined, b: string | undefined) => a?.trimEnd() === b?.trimEnd()
const largo = (largos: Uint16Array[], i: number, j: number) => largos[i]?.[j] ?? 0

/** largos[i][j]: how many words the texts from i and from j on have in common, in order. */
function subsecuencias(a: string[], b: string[]): Uint16Array[] {
  const largos = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      largos[i]![j] = igual(a[i], b[j]) ? largo(largos, i + 1, j + 1) + 1 : Math.max(largo(largos, i + 1, j), largo(largos, i, j + 1))
  return largos
}

function agregar(trozos: Trozo[], que: Trozo['que'], texto: string): void {
  const ultimo = trozos.at(-1)
  if (ultimo?.que === que) ultimo.texto += texto
  else trozos.push({ que, texto })
}
