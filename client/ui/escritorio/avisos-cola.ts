/** What was just done, told at the foot of the page. A queue of the document: whoever does something tells it, whatever screen follows. */
export interface Aviso {
  id: number
  texto: string
  /** mal: it was not done. */
  tono: 'normal' | 'mal'
  deshacer: (() => void) | null
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

/** Tells something for six seconds. `deshacer`: the way back, offered meanwhile. Returns the aviso's id. */
export function avisar(texto: string, { tono = 'normal', deshacer = null }: Partial<Pick<Aviso, 'tono' | 'deshacer'>> = {}): number {
  ultimo += 1
  poner([...cola, { id: ultimo, texto, tono, deshacer }].slice(-A_LA_VISTA))
  return ultimo
}

export const quitarAviso = (id: number): void => poner(cola.filter((aviso) => aviso.id !== id))
export const avisosEnCola = (): readonly Aviso[] => cola
export function observarAvisos(oyente: () => void): () => void {
  oyentes.add(oyente)
  return () => oyentes.delete(oyente)
}
