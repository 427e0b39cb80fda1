/** A grey picture and what a camera does to it: focus, hands, light. Plain arithmetic, so that a seed gives the same frame everywhere. */
import type { Azar } from '../../../schema/testing/azar.ts'

/** `datos`: one value a pixel, 0 black to 255 white, kept as it comes out of the arithmetic until aImagen(). */
export interface Gris {
  ancho: number
  alto: number
  datos: Float32Array
}

/** What ImageData is, without a browser. */
export interface Imagen {
  width: number
  height: number
  data: Uint8ClampedArray<ArrayBuffer>
  colorSpace: 'srgb'
}

export const nuevoGris = (ancho: number, alto: number): Gris => ({ ancho, alto, datos: new Float32Array(ancho * alto) })

/** As a camera gives it: 8 bits, grey in all three colours. */
export function aImagen({ ancho, alto, datos }: Gris): Imagen {
  const data = new Uint8ClampedArray(ancho * alto * 4)
  for (let i = 0; i < datos.length; i++) {
    const valor = datos[i] ?? 0
    data[4 * i] = valor
    data[4 * i + 1] = valor
    data[4 * i + 2] = valor
    data[4 * i + 3] = 255
  }
  return { width: ancho, height: alto, data, colorSpace: 'srgb' }
}

/** Each pixel becomes the weighted mean of those `pesos` names, the edge repeated outwards. */
function mezclar(origen: Gris, pesos: readonly { dx: number; dy: number; peso: number }[]): Gris {
  const { ancho, alto, datos } = origen
  const destino = nuevoGris(ancho, alto)
  for (const { dx, dy, peso } of pesos)
    for (let y = 0; y < alto; y++) {
      const fila = Math.min(alto - 1, Math.max(0, y + dy)) * ancho
      for (let x = 0; x < ancho; x++) {
        const valor = datos[fila + Math.min(ancho - 1, Math.max(0, x + dx))] ?? 0
        destino.datos[y * ancho + x] = (destino.datos[y * ancho + x] ?? 0) + valor * peso
      }
    }
  return destino
}

/** Out of focus: a Gaussian of `sigma` px, across and then down. */
export function desenfocar(gris: Gris, sigma: number): Gris {
  const radio = Math.ceil(sigma * 3)
  const pasos = Array.from({ length: 2 * radio + 1 }, (_, i) => i - radio)
  const pesos = pasos.map((d) => Math.exp(-(d * d) / (2 * sigma * sigma)))
  const total = pesos.reduce((suma, peso) => suma + peso, 0)
  const linea = pasos.map((d, i) => ({ d, peso: (pesos[i] ?? 0) / total }))
  const deLado = linea.map(({ d, peso }) => ({ dx: d, dy: 0, peso }))
  return mezclar(
    mezclar(gris, deLado),
    linea.map(({ d, peso }) => ({ dx: 0, dy: d, peso })),
  )
}

/** The hand moves `largo` px while the shutter is open, towards `angulo` (radians). */
export function mover(gris: Gris, largo: number, angulo: number): Gris {
  const pasos = Array.from({ length: Math.round(largo) + 1 }, (_, i) => i - largo / 2)
  const peso = 1 / pasos.length
  return mezclar(
    gris,
    pasos.map((d) => ({ dx: Math.round(d * Math.cos(angulo)), dy: Math.round(d * Math.sin(angulo)), peso })),
  )
}

/** Less light: every value times `ganancia`. */
export const oscurecer = (gris: Gris, ganancia: number): Gris => ({ ...gris, datos: gris.datos.map((valor) => valor * ganancia) })

/** The sensor's grain: Gaussian, `sigma` levels. */
export function granular(gris: Gris, sigma: number, azar: Azar): Gris {
  const normal = () => Math.sqrt(-2 * Math.log(1 - azar())) * Math.cos(2 * Math.PI * azar())
  return { ...gris, datos: gris.datos.map((valor) => valor + sigma * normal()) }
}

/** A lamp in the glass: a round stain of light at (x, y), `radio` px, `fuerza` levels in its middle. */
export function deslumbrar(gris: Gris, { x, y, radio, fuerza }: { x: number; y: number; radio: number; fuerza: number }): Gris {
  const datos = gris.datos.map((valor, i) => {
    const dx = (i % gris.ancho) - x
    const dy = Math.floor(i / gris.ancho) - y
    return Math.min(255, valor + fuerza * Math.exp(-(dx * dx + dy * dy) / (2 * radio * radio)))
  })
  return { ...gris, datos }
}
