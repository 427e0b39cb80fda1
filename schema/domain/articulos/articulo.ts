/** CAT-02, 03. Product and service are one entity; the difference is a badge. */
import { z } from 'zod'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { defineEditable } from '../../merge/editable.ts'
import { uuid } from '../hechos/sobre.ts'

/** ADM-38. */
export const IMAGENES_POR_ARTICULO = 5
const SUCURSALES_POR_ARTICULO = 500
/** SHA-256 of the bytes that were uploaded, hex. */
export const hashDeImagen = z.string().regex(/^[0-9a-f]{64}$/)

export const articulos = defineEditable({
  tabla: 'articulos',
  schema: z.object({
    id: uuid,
    nombre: z.string().min(1).max(200),
    descripcion: z.string().max(2_000),
    precioCentavos: z.number().int().min(0).max(MONTO_MAXIMO_CENTAVOS),
    categoria: z.string().max(100),
    tipo: z.enum(['producto', 'servicio']),
    visible: z.boolean(),
    destacado: z.boolean(),
    /** Shown as "Desde $X". */
    desde: z.boolean(),
    agotado: z.boolean(),
    /** CAT-13. Where it is sold; empty: everywhere. Documents of the first release have none. */
    sucursales: z.array(uuid).max(SUCURSALES_POR_ARTICULO).default([]),
    /** CAT-05, 12. Content hashes of its pictures, the first one is its face. */
    imagenes: z.array(hashDeImagen).max(IMAGENES_POR_ARTICULO).default([]),
  }),
  campos: [
    'nombre',
    'descripcion',
    'precioCentavos',
    'categoria',
    'tipo',
    'visible',
    'destacado',
    'desde',
    'agotado',
    'sucursales',
    'imagenes',
  ],
})
export const articulo = articulos.schema
export type Articulo = z.infer<typeof articulo>

/** CAT-03. What a new one has where its maker said nothing. */
export const ARTICULO_NUEVO: Omit<Articulo, 'id' | 'nombre' | 'precioCentavos' | 'borrado' | 'sellos'> = {
  descripcion: '',
  categoria: '',
  tipo: 'producto',
  visible: true,
  destacado: false,
  desde: false,
  agotado: false,
  sucursales: [],
  imagenes: [],
}

/** R13. What a till offers, and what a sale may hold without a task for the dueño. `borrado`: by estaBorrado(), never the bare field. */
export const estaDisponible = (a: Pick<Articulo, 'visible' | 'agotado'>, borrado: boolean): boolean => a.visible && !a.agotado && !borrado

/** CAT-13. Whether it is sold at a sucursal; null asks for all of them together. */
export const seVendeEn = (a: { sucursales?: readonly string[] }, sucursalId: string | null): boolean =>
  sucursalId === null || !a.sucursales?.length || a.sucursales.includes(sucursalId)
