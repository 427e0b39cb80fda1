import { uuidv7 } from '../../../schema/core/ids.ts'
import { ARTICULO_NUEVO, type Articulo, articulo, articulos } from '../../../schema/domain/articulos/articulo.ts'
import type { Doc } from '../../../schema/merge/campos.ts'
import type { Deps } from '../../context.ts'
import { aplicarEdiciones, leerDocs, leerFilas } from '../../sync/ediciones.ts'
import { escribirEnNegocio } from '../escribir.ts'

/** What a creator must say; the rest has a default. */
export type ArticuloNuevo = Pick<Articulo, 'nombre' | 'precioCentavos'> & Partial<Omit<Articulo, 'sellos' | 'borrado'>>

/**
 * CAT-03. Every field is stamped at birth by `quien` (a usuario or a device), so that later edits meet it field by field (R7, R8), and begins its
 * history under `nombre`. An id that exists is merged like any edit.
 * @throws ZodError when a field is out of range
 */
export async function crearArticulos(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>,
  negocioId: string,
  quien: string,
  nuevos: ArticuloNuevo[],
  nombre = '',
): Promise<Articulo[]> {
  if (!nuevos.length) return []
  return escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
    const docs = nuevos.map((nuevo) => nacer({ id: uuidv7(ahora, deps.azar), ...nuevo }, ahora, quien))
    const leidas = leerFilas('articulos', { filas: docs.map((doc) => ({ nuevo: doc, asumido: null })) })
    const editor = { id: quien, sucursalId: null, quien: nombre, equipo: '' }
    const { cambios } = await aplicarEdiciones(sql, contador, editor, leidas, await leerDocs(sql, negocioId, null, leidas), ahora)
    return { resultado: docs, cambios, anotados: true }
  })
}

/** A whole document, each field stamped. @throws ZodError when a field is out of range */
export function nacer(nuevo: ArticuloNuevo & { id: string }, ahora: number, quien: string): Articulo & Doc {
  const sellos = Object.fromEntries(articulos.campos.map((campo) => [campo, [ahora, quien]]))
  return articulo.parse({ ...ARTICULO_NUEVO, ...nuevo, borrado: false, sellos })
}
