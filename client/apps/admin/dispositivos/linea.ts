/** Where things stand on a device's timeline: three days as a width. Pure geometry in px; time in ms. */
import { DIA, diaLocal } from '../../../../schema/core/tiempo.ts'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'

type Linea = DetalleDeEquipo['linea']
export interface Tramo {
  x: number
  ancho: number
  desdeAt: number
  hastaAt: number
}
/** Narrower than this a stretch would not be seen. */
const MINIMO = 3
/** A silence shorter than this is a pause between two exchanges. */
const SILENCIO_MS = 15 * 60_000
/** From this width on a silence has its duration written on it. */
export const CON_PALABRAS = 130

export interface Escala {
  x: (at: number) => number
  izquierda: number
  derecha: number
}

/** `ancho`: of the drawing; `margen`: where the names of the rows stand. */
export function escalaDe(desdeAt: number, hastaAt: number, ancho: number, margen: number): Escala {
  const largo = Math.max(1, hastaAt - desdeAt)
  const dentro = (at: number) => Math.min(hastaAt, Math.max(desdeAt, at))
  return { x: (at) => margen + ((dentro(at) - desdeAt) / largo) * (ancho - margen), izquierda: margen, derecha: ancho }
}

export function tramo(e: Escala, desdeAt: number, hastaAt: number): Tramo {
  const [a, b] = [e.x(desdeAt), e.x(hastaAt)]
  const ancho = Math.max(MINIMO, b - a)
  return { x: Math.min(a, e.derecha - ancho), ancho, desdeAt, hastaAt }
}

/** Stretches without contact, between those with it and up to now; nothing before the device's first contact of the window unless it was known earlier. */
export function silencios(
  linea: Pick<Linea, 'desdeAt' | 'contactos'>,
  ahora: number,
  altaAt: number,
): { desdeAt: number; hastaAt: number }[] {
  let ultimo = Math.max(linea.desdeAt, altaAt)
  const vacios = linea.contactos.flatMap(({ desdeAt, hastaAt }) => {
    const antes = { desdeAt: ultimo, hastaAt: desdeAt }
    ultimo = Math.max(ultimo, hastaAt)
    return [antes]
  })
  return [...vacios, { desdeAt: ultimo, hastaAt: ahora }].filter((v) => v.hastaAt - v.desdeAt >= SILENCIO_MS)
}

/** Midnights of the window in a zone. */
export function mediasNoches(desdeAt: number, hastaAt: number, zona: string): number[] {
  const noches: number[] = []
  for (let at = desdeAt; at <= hastaAt; at += DIA / 24) {
    const hora = Math.ceil(at / (DIA / 24)) * (DIA / 24)
    if (hora > desdeAt && hora <= hastaAt && diaLocal(hora, zona) !== diaLocal(hora - 1, zona)) noches.push(hora)
  }
  return [...new Set(noches)]
}

/** The clock as a line: right in the middle of `alto`, its largest error at an edge, above when it is ahead; a second is not a bend. */
export function curvaDelReloj(puntos: Linea['reloj'], e: Escala, arriba: number, alto: number): string {
  const mayor = Math.max(60_000, ...puntos.map((p) => Math.abs(p.offsetMs)))
  return puntos
    .map(({ at, offsetMs }) => `${e.x(at).toFixed(1)},${(arriba + alto / 2 + (offsetMs / mayor) * (alto / 2)).toFixed(1)}`)
    .join(' ')
}
