/** Values of the fields two people may have written differently: what kind each is, how it travels in the inbox, and whether a third one is allowed. */
import type { z } from 'zod'
import { textoCanonico } from '../../../schema/core/canonico.ts'
import { articulo } from '../../../schema/domain/articulos/articulo.ts'
import { cupones } from '../../../schema/domain/cupones/cupon.ts'
import { recompensas } from '../../../schema/domain/recompensas/recompensa.ts'

/** `fijo`: one of the two is chosen, no third one is written here. */
export type TipoDeCampo = 'dinero' | 'linea' | 'parrafo' | 'eleccion' | 'interruptor' | 'sucursales' | 'imagenes' | 'fijo'

/** Of artículos, cupones and recompensas, in the order a person reads them. */
export const CAMPOS = {
  nombre: 'linea',
  titulo: 'linea',
  precioCentavos: 'dinero',
  desde: 'interruptor',
  descripcion: 'parrafo',
  categoria: 'linea',
  tipo: 'eleccion',
  visible: 'interruptor',
  destacado: 'interruptor',
  agotado: 'interruptor',
  sucursales: 'sucursales',
  imagenes: 'imagenes',
  valor: 'fijo',
  compraMinimaCentavos: 'dinero',
  desdeAt: 'fijo',
  venceAt: 'fijo',
  limitePorCliente: 'fijo',
  limiteTotal: 'fijo',
  codigo: 'linea',
  imagen: 'fijo',
  nivelRequerido: 'fijo',
  soloConConexion: 'interruptor',
  activo: 'interruptor',
  publico: 'interruptor',
  articulos: 'fijo',
  puntos: 'fijo',
  valorCentavos: 'dinero',
  activa: 'interruptor',
} as const satisfies Record<string, TipoDeCampo>
export type CampoConocido = keyof typeof CAMPOS

export const esCampoConocido = (campo: string): campo is CampoConocido => Object.hasOwn(CAMPOS, campo)
export const tipoDe = (campo: string): TipoDeCampo => (esCampoConocido(campo) ? CAMPOS[campo] : 'linea')
const ORDEN = Object.keys(CAMPOS)
/** Fields this release does not know go last. */
export const ordenDe = (campo: string): number => (ORDEN.includes(campo) ? ORDEN.indexOf(campo) : ORDEN.length)

/** What an inbox row holds: lists travel in it as their canonical text. */
export function leerDato(campo: string, dato: unknown): unknown {
  const esLista = campo === 'articulos' || tipoDe(campo) === 'sucursales' || tipoDe(campo) === 'imagenes'
  if (!esLista || typeof dato !== 'string') return dato
  try {
    const leido: unknown = JSON.parse(dato)
    return Array.isArray(leido) ? leido : []
  } catch {
    return []
  }
}

export const iguales = (a: unknown, b: unknown): boolean => textoCanonico(a ?? null) === textoCanonico(b ?? null)

const FORMAS = [articulo.shape, cupones.schema.shape, recompensas.schema.shape] as const satisfies Record<string, z.ZodType>[]

/** Whether a document that has this field takes that value in it. */
export const esValido = (campo: string, valor: unknown): boolean =>
  esCampoConocido(campo) &&
  FORMAS.some((forma: Record<string, z.ZodType>) => Object.hasOwn(forma, campo) && forma[campo]?.safeParse(valor).success)

/** CAT-02. `1,250.5` or `$1250.50` to centavos; null for what is not an amount of at most two decimals. */
export function centavosDe(texto: string): number | null {
  const limpio = texto.replace(/[$\s,]/g, '')
  if (!/^\d{1,8}(\.\d{0,2})?$/.test(limpio)) return null
  return Math.round(Number(limpio) * 100)
}

/** Both texts, one after the other; a text that already holds the other stays as it is. */
export function ambas(uno: string, otro: string): string {
  const [a, b] = [uno.trim(), otro.trim()]
  if (a.includes(b)) return a
  if (b.includes(a)) return b
  return `${a}${/[.!?…]$/.test(a) ? ' ' : '. '}${b}`
}
