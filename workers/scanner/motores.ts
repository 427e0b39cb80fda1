/** The two engines, inside the worker. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Punto } from './api.ts'
import type { Leer } from './lector.ts'
import { aLectura, OPCIONES } from './opciones.ts'

export type Cuadro = ImageBitmap | ImageData

/** zxing-wasm, its file taken from `direccion` and from nowhere else. Ends when it is compiled. @throws when it cannot be fetched or compiled */
export async function abrirZxing(direccion: string): Promise<Leer<Cuadro>> {
  // Without this the library asks a public CDN, which our policy forbids and a till without network cannot reach.
  await prepareZXingModule({ overrides: { locateFile: () => direccion }, fireImmediately: true })
  const pixeles = crearPixeles()
  return async (cuadro) => (await readBarcodes(pixeles(cuadro), OPCIONES)).map(aLectura)
}

/** One canvas for all frames: a new one per frame is what makes a slow phone collect garbage while it scans. */
function crearPixeles(): (cuadro: Cuadro) => ImageData {
  let lienzo: OffscreenCanvas | undefined
  let pincel: OffscreenCanvasRenderingContext2D | null = null
  return (cuadro) => {
    if (cuadro instanceof ImageData) return cuadro
    const { width, height } = cuadro
    if (lienzo?.width !== width || lienzo.height !== height) {
      lienzo = new OffscreenCanvas(width, height)
      pincel = lienzo.getContext('2d', { willReadFrequently: true, alpha: false })
    }
    if (!pincel) throw new Error('no 2d canvas in this worker')
    pincel.drawImage(cuadro, 0, 0)
    return pincel.getImageData(0, 0, width, height)
  }
}

/** What we use of the Shape Detection API. */
interface DetectorNativo {
  detect(imagen: Cuadro): Promise<{ rawValue: string; cornerPoints: readonly Punto[] }[]>
}
interface FabricaNativa {
  new (opciones: { formats: string[] }): DetectorNativo
  getSupportedFormats(): Promise<string[]>
}

/** The browser's own detector, where it exists and knows QR codes. */
export async function abrirNativo(): Promise<Leer<Cuadro> | undefined> {
  const Detector = (globalThis as { BarcodeDetector?: FabricaNativa }).BarcodeDetector
  const formatos = await Detector?.getSupportedFormats().catch((): string[] => [])
  if (!Detector || !formatos?.includes('qr_code')) return undefined
  const detector = new Detector({ formats: ['qr_code'] })
  return async (cuadro) =>
    (await detector.detect(cuadro)).map(({ rawValue, cornerPoints: [a, b, c, d] }) => {
      const cero = { x: 0, y: 0 }
      return { texto: rawValue, esquinas: [a ?? cero, b ?? cero, c ?? cero, d ?? cero] }
    })
}
