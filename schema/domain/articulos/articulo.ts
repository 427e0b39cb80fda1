/** CAT-02, 03. Product and service are one entity; the difference is a badge. */
import { z } from 'zod'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { defineEditable } from '../../merge/editable.ts'
import { uuid } from '../hechos/sobre.ts'

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
  }),
  campos: ['nombre', 'descripcion', 'precioCentavos', 'categoria', 'tipo', 'visible', 'destacado', 'desde', 'agotado'],
})
export const articulo = articulos.schema
export type Articulo = z.infer<typeof articulo>

/** R13. What a till offers, and what a sale may hold without a task for the dueño. `borrado`: by estaBorrado(), never the bare field. */
export const estaDisponible = (a: Pick<Articulo, 'visible' | 'agotado'>, borrado: boolean): boolean => a.visible && !a.agotado && !borrado
