/** What a page and the scanner's worker say to each other. */
import type { Lectura } from './api.ts'

/** From the page. */
export type Pedido =
  | { escaner: 'iniciar' }
  /** A camera was switched on. */
  | { escaner: 'empezar' }
  | { escaner: 'leer'; n: number; cuadro: ImageBitmap | ImageData }

/** From the worker. `terminado`: it may be given the next frame, which can be later than its answer while two engines are compared. */
export type Contestacion =
  | { escaner: 'lista' }
  | { escaner: 'leido'; n: number; valor: Lectura | null }
  | { escaner: 'terminado'; n: number }
  | { escaner: 'fallo'; detalle: string }
