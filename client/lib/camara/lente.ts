/**
 * qr-scanner as we need it: its loop over the video's frames and its canvas, with an engine of ours. Three of its habits are changed here:
 * - its own engine is never made: it is weak on dense codes, decodes in a worker that our policy forbids, and is chosen on every recent Mac;
 * - it looks at the whole frame, not at 400 pixels of its middle;
 * - it lets go of the camera at once: its 300 ms later would end the stream of whoever started it again meanwhile.
 */
import QrScanner from 'qr-scanner'
import type { Lectura, Punto } from '../../../workers/scanner/api.ts'

/** What qr-scanner asks of an engine: the shape of a BarcodeDetector. */
interface MotorDeCuadros {
  detect(lienzo: HTMLCanvasElement): Promise<{ rawValue: string; cornerPoints: Punto[] }[]>
}
export type Detectar = (lienzo: HTMLCanvasElement) => Promise<Lectura | null>

/** Enough for a hand that moves; reading every frame would double what the battery pays. */
const LECTURAS_POR_SEGUNDO = 15
/** Longest side that is looked at, px. */
const LADO_MAXIMO = 1920

let motorDeLaSiguiente: MotorDeCuadros = { detect: async () => [] }
QrScanner.createQrEngine = (() => Promise.resolve(motorDeLaSiguiente)) as unknown as typeof QrScanner.createQrEngine

export class Lente extends QrScanner {
  /** `video` is in the page, visible, and already has its stream when start() is called. */
  constructor(video: HTMLVideoElement, detectar: Detectar, alLeer: (lectura: Lectura) => void) {
    motorDeLaSiguiente = { detect: async (lienzo) => enSuForma(await detectar(lienzo)) }
    super(video, ({ data, cornerPoints }) => alLeer({ texto: data, esquinas: cuatro(cornerPoints) }), {
      returnDetailedScanResult: true,
      onDecodeError: () => {}, // a frame without a code
      calculateScanRegion: cuadroEntero,
      maxScansPerSecond: LECTURAS_POR_SEGUNDO,
    })
  }

  override pause(): Promise<boolean> {
    return super.pause(true)
  }
}

const enSuForma = (lectura: Lectura | null) =>
  lectura ? [{ rawValue: lectura.texto, cornerPoints: lectura.esquinas.map((punto) => ({ ...punto })) }] : []

function cuatro([a, b, c, d]: Punto[]): Lectura['esquinas'] {
  const cero = { x: 0, y: 0 }
  return [a ?? cero, b ?? cero, c ?? cero, d ?? cero]
}

function cuadroEntero({ videoWidth: width, videoHeight: height }: HTMLVideoElement): QrScanner.ScanRegion {
  const escala = Math.min(1, LADO_MAXIMO / Math.max(width, height, 1))
  return { x: 0, y: 0, width, height, downScaledWidth: Math.round(width * escala), downScaledHeight: Math.round(height * escala) }
}
