/** What Business Studio alone takes from the browser: a store for pictures, and the means to make them small. */
import { IMAGEN_LADO_MAXIMO } from './imagenes.ts'
import { crearNotas } from './notas-navegador.ts'
import type { Puertos } from './puertos.ts'

const CALIDAD = 0.82

export const puertosDeStudio = (nombre: string): Pick<Puertos, 'imagenes' | 'prepararImagen'> => ({
  imagenes: crearNotas(`${nombre}-imagenes`),
  prepararImagen,
})

/**
 * Drawn again: as the phone said it was held, and without anything it wrote beside the picture. A browser that cannot write webp gives a PNG, and the
 * server makes the webp.
 */
async function prepararImagen(archivo: Blob): Promise<Blob> {
  const dibujo = await createImageBitmap(archivo, { imageOrientation: 'from-image' })
  try {
    const escala = Math.min(1, IMAGEN_LADO_MAXIMO / Math.max(dibujo.width, dibujo.height))
    const [ancho, alto] = [Math.max(1, Math.round(dibujo.width * escala)), Math.max(1, Math.round(dibujo.height * escala))]
    const lienzo = new OffscreenCanvas(ancho, alto)
    const pincel = lienzo.getContext('2d')
    if (!pincel) throw new Error('no canvas to draw a picture on')
    pincel.imageSmoothingQuality = 'high'
    pincel.drawImage(dibujo, 0, 0, ancho, alto)
    return await lienzo.convertToBlob({ type: 'image/webp', quality: CALIDAD })
  } finally {
    dibujo.close()
  }
}
