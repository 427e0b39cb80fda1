/** What a till's camera gets to see, by name, each with its share of chance: poses are seeded, so a frame that fails can be looked at again. */
import { type Azar, azar } from '../../../schema/testing/azar.ts'
import { fotografiar, type Plato, type Pose } from './dibujar-qr.ts'
import { desenfocar, deslumbrar, type Gris, granular, mover, oscurecer } from './gris.ts'

export interface Escena {
  nombre: string
  ancho?: number
  alto?: number
  /** The plate's side as a share of the frame's shorter side. */
  tamano?: number
  /** Tilt towards anywhere, and turn in the plane, degrees. */
  inclinacion?: number
  giro?: number
  camara?: (gris: Gris, suerte: Azar) => Gris
}

/** The middle 480 × 480 of a 720p camera, where people hold the code; and whole 720p frames, which is what the till looks at. */
const REGION = 480

export const ESCENAS: readonly Escena[] = [
  { nombre: 'clean' },
  { nombre: 'blur 1.5 px', camara: (gris) => desenfocar(gris, 1.5) },
  { nombre: 'blur 2.0 px', camara: (gris) => desenfocar(gris, 2) },
  { nombre: 'blur 2.5 px', camara: (gris) => desenfocar(gris, 2.5) },
  { nombre: 'motion 6 px', camara: (gris, suerte) => mover(gris, 6, suerte() * Math.PI) },
  { nombre: 'tilt 35°', inclinacion: 35 },
  { nombre: 'dark and noisy', camara: (gris, suerte) => granular(oscurecer(gris, 0.2), 6, suerte) },
  { nombre: '35 % of the frame', tamano: 0.35 },
  { nombre: '45 % of the frame', tamano: 0.45 },
  { nombre: 'turned 30°', giro: 30 },
  { nombre: 'glare', camara: (gris, suerte) => deslumbrar(gris, lampara(gris, suerte)) },
  { nombre: 'mixed', tamano: 0.6, inclinacion: 20, giro: 15, camara: mezcla },
  { nombre: 'whole 720p frame', ancho: 1280, alto: 720, tamano: 0.5, inclinacion: 12, giro: 12, camara: mezcla },
]

function mezcla(gris: Gris, suerte: Azar): Gris {
  return granular(oscurecer(mover(desenfocar(gris, 1.3), 3, suerte() * Math.PI), 0.55), 6, suerte)
}

function lampara({ ancho, alto }: Gris, suerte: Azar) {
  return { x: ancho * (0.3 + 0.4 * suerte()), y: alto * (0.3 + 0.4 * suerte()), radio: ancho * 0.09, fuerza: 150 }
}

/** One frame of the scene. The same seed gives the same frame. */
export function cuadroDe(escena: Escena, plato: Plato, semilla: number): Gris {
  const suerte = azar(semilla)
  const { ancho = REGION, alto = REGION, camara } = escena
  const gris = fotografiar(plato, poseDe(escena, Math.min(ancho, alto), suerte), ancho, alto)
  return camara ? camara(gris, suerte) : gris
}

function poseDe({ tamano = 0.72, inclinacion = 0, giro = 0 }: Escena, menor: number, suerte: Azar): Pose {
  const alrededor = (n: number) => n * (2 * suerte() - 1)
  const haciaDonde = suerte() * 2 * Math.PI
  const lado = menor * tamano * (0.95 + 0.1 * suerte())
  // Nobody holds a phone perfectly straight: a few degrees are in every scene.
  const vuelta = grados((suerte() < 0.5 ? -1 : 1) * giro + alrededor(4))
  // As far from the middle as the whole code stays in the frame, its near side too: one that is cut cannot be read by anybody.
  const cercania = 1 + 0.6 * Math.sin(grados(inclinacion))
  const medio = (lado / 2) * (Math.abs(Math.cos(vuelta)) + Math.abs(Math.sin(vuelta))) * cercania
  const holgura = Math.max(0, menor / 2 - medio)
  return {
    lado,
    x: alrededor(holgura),
    y: alrededor(holgura),
    giro: vuelta,
    cabeceo: grados(inclinacion * Math.cos(haciaDonde) + alrededor(4)),
    guinada: grados(inclinacion * Math.sin(haciaDonde) + alrededor(4)),
  }
}

const grados = (n: number): number => (n * Math.PI) / 180
