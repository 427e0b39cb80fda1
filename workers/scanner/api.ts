/**
 * The face of the scanner worker: camera frames in, codes out. It decodes and nothing more: what a text means is for whoever asked.
 *
 * Native BarcodeDetector and zxing-wasm race (carrera.ts); the one that answers first and right stays. Frames never queue: one is looked at, the
 * newest waits, those between are forgotten (turnos.ts).
 */
import type { Codigo } from '../../schema/core/codigos.ts'

/** Starts the worker; the one function of this face that runs in the page. */
export { conectarEscaner } from './conectar.ts'

/** Pixels of the frame, from its top left. */
export interface Punto {
  x: number
  y: number
}

export interface Lectura {
  /** What the code says, as it says it. */
  texto: string
  /** Clockwise from the code's own top left, whichever way it is turned. */
  esquinas: [Punto, Punto, Punto, Punto]
}

/** `valor` null: no code in this frame, or a newer frame took its place. */
export type RespuestaDeLectura = { ok: true; valor: Lectura | null } | { ok: false; codigo: Extract<Codigo, 'ESCANER_NO_ABRE'> }

export interface Escaner {
  /** Looks at one frame. An ImageBitmap is given away: it is closed when this answers. Bounded: a worker that dies or is silent for 10 s answers ESCANER_NO_ABRE. */
  leer(cuadro: ImageBitmap | ImageData): Promise<RespuestaDeLectura>
  /** A camera was switched on: a race that nobody won yet starts again. */
  empezar(): void
  cerrar(): void
}
