/** A picture drawn again in a browser: as the phone said it was held, no larger than it needs to be, and with nothing in it that was written beside it. */

/**
 * Longest side `ladoMaximo` pixels. A browser that cannot write webp gives a PNG. `calidad`: 0 to 1. @throws when it is no picture
 */
export async function dibujarEnWebp(archivo: Blob, ladoMaximo: number, calidad: number): Promise<Blob> {
  const dibujo = await createImageBitmap(archivo, { imageOrientation: 'from-image' })
  try {
    const escala = Math.min(1, ladoMaximo / Math.max(dibujo.width, dibujo.height))
    const [ancho, alto] = [Math.max(1, Math.round(dibujo.width * escala)), Math.max(1, Math.round(dibujo.height * escala))]
    const lienzo = new OffscreenCanvas(ancho, alto)
    const pincel = lienzo.getContext('2d')
    if (!pincel) throw new Error('no canvas to draw a picture on')
    pincel.imageSmoothingQuality = 'high'
    pincel.drawImage(dibujo, 0, 0, ancho, alto)
    return await lienzo.convertToBlob({ type: 'image/webp', quality: calidad })
  } finally {
    dibujo.close()
  }
}
