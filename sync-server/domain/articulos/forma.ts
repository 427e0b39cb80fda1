/** An articulo as the documented routes give and take it: money in pesos (CAT-03, 14). */
import { z } from 'zod'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { type Articulo, articulo } from '../../../schema/domain/articulos/articulo.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'

const { nombre, descripcion, categoria, tipo, visible, destacado, desde, agotado, sucursales, imagenes } = articulo.shape

/** What may be written. A list given is the whole list; imagenes are hashes handed in before at /api/imagenes. */
const escribible = z.strictObject({
  nombre,
  descripcion,
  /** Pesos, up to 99,999,999.99. */
  precio: z.number().min(0),
  categoria: categoria.min(1),
  tipo,
  visible,
  destacado,
  desde,
  agotado,
  sucursales: sucursales.unwrap(),
  imagenes: imagenes.unwrap(),
})
/** An account with several negocios says which. */
const delNegocio = { negocioId: uuid.optional() }

export const pedidoArticulo = escribible.partial().required({ nombre: true, precio: true, categoria: true }).extend(delNegocio)
/** PUT: what is not said stays as it is. */
export const pedidoEdicion = escribible.partial().extend(delNegocio)
export const pedidoEstado = escribible.pick({ visible: true, destacado: true, agotado: true }).partial().extend(delNegocio)
export const pedidoDuplicar = z.strictObject({ nombre: nombre.optional(), ...delNegocio })

export const fichaDeArticulo = escribible.extend({ id: uuid, negocioId: uuid, creadoAt: instante, modificadoAt: instante })
export type FichaDeArticulo = z.infer<typeof fichaDeArticulo>
export const paginaDeArticulos = z.object({
  articulos: z.array(fichaDeArticulo),
  total: z.number().int(),
  page: z.number().int(),
  limit: z.number().int(),
})

export const consultaDelNegocio = z.object({ negocioId: uuid.optional() })
export const consultaDeArticulos = consultaDelNegocio.extend({
  /** Part of a nombre; accents and case do not matter. */
  buscar: z.string().max(200).optional(),
  categoria: z.string().max(100).optional(),
  tipo: tipo.optional(),
  sucursalId: uuid.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type CambiosDeArticulo = Partial<Omit<Articulo, 'id' | 'borrado' | 'sellos'>>

/** A body as changes of the document. @throws Rechazo MONTO_DECIMALES, MONTO_EXCEDIDO (field precio) */
export function comoCambios({ precio, negocioId: _, ...resto }: z.infer<typeof pedidoEdicion>): CambiosDeArticulo {
  const dichos = Object.fromEntries(Object.entries(resto).filter(([, valor]) => valor !== undefined)) as CambiosDeArticulo
  // A price may be 0, which no monto of a sale is.
  return precio === undefined ? dichos : { ...dichos, precioCentavos: precio === 0 ? 0 : centavosDesdePesos(precio, 'precio') }
}
