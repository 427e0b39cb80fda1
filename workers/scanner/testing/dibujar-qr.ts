/** A QR as the card shows it, photographed by an ideal camera: a plate in space, turned, tilted, near or far. */
import QRCode from 'qrcode'
import { type Gris, nuevoGris } from './gris.ts'

/** A code with its quiet zone of 4 modules around, row by row: 1 is dark. */
export interface Plato {
  lado: number
  modulos: Uint8Array
}

const ZONA_QUIETA = 4

/** The smallest version that holds the text, error level L: what CardYA and the ticket draw. */
export function platoDe(texto: string): Plato {
  const { modules } = QRCode.create(texto, { errorCorrectionLevel: 'L' })
  const lado = modules.size + 2 * ZONA_QUIETA
  const modulos = new Uint8Array(lado * lado)
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) modulos[(y + ZONA_QUIETA) * lado + x + ZONA_QUIETA] = modules.get(y, x)
  return { lado, modulos }
}

/** Angles in radians. `lado`: of the plate, px, when it is not tilted. `x`, `y`: its middle, px from the middle of the frame. */
export interface Pose {
  lado: number
  x: number
  y: number
  giro: number
  cabeceo: number
  guinada: number
}

/** Levels of a phone's screen in a lit room. */
const NEGRO = 28
const BLANCO = 232
const CUERPO = 150
const FONDO = 88
/** The card around the plate, in plates. */
const MARCO = 1.3
/** Where in a pixel it is sampled: four points, none in line with another. */
const MUESTRAS = [
  [0.375, 0.125],
  [0.875, 0.375],
  [0.125, 0.625],
  [0.625, 0.875],
] as const

type Vector = [number, number, number]

/** The frame that a camera of this size takes of the plate. */
export function fotografiar(plato: Plato, pose: Pose, ancho: number, alto: number): Gris {
  const gris = nuevoGris(ancho, alto)
  const enElPlano = proyector(pose, ancho, alto)
  for (let y = 0; y < alto; y++)
    for (let x = 0; x < ancho; x++) {
      let suma = 0
      for (const [dx, dy] of MUESTRAS) suma += enElPlano(x + dx, y + dy, plato)
      gris.datos[y * ancho + x] = suma / MUESTRAS.length
    }
  return gris
}

/** Level seen at a point of the frame: the ray through it meets the plate's plane somewhere. */
function proyector(pose: Pose, ancho: number, alto: number): (px: number, py: number, plato: Plato) => number {
  const foco = ancho * 1.1
  const [cx, cy, cz] = [pose.x, pose.y, foco]
  const [[ux, uy, uz], [vx, vy, vz], [nx, ny, nz]] = ejes(pose)
  const alPlano = cx * nx + cy * ny + cz * nz
  return (px, py, plato) => {
    const rx = px - ancho / 2
    const ry = py - alto / 2
    const t = alPlano / (rx * nx + ry * ny + foco * nz)
    const x = rx * t - cx
    const y = ry * t - cy
    const z = foco * t - cz
    return nivelDe(plato, (x * ux + y * uy + z * uz) / pose.lado + 0.5, (x * vx + y * vy + z * vz) / pose.lado + 0.5)
  }
}

/** Level of the plane at (a, b), in plates from its top left. */
function nivelDe({ lado, modulos }: Plato, a: number, b: number): number {
  if (a >= 0 && a < 1 && b >= 0 && b < 1) return modulos[Math.floor(b * lado) * lado + Math.floor(a * lado)] ? NEGRO : BLANCO
  const margen = (MARCO - 1) / 2
  const enElCuerpo = a > -margen && a < 1 + margen && b > -margen && b < 1 + margen
  // Some shape behind the phone, so that the frame is not a studio's.
  return enElCuerpo ? CUERPO : FONDO + 30 * Math.sin(a * 3) * Math.cos(b * 2)
}

/** The plate's own axes: turned in its plane, then nodded, then shaken. */
function ejes({ giro, cabeceo, guinada }: Pose): [u: Vector, v: Vector, normal: Vector] {
  const girar = ([x, y, z]: Vector): Vector => [x * Math.cos(giro) - y * Math.sin(giro), x * Math.sin(giro) + y * Math.cos(giro), z]
  const cabecear = ([x, y, z]: Vector): Vector => [
    x,
    y * Math.cos(cabeceo) - z * Math.sin(cabeceo),
    y * Math.sin(cabeceo) + z * Math.cos(cabeceo),
  ]
  const negar = ([x, y, z]: Vector): Vector => [
    x * Math.cos(guinada) + z * Math.sin(guinada),
    y,
    -x * Math.sin(guinada) + z * Math.cos(guinada),
  ]
  const eje = (vector: Vector): Vector => negar(cabecear(girar(vector)))
  return [eje([1, 0, 0]), eje([0, 1, 0]), eje([0, 0, 1])]
}
