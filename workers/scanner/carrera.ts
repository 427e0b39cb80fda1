/**
 * Which engine reads: the browser's own BarcodeDetector or zxing-wasm. Pure: what each one saw in a frame goes in, who looks at the next comes out.
 *
 *   corren ─ one reads alone, or both and one is faster ─► solo (decidido)          (both look at every frame while they race)
 *   corren ─ 2 s and nobody read ─► solo zxing (sin decidir) ─ camera switched on again ─► corren
 *   solo nativo ─ it throws, or is mute where zxing reads ─► solo zxing
 *
 * Native engines are fast where they work and, on some phones and every recent Mac, say nothing at all without an error: so silence is judged by
 * what the other one reads in the same frame, and a native that won is looked over at every eighth frame in which it saw nothing.
 */
export type Motor = 'zxing' | 'nativo'

/** What an engine saw in one frame: every text it read, in how many ms; `fallo` when it threw or did not answer in time. */
export interface Intento {
  textos: readonly string[]
  ms: number
  fallo?: boolean
}

export type Carrera =
  | { fase: 'corren'; desdeMs: number }
  /** `decidido`: somebody read, so no later camera starts the race again. `otro`: the other engine still works. */
  | { fase: 'solo'; motor: Motor; decidido: boolean; otro: boolean; mudos: number }
  /** Neither engine works any more. */
  | { fase: 'nadie' }

export const CARRERA_MS = 2_000
/** A native engine that is alone is looked over once in so many frames in which it saw nothing. */
const REVISION_CADA = 8

const solo = (motor: Motor, { decidido = true, otro = false } = {}): Carrera => ({ fase: 'solo', motor, decidido, otro, mudos: 0 })

/** Before the first frame. One engine alone has nobody to race against. */
export function salida(hay: Record<Motor, boolean>, ahoraMs: number): Carrera {
  if (hay.zxing && hay.nativo) return { fase: 'corren', desdeMs: ahoraMs }
  if (hay.zxing) return solo('zxing')
  return hay.nativo ? solo('nativo') : { fase: 'nadie' }
}

/** A camera was switched on. */
export function otraVuelta(carrera: Carrera, ahoraMs: number): Carrera {
  const sinDecidir = carrera.fase === 'corren' || (carrera.fase === 'solo' && !carrera.decidido)
  return sinDecidir ? { fase: 'corren', desdeMs: ahoraMs } : carrera
}

/** Who looks at the next frame, in this order. zxing goes first in a race: it is the one that always reads, so no reading waits for the comparison. */
export function turno(carrera: Carrera): Motor[] {
  if (carrera.fase === 'nadie') return []
  if (carrera.fase === 'corren') return ['zxing', 'nativo']
  const revisar = carrera.motor === 'nativo' && carrera.otro && carrera.mudos % REVISION_CADA === REVISION_CADA - 1
  return revisar ? ['nativo', 'zxing'] : [carrera.motor]
}

/** What follows from a frame. Only engines that looked at it are in `vistos`. */
export function trasCuadro(carrera: Carrera, vistos: Partial<Record<Motor, Intento>>, ahoraMs: number): Carrera {
  if (carrera.fase === 'nadie') return carrera
  return carrera.fase === 'corren' ? trasCorrer(carrera, vistos, ahoraMs) : trasSolo(carrera, vistos)
}

function trasCorrer(carrera: Carrera & { fase: 'corren' }, { zxing, nativo }: Partial<Record<Motor, Intento>>, ahoraMs: number): Carrera {
  if (!zxing || !nativo) return carrera
  if (zxing.fallo) return nativo.fallo ? { fase: 'nadie' } : solo('nativo')
  if (nativo.fallo || (zxing.textos.length > 0 && nativo.textos.length === 0)) return solo('zxing')
  if (zxing.textos.length > 0) return solo(ganaNativo(zxing, nativo) ? 'nativo' : 'zxing', { otro: true })
  if (nativo.textos.length > 0) return solo('nativo', { otro: true })
  return ahoraMs - carrera.desdeMs >= CARRERA_MS ? solo('zxing', { decidido: false, otro: true }) : carrera
}

/** First and right: faster, and it read what zxing read. */
const ganaNativo = (zxing: Intento, nativo: Intento): boolean =>
  nativo.ms < zxing.ms && nativo.textos.some((texto) => zxing.textos.includes(texto))

function trasSolo(carrera: Carrera & { fase: 'solo' }, vistos: Partial<Record<Motor, Intento>>): Carrera {
  const suyo = vistos[carrera.motor]
  if (!suyo) return carrera
  if (suyo.fallo) return carrera.otro ? solo(carrera.motor === 'zxing' ? 'nativo' : 'zxing') : { fase: 'nadie' }
  if (suyo.textos.length > 0) return { ...carrera, mudos: 0 }
  // It is mute where the other one reads: never again.
  if (carrera.motor === 'nativo' && (vistos.zxing?.textos.length ?? 0) > 0) return solo('zxing')
  return { ...carrera, mudos: carrera.mudos + 1 }
}
