/** How zxing looks at a frame. One place: the worker, the tests and the measurements read with the same eyes. */
import type { ReaderOptions, ReadResult } from 'zxing-wasm/reader'
import type { Lectura } from './api.ts'

export const OPCIONES: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  // Nobody shows a card in negative, and each inversion is a whole second look.
  tryInvert: false,
  // Looks again at half the size, where the grain of a dark picture averages out. From 300 px up, or small frames would have no second look.
  tryDownscale: true,
  downscaleThreshold: 300,
  downscaleFactor: 2,
  // More than one: a poster's code must not hide the card in front of it.
  maxNumberOfSymbols: 4,
  // The text as written. The default (HRI) rewrites what looks like a GS1 code.
  textMode: 'Plain',
}

export const aLectura = ({ text, position: p }: ReadResult): Lectura => ({
  texto: text,
  esquinas: [p.topLeft, p.topRight, p.bottomRight, p.bottomLeft],
})

/** The largest code of a frame: the one that somebody holds up to the camera. Null when there is none. */
export const laMasGrande = (lecturas: readonly Lectura[]): Lectura | null =>
  lecturas.reduce<Lectura | null>((mayor, una) => (mayor && area(mayor) >= area(una) ? mayor : una), null)

/** Of the four corners' polygon, in square pixels (shoelace). */
function area({ esquinas }: Lectura): number {
  const doble = esquinas.reduce((suma, punto, i) => {
    const siguiente = esquinas[(i + 1) % 4] ?? punto
    return suma + punto.x * siguiente.y - siguiente.x * punto.y
  }, 0)
  return Math.abs(doble) / 2
}
