/** What was just done, told at the foot of the page. A queue of the document: whoever does something tells it, whatever screen follows. */
export interface Aviso {
  id: number
  texto: string
  /** mal: it was not done. */
  tono: 'normal' | 'mal'
  deshacer: (() => void) | null
  /** It went away without being undone: what cannot be taken back may be done now. */
  alPasar: (() => void) | null
}

/** As many as are seen at once; an older one gives way. */
const A_LA_VISTA = 3

let cola: readonly Aviso[] = []
let ultimo = 0
const oyentes = new Set<() => void>()

function poner(nueva: readonly Aviso[]): void {
  cola = nueva
  for (const oyente of oyentes) oyente()
}

/**
 * Tells something for six seconds. `deshacer`: the way back, offered meanwhile; `alPasar`: what waits for the end of that offer. Returns the aviso's id.
 */
export function avisar(
  texto: string,
  { tono = 'normal', deshacer = null, alPasar = null }: Partial<Pick<Aviso, 'tono' | 'deshacer' | 'alPasar'>> = {},
): number {
  ultimo += 1
  const todos = [...cola, { id: ultimo, texto, tono, deshacer, alPasar }]
  poner(todos.slice(-A_LA_VISTA))
  for (const aviso of todos.slice(0, -A_LA_VISTA)) aviso.alPasar?.()
  return ultimo
}

/** It was seen, or its time is over. */
export function quitarAviso(id: number): void {
  const aviso = cola.find((uno) => uno.id === id)
  poner(cola.filter((uno) => uno.id !== id))
  aviso?.alPasar?.()
}

/** Takes back what it tells. */
export function deshacerAviso(id: number): void {
  const aviso = cola.find((uno) => uno.id === id)
  poner(cola.filter((uno) => uno.id !== id))
  aviso?.deshacer?.()
}
export const avisosEnCola = (): readonly Aviso[] => cola
export function observarAvisos(oyente: () => void): () => void {
  oyentes.add(oyente)
  return () => oyentes.delete(oyente)
}
