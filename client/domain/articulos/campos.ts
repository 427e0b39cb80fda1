/** The fields of an artículo in words (CAT-03). Pure. */
import { pesos } from '../../lib/formato.ts'
import { t } from './textos.ts'

const NOMBRES: Record<string, string> = {
  nombre: t.nombre,
  descripcion: t.descripcion,
  precioCentavos: t.precioCentavos,
  categoria: t.categoria,
  tipo: t.tipo,
  visible: t.visible,
  destacado: t.destacado,
  desde: t.desde,
  agotado: t.agotado,
  sucursales: t.sucursales,
  imagenes: t.imagenes,
  borrado: t.borrado,
}

/** What a field is called on the screen; itself when this release does not know it. */
export const nombreDeCampo = (campo: string): string => NOMBRES[campo] ?? campo

/** A value of a field as a person reads it. `sucursales`: their names by id. */
export function valorDeCampo(campo: string, valor: unknown, sucursales: ReadonlyMap<string, string>): string {
  if (campo === 'precioCentavos' && typeof valor === 'number') return pesos(valor)
  if (typeof valor === 'boolean') return valor ? t.si : t.no
  if (valor === 'producto' || valor === 'servicio') return t[valor]
  if (campo === 'sucursales' && Array.isArray(valor))
    return valor.length === 0 ? t.todas : valor.map((id) => sucursales.get(String(id)) ?? '—').join(', ')
  if (campo === 'imagenes' && Array.isArray(valor)) return t.fotos(valor.length)
  return valor === '' || valor === null || valor === undefined ? t.vacio : String(valor)
}

/** Where it is sold, by name: "Centro, Norte". Empty list: everywhere (CAT-13). */
export function sucursalesDe(articulo: { sucursales?: readonly string[] }, todas: readonly { id: string; nombre: string }[]): string {
  const ids = articulo.sucursales ?? []
  return todas
    .filter((s) => ids.length === 0 || ids.includes(s.id))
    .map((s) => s.nombre)
    .join(', ')
}
