/** What is drawn around the data, by hand: three grid lines, words at the ends of the lines, one remark. Colours come from the theme. */
import type uPlot from 'uplot'
import { separar } from './escala.ts'

export interface Tinta {
  fuerte: string
  suave: string
  acento: string
  rejilla: string
  barra: string
  trazo: string
  fondo: string
  letra: string
}

/** The theme's colours, as the element wears them now. */
export function tintaDe(elemento: Element): Tinta {
  const estilo = getComputedStyle(elemento)
  const de = (nombre: string) => estilo.getPropertyValue(nombre).trim()
  return {
    fuerte: de('--color-ink'),
    suave: de('--color-ink-3'),
    acento: de('--color-accent-ink'),
    rejilla: de('--chart-grid'),
    barra: de('--color-line-2'),
    trazo: de('--chart-ink'),
    fondo: de('--color-surface'),
    letra: estilo.fontFamily,
  }
}

const TAMANO = 12
export const ALTO_DE_LETRA = 16

/** Width of a word as it is drawn, CSS px. */
export type Medida = (texto: string, fuerte: boolean) => number
const letraDe = (tinta: Tinta, tamano: number, fuerte: boolean) => `${fuerte ? 700 : 400} ${tamano}px ${tinta.letra}`

/** Letters differ in width, and so do the fonts a screen may have: words are measured, never counted. */
export const medidaDe =
  ({ ctx }: Pick<uPlot, 'ctx'>, tinta: Tinta): Medida =>
  (texto, fuerte) => {
    ctx.save()
    ctx.font = letraDe(tinta, TAMANO, fuerte)
    const { width } = ctx.measureText(texto)
    ctx.restore()
    return width
  }

/** Draws in CSS pixels: the canvas has more of them on a dense screen. */
export class Pincel {
  private readonly ctx: CanvasRenderingContext2D
  private readonly tinta: Tinta
  readonly escala: number

  constructor(u: uPlot, tinta: Tinta) {
    this.ctx = u.ctx
    this.tinta = tinta
    this.escala = u.bbox.width / u.over.clientWidth || 1
  }

  /** `x`, `y` in canvas pixels. */
  palabra(texto: string, x: number, y: number, como: { color?: string; fuerte?: boolean; lado?: CanvasTextAlign } = {}): void {
    const { ctx } = this
    ctx.save()
    ctx.font = letraDe(this.tinta, TAMANO * this.escala, como.fuerte ?? false)
    ctx.fillStyle = como.color ?? this.tinta.suave
    ctx.textAlign = como.lado ?? 'left'
    ctx.textBaseline = 'middle'
    ctx.fillText(texto, x, y)
    ctx.restore()
  }

  raya(x1: number, x2: number, y: number): void {
    const { ctx } = this
    ctx.save()
    ctx.strokeStyle = this.tinta.rejilla
    ctx.lineWidth = this.escala
    ctx.beginPath()
    ctx.moveTo(x1, Math.round(y) + 0.5)
    ctx.lineTo(x2, Math.round(y) + 0.5)
    ctx.stroke()
    ctx.restore()
  }

  punto(x: number, y: number, color: string): void {
    const { ctx } = this
    ctx.save()
    ctx.beginPath()
    ctx.arc(x, y, 4 * this.escala, 0, 2 * Math.PI)
    ctx.fillStyle = color
    ctx.fill()
    ctx.lineWidth = 2 * this.escala
    ctx.strokeStyle = this.tinta.fondo
    ctx.stroke()
    ctx.restore()
  }
}

/** Grid lines at 0, half and top, with their values at the left. */
export function dibujarRejilla(u: uPlot, tinta: Tinta, tope: number, decir: (valor: number) => string): void {
  const p = new Pincel(u, tinta)
  const { left, width } = u.bbox
  for (const valor of [0, tope / 2, tope]) {
    const y = u.valToPos(valor, 'y', true)
    p.raya(left, left + width, y)
    p.palabra(decir(valor), left - 8 * p.escala, y, { lado: 'right' })
  }
}

/** First, middle and last moment under the plot; the middle one only where it fits. */
export function dibujarHoras(u: uPlot, tinta: Tinta, decir: (segundos: number) => string): void {
  const p = new Pincel(u, tinta)
  const { left, width, top, height } = u.bbox
  const x = u.data[0] ?? []
  const [min, max] = [x[0] ?? 0, x[x.length - 1] ?? 0]
  const y = top + height + 13 * p.escala
  p.palabra(decir(min), left, y)
  if (width / p.escala > 240) p.palabra(decir((min + max) / 2), left + width / 2, y, { lado: 'center' })
  p.palabra(decir(max), left + width, y, { lado: 'right' })
}

export interface Remate {
  /** Seconds. */
  at: number
  valor: number
  texto: string
  color: string
  conPunto: boolean
}

/** The name and value of each line at its own end: no legend box. */
export function dibujarRemates(u: uPlot, tinta: Tinta, remates: readonly Remate[]): void {
  const p = new Pincel(u, tinta)
  const x = u.bbox.left + u.bbox.width + 8 * p.escala
  const alturas = remates.map(({ valor }) => u.valToPos(valor, 'y', true))
  const puestas = separar(alturas, ALTO_DE_LETRA * p.escala)
  remates.forEach((remate, i) => {
    if (remate.conPunto) p.punto(u.valToPos(remate.at, 'x', true), alturas[i] ?? 0, remate.color)
    p.palabra(remate.texto, x, puestas[i] ?? 0, { color: remate.color, fuerte: true })
  })
}

/** The one remark, beside its point: to the right of it unless there is no room. */
export function dibujarNota(u: uPlot, tinta: Tinta, nota: { at: number; valor: number; texto: string; fuerte: boolean }): void {
  const p = new Pincel(u, tinta)
  const x = u.valToPos(nota.at, 'x', true)
  const derecha = x < u.bbox.left + u.bbox.width * 0.55
  const y = Math.max(u.valToPos(nota.valor, 'y', true) + 4 * p.escala, u.bbox.top + 6 * p.escala)
  p.palabra(nota.texto, x + (derecha ? 9 : -9) * p.escala, y, {
    lado: derecha ? 'left' : 'right',
    fuerte: nota.fuerte,
    ...(nota.fuerte ? { color: tinta.fuerte } : {}),
  })
}
