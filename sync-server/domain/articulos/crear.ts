import { uuidv7 } from '../../../schema/core/ids.ts'
import { type Articulo, articulo, articulos } from '../../../schema/domain/articulos/articulo.ts'
import type { Deps } from '../../context.ts'
import { escribirEnNegocio } from '../escribir.ts'

/** What a creator must say; the rest has a default. */
export type ArticuloNuevo = Pick<Articulo, 'nombre' | 'precioCentavos'> & Partial<Omit<Articulo, 'sellos' | 'borrado'>>

const POR_DEFECTO = {
  descripcion: '',
  categoria: '',
  tipo: 'producto',
  visible: true,
  destacado: false,
  desde: false,
  agotado: false,
} as const

/**
 * CAT-03. Every field is stamped at birth by `quien` (a usuario or a device), so that later edits meet it field by field (R7, R8).
 * @throws ZodError when a field is out of range
 */
export async function crearArticulos(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>,
  negocioId: string,
  quien: string,
  nuevos: ArticuloNuevo[],
): Promise<Articulo[]> {
  if (!nuevos.length) return []
  return escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    const docs = nuevos.map((nuevo) => nacer({ id: uuidv7(ahora, deps.azar), ...nuevo }, ahora, quien))
    await sql`insert into articulos ${sql(
      docs.map((d) => ({
        negocio_id: negocioId,
        id: d.id,
        nombre: d.nombre,
        descripcion: d.descripcion,
        precio_centavos: d.precioCentavos,
        categoria: d.categoria,
        tipo: d.tipo,
        visible: d.visible,
        agotado: d.agotado,
        destacado: d.destacado,
        desde: d.desde,
        borrado: d.borrado,
        sellos: sql.json(d.sellos) as never,
      })),
    )}`
    return { resultado: docs, cambios: docs.map((d) => ({ coleccion: 'articulos', pk: d.id, antes: null, despues: d })) }
  })
}

function nacer(nuevo: ArticuloNuevo & { id: string }, ahora: number, quien: string): Articulo {
  const sellos = Object.fromEntries(articulos.campos.map((campo) => [campo, [ahora, quien]]))
  return articulo.parse({ ...POR_DEFECTO, ...nuevo, borrado: false, sellos })
}
