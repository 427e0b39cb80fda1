/**
 * The card's face (CARD-22, CARD-23, CARD-41), said once for every framework: whoever draws it brings the function that makes a node, preact's `h` or
 * React's `createElement`. Metals, patterns and measures are classes of client/ui/componentes.css; numbers that move go through CSSOM, because the
 * page's policy lets no inline style in from markup.
 */
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { NIVELES, type Nivel, UMBRALES } from '../../../schema/domain/niveles/nivel.ts'
import { getMultiplicador, getProgresoNivel, type Umbrales } from '../../../schema/domain/niveles/niveles.ts'
import { t } from './textos.ts'

export type Hacer<N> = (tipo: string, propiedades: Record<string, unknown> | null, ...hijos: (N | string | null)[]) => N

export interface CodigoDibujado {
  /** Path of the dark modules, in modules, quiet zone included. */
  trazo: string
  /** Modules per side with the quiet zone. */
  lado: number
}
export interface CaraDeTarjeta<N> {
  nombre: string
  nivel: Nivel
  puntosLifetime: number
  /** Null: nothing to show yet, or `enLugarDelCodigo` instead. */
  codigo: CodigoDibujado | null
  /** What stands on the plate when there is no code. */
  enLugarDelCodigo?: N | null
  /** What is left of the code, ms, and what it had when it was new. */
  quedanMs: number
  vigenciaMs: number
  /** The platform's numbers (CARD-19); undefined: those of always. */
  reglas?: ReglasDeTarjeta | undefined
}
export type ReglasDeTarjeta = Pick<Configuracion, 'multiplicadoresPct' | 'umbrales'>

const ROMBOS = ['M6 1l5 5-5 5-5-5z', 'M17 1l5 5-5 5-5-5z', 'M28 1l5 5-5 5-5-5z']
/** Clockwise from the middle of the top, around the plate. */
const ANILLO = 'M163 3.5H300A22.5 22.5 0 0 1 322.5 26V300A22.5 22.5 0 0 1 300 322.5H26A22.5 22.5 0 0 1 3.5 300V26A22.5 22.5 0 0 1 26 3.5Z'
/** README of the mockups: at 0:15 the ring pulses once. */
const POR_VENCER_MS = 15_000

const numero = (n: number): string => n.toLocaleString('es-MX')

/** `1:45` */
export function minutosYSegundos(ms: number): string {
  const segundos = Math.max(0, Math.ceil(ms / 1_000))
  return `${Math.floor(segundos / 60)}:${String(segundos % 60).padStart(2, '0')}`
}

/** `1.5x`, `1.25x`, `1x` */
export const vecesDe = (nivel: Nivel, reglas?: ReglasDeTarjeta): string => `${getMultiplicador(nivel, reglas?.multiplicadoresPct) / 100}x`

export const nombreDeNivel = (nivel: Nivel): string => t[nivel]

/** Counted lozenges: one bronce, two plata, three oro. */
export function rombos<N>(h: Hacer<N>, nivel: Nivel): N {
  const llenos = NIVELES.indexOf(nivel) + 1
  const uno = (d: string, i: number) => h('path', { key: d, d, className: i < llenos ? 'rombo rombo--lleno' : 'rombo' })
  return h('svg', { viewBox: '0 0 34 12', 'aria-hidden': 'true', className: 'rombos' }, ...ROMBOS.map(uno))
}

/** The whole card. Give `h` and get its node. */
export function caraDeTarjeta<N>(h: Hacer<N>, cara: CaraDeTarjeta<N>): N {
  const { nombre, nivel } = cara
  return h(
    'section',
    { className: `tarjeta tarjeta--${nivel}`, 'aria-label': t.tarjetaDe(nombre), 'data-nivel': nivel },
    cabeza(h, nivel),
    placa(h, cara),
    h(
      'p',
      { className: 'valid' },
      cara.codigo && h('span', null, t.escaneame),
      cara.codigo && h('span', { className: 'num' }, `${t.validoPor} `, h('b', null, minutosYSegundos(cara.quedanMs))),
    ),
    quien(h, nombre, vecesDe(nivel, cara.reglas)),
    avance(h, cara.puntosLifetime, nivel, cara.reglas?.umbrales),
  )
}

const cabeza = <N>(h: Hacer<N>, nivel: Nivel): N =>
  h(
    'div',
    { className: 'tarjeta-head' },
    h('span', { className: 'brand' }, h('span', null, 'Card', h('b', null, 'YA'))),
    h('span', { className: 'rank' }, rombos(h, nivel), t[nivel].toUpperCase()),
  )

function placa<N>(h: Hacer<N>, { codigo, enLugarDelCodigo = null, quedanMs, vigenciaMs }: CaraDeTarjeta<N>): N {
  const parte = Math.min(100, Math.max(0, (quedanMs / vigenciaMs) * 100))
  const pulso = quedanMs <= POR_VENCER_MS ? ' anillo__resto--vence' : ''
  const resto = { d: ANILLO, pathLength: '100', className: `anillo__resto${pulso}`, style: { strokeDasharray: `${parte} 100` } }
  return h(
    'div',
    { className: 'plate-ring' },
    h(
      'svg',
      { viewBox: '0 0 326 326', 'aria-hidden': 'true', className: 'anillo' },
      h('path', { d: ANILLO, className: 'anillo__pista' }),
      codigo && h('path', resto),
    ),
    h('div', { className: 'plate' }, codigo ? dibujo(h, codigo) : enLugarDelCodigo),
  )
}

const dibujo = <N>(h: Hacer<N>, { trazo, lado }: CodigoDibujado): N =>
  h(
    'svg',
    { viewBox: `0 0 ${lado} ${lado}`, role: 'img', 'aria-label': t.codigoQr, className: 'codigo', 'data-lado': String(lado) },
    h('path', { d: trazo, className: 'codigo__modulos' }),
  )

const quien = <N>(h: Hacer<N>, nombre: string, veces: string): N =>
  h(
    'div',
    { className: 'who' },
    h('strong', null, nombre),
    h(
      'span',
      { className: 'mult num', role: 'img', 'aria-label': t.multiplicadorActivo(veces) },
      h('span', { className: 'sm m' }, t.multiplicador),
      ` ${veces}`,
    ),
  )

function avance<N>(h: Hacer<N>, puntosLifetime: number, nivel: Nivel, umbrales: Umbrales = UMBRALES): N {
  const { progreso, siguiente } = getProgresoNivel(puntosLifetime, umbrales, nivel)
  const meta = siguiente === 'oro' ? umbrales.oro : umbrales.plata
  // A nivel once reached stays: one that the points alone would not give has nothing above to show but the next.
  const enLoMasAlto = nivel === 'oro' || siguiente === null
  const hecho = enLoMasAlto ? 100 : progreso
  const barra = {
    role: 'progressbar',
    'aria-label': t.avance,
    'aria-valuenow': Math.floor(hecho),
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  }
  return h(
    'div',
    { className: 'level' },
    h('div', { className: 'level-bar', ...barra }, h('i', { style: { width: `${hecho}%` } })),
    h(
      'p',
      { className: 'level-text num' },
      h('span', null, enLoMasAlto ? t.masAlto : t.siguiente(t[siguiente])),
      h('span', null, enLoMasAlto ? t.deVida(numero(puntosLifetime)) : t.deDe(numero(puntosLifetime), numero(meta))),
    ),
  )
}
