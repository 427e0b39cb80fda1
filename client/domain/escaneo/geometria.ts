/** From pixels of the camera's frame to pixels of the screen. Pure. */
export interface Punto {
  x: number
  y: number
}
export interface Caja {
  x: number
  y: number
  ancho: number
  alto: number
}

/** How the picture is shown: filling `pantalla` (object-fit: cover), its middle in the middle, perhaps mirrored. */
export interface Vista {
  cuadro: { ancho: number; alto: number }
  pantalla: Caja
  espejo: boolean
}

/** Where a point of the frame is on the screen, in the coordinates of `pantalla`. */
export function aPantalla({ x, y }: Punto, { cuadro, pantalla, espejo }: Vista): Punto {
  const escala = Math.max(pantalla.ancho / cuadro.ancho, pantalla.alto / cuadro.alto)
  const izquierda = (pantalla.ancho - cuadro.ancho * escala) / 2
  const arriba = (pantalla.alto - cuadro.alto * escala) / 2
  const enX = izquierda + x * escala
  return { x: pantalla.x + (espejo ? pantalla.ancho - enX : enX), y: pantalla.y + arriba + y * escala }
}

/** The upright box around a code, with air around it. Null when there is nothing to surround. */
export function cajaDe(esquinas: readonly Punto[], vista: Vista, aire = 12): Caja | null {
  const puntos = esquinas.map((punto) => aPantalla(punto, vista))
  const xs = puntos.map(({ x }) => x)
  const ys = puntos.map(({ y }) => y)
  const [x, y] = [Math.min(...xs) - aire, Math.min(...ys) - aire]
  const caja = { x, y, ancho: Math.max(...xs) + aire - x, alto: Math.max(...ys) + aire - y }
  return Number.isFinite(caja.ancho) && caja.ancho > 2 * aire ? caja : null
}
