/** The page's one scanner worker: opened with the first camera, kept for the next ones (compiling its decoder again would cost the first frames). */
import { conectarEscaner, type Escaner, type RespuestaDeLectura } from '../../../workers/scanner/api.ts'
import { direccionDeScript } from '../trusted-types.ts'

let conexion: Promise<Escaner> | null = null

/** Opens it if it is not open yet. @throws Error 'ESCANER_NO_ABRE: …' */
export function abrirEscaner(): Promise<Escaner> {
  if (conexion) return conexion
  const nueva = conectarEscaner({ direccion: direccionDeScript })
  conexion = nueva
  nueva.catch(() => olvidar(nueva))
  return nueva
}

const olvidar = (vieja: Promise<Escaner>) => {
  if (conexion === vieja) conexion = null
}

/** Looks at a frame. A worker that died is started again once; one that does not come back answers ESCANER_NO_ABRE. */
export async function leerLienzo(lienzo: HTMLCanvasElement): Promise<RespuestaDeLectura> {
  const respuesta = await intentar(lienzo)
  return respuesta.ok ? respuesta : intentar(lienzo)
}

async function intentar(lienzo: HTMLCanvasElement): Promise<RespuestaDeLectura> {
  try {
    const suya = abrirEscaner()
    const respuesta = await (await suya).leer(await cuadroDe(lienzo))
    if (!respuesta.ok) olvidar(suya)
    return respuesta
  } catch {
    return { ok: false, codigo: 'ESCANER_NO_ABRE' }
  }
}

/** A bitmap is given to the worker without copying it; where the worker could not draw it, its pixels. */
function cuadroDe(lienzo: HTMLCanvasElement): Promise<ImageBitmap> | ImageData {
  if ('OffscreenCanvas' in globalThis) return createImageBitmap(lienzo)
  const pincel = lienzo.getContext('2d')
  if (!pincel) throw new Error('the canvas has no pixels')
  return pincel.getImageData(0, 0, lienzo.width, lienzo.height)
}
