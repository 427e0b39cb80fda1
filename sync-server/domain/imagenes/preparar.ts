/**
 * A picture as it is kept: webp, and nothing in it but the picture. What a phone writes beside one says where its owner lives (NF-28), so everything that
 * is not drawn is left out, by drawing it again unless it is a plain webp already.
 */
import { Rechazo } from '../../../schema/core/rechazo.ts'

export interface ImagenPreparada {
  bytes: Uint8Array
  /** What was handed in. */
  tipo: 'webp' | 'jpeg' | 'png'
  ancho: number
  alto: number
}

/** A file of a few kilobytes may claim to be a wall: beyond this nothing is drawn. */
const PIXELES_MAXIMOS = 40_000_000
/** Sharp on any screen the product has. */
const LADO_MAXIMO = 1_600
const CALIDAD = 82
/** Each picture being drawn takes memory of its own: the others wait. */
const A_LA_VEZ = 2

let trabajando = 0
const cola: (() => void)[] = []

/** @throws Rechazo IMAGEN_INVALIDA when the bytes are no whole webp, JPEG or PNG, whatever they were called, or too large to draw */
export async function prepararImagen(original: Uint8Array): Promise<ImagenPreparada> {
  const tipo = tipoPorContenido(original)
  if (!tipo) throw new Rechazo('IMAGEN_INVALIDA')
  // That it cannot be loaded is no fault of the picture.
  await cargarSharp()
  if (trabajando >= A_LA_VEZ) await new Promise<void>((turno) => cola.push(turno))
  else trabajando++
  try {
    return tipo === 'webp' && esWebpDesnudo(original) ? await comoVino(original) : await dibujarDeNuevo(original, tipo)
  } catch {
    throw new Rechazo('IMAGEN_INVALIDA')
  } finally {
    const siguiente = cola.shift()
    if (siguiente) siguiente()
    else trabajando--
  }
}

/** A tenth of a second of every start, for what most days of a server need only later. */
const cargarSharp = async () => (await import('sharp')).default

async function abrir(bytes: Uint8Array) {
  const sharp = await cargarSharp()
  return sharp(bytes, { limitInputPixels: PIXELES_MAXIMOS, failOn: 'warning', pages: 1 })
}

/** Decoded once, small: half a picture is refused here and not by whoever looks at it. */
async function comoVino(bytes: Uint8Array): Promise<ImagenPreparada> {
  const imagen = await abrir(bytes)
  const { width, height } = await imagen.metadata()
  if (Math.max(width, height) > LADO_MAXIMO) return dibujarDeNuevo(bytes, 'webp')
  const otra = await abrir(bytes)
  await otra.resize(16).raw().toBuffer()
  return { bytes, tipo: 'webp', ancho: width, alto: height }
}

async function dibujarDeNuevo(bytes: Uint8Array, tipo: ImagenPreparada['tipo']): Promise<ImagenPreparada> {
  const imagen = await abrir(bytes)
  const { data, info } = await imagen
    .rotate() // as the phone said it was held: that note does not survive
    .resize({ width: LADO_MAXIMO, height: LADO_MAXIMO, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: CALIDAD })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, tipo, ancho: info.width, alto: info.height }
}

const letras = (bytes: Uint8Array, desde: number, cuantas: number) => String.fromCharCode(...bytes.subarray(desde, desde + cuantas))

/** By its first bytes: the name and the type a browser gives are only words. */
export function tipoPorContenido(bytes: Uint8Array): ImagenPreparada['tipo'] | null {
  if (letras(bytes, 0, 4) === 'RIFF' && letras(bytes, 8, 4) === 'WEBP') return 'webp'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  return letras(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' ? 'png' : null
}

/** Parts of a webp that are the picture itself. EXIF, XMP, a colour profile, an animation or a part of one's own invention are not. */
const DIBUJO = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])

/** Whether a webp holds its picture and nothing else, not even behind its end. */
export function esWebpDesnudo(bytes: Uint8Array): boolean {
  const vista = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 20 || vista.getUint32(4, true) + 8 !== bytes.length) return false
  let en = 12
  while (en + 8 <= bytes.length) {
    if (!DIBUJO.has(letras(bytes, en, 4))) return false
    const largo = vista.getUint32(en + 4, true)
    en += 8 + largo + (largo % 2)
  }
  return en === bytes.length
}
