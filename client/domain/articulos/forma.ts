/**
 * The sheet of an artículo as a draft over the document: only what was changed is held, so what arrives meanwhile from somebody else shows in the
 * other fields, and only what was changed is written (R7). Pure.
 */
import { ARTICULO_NUEVO, IMAGENES_POR_ARTICULO } from '../../../schema/domain/articulos/articulo.ts'
import type { ArticuloDoc } from '../../../schema/protocol/documentos.ts'
import { t } from './textos.ts'

export interface Campos {
  nombre: string
  descripcion: string
  precioCentavos: number
  categoria: string
  tipo: 'producto' | 'servicio'
  visible: boolean
  destacado: boolean
  desde: boolean
  agotado: boolean
  sucursales: string[]
  imagenes: string[]
}
export type Campo = keyof Campos
export type Cambios = Partial<Campos>

/** CAT-03. A new one. */
export const NUEVO: Campos = { nombre: '', precioCentavos: 0, ...ARTICULO_NUEVO }

export const camposDe = (articulo: ArticuloDoc): Campos => ({
  nombre: articulo.nombre,
  descripcion: articulo.descripcion,
  precioCentavos: articulo.precioCentavos,
  categoria: articulo.categoria,
  tipo: articulo.tipo,
  visible: articulo.visible,
  destacado: articulo.destacado,
  desde: articulo.desde,
  agotado: articulo.agotado,
  sucursales: articulo.sucursales ?? [],
  imagenes: articulo.imagenes ?? [],
})

const iguales = (a: unknown, b: unknown): boolean => (Array.isArray(a) && Array.isArray(b) ? a.join('|') === b.join('|') : a === b)

/** The changes with one more; a field that is back to what the document says is no change. */
export function conCambio<C extends Campo>(cambios: Cambios, original: Campos, campo: C, valor: Campos[C]): Cambios {
  const { [campo]: _, ...resto } = cambios
  return iguales(valor, original[campo]) ? (resto as Cambios) : { ...(resto as Cambios), [campo]: valor }
}

/** Those that still are changes: the document may have got to the same value by itself. */
export const soloCambios = (cambios: Cambios, original: Campos): Cambios =>
  Object.fromEntries(Object.entries(cambios).filter(([campo, valor]) => !iguales(valor, original[campo as Campo])))

/** What keeps it from being saved, by field. `precio` null: what was written there is no price. */
export function erroresDe(campos: Campos, precio: number | null): Partial<Record<Campo, string>> {
  return {
    ...(campos.nombre.trim() === '' ? { nombre: t.faltaNombre } : campos.nombre.length > 200 ? { nombre: t.nombreLargo } : {}),
    ...(precio === null ? { precioCentavos: t.precioInvalido } : {}),
    ...(campos.categoria.trim() === '' ? { categoria: t.faltaCategoria } : {}),
    ...(campos.descripcion.length > 2_000 ? { descripcion: t.descripcionLarga } : {}),
  }
}

/** CAT-13. An empty list is "everywhere"; choosing all of them one by one says the same. Null: none would be left. */
export function conSucursal(elegidas: readonly string[], todas: readonly string[], id: string, si: boolean): string[] | null {
  const antes = elegidas.length === 0 ? todas : elegidas
  const despues = todas.filter((cual) => (cual === id ? si : antes.includes(cual)))
  if (despues.length === 0) return null
  return despues.length === todas.length ? [] : despues
}

/** ADM-38. The pictures with some more, at most five; those already there are not repeated. */
export const conImagenes = (imagenes: readonly string[], nuevas: readonly string[]): string[] =>
  [...new Set([...imagenes, ...nuevas])].slice(0, IMAGENES_POR_ARTICULO)

/** The picture at `desde` in the place of `hasta`. */
export function mover(imagenes: readonly string[], desde: number, hasta: number): string[] {
  const cual = imagenes[desde]
  if (cual === undefined || hasta < 0 || hasta >= imagenes.length) return [...imagenes]
  const resto = imagenes.filter((_, i) => i !== desde)
  return [...resto.slice(0, hasta), cual, ...resto.slice(hasta)]
}
