/** CARD-31. What points buy. Its price and worth are frozen in a canje when the code is issued: an edit never changes what a shopper was told. */
import { z } from 'zod'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { defineEditable } from '../../merge/editable.ts'
import { hashDeImagen } from '../articulos/articulo.ts'
import { uuid } from '../hechos/sobre.ts'

/** The QR of a canje has three bytes for it. */
export const PUNTOS_MAXIMOS_DE_RECOMPENSA = 2 ** 24 - 1

export const recompensas = defineEditable({
  tabla: 'recompensas',
  schema: z.object({
    id: uuid,
    nombre: z.string().min(1).max(120),
    descripcion: z.string().max(2_000),
    puntos: z.number().int().min(1).max(PUNTOS_MAXIMOS_DE_RECOMPENSA),
    /** What giving it costs the merchant: what a canje that should not have been given is reported at. */
    valorCentavos: z.number().int().min(0).max(MONTO_MAXIMO_CENTAVOS),
    imagen: hashDeImagen.nullable(),
    activa: z.boolean(),
    /** Where it is given; empty: everywhere. */
    sucursales: z.array(uuid).max(500),
  }),
  campos: ['nombre', 'descripcion', 'puntos', 'valorCentavos', 'imagen', 'activa', 'sucursales'],
})
export type Recompensa = z.infer<typeof recompensas.schema>

/** What a new one has where its maker said nothing. */
export const RECOMPENSA_NUEVA = {
  descripcion: '',
  valorCentavos: 0,
  imagen: null,
  activa: true,
  sucursales: [],
} satisfies Partial<Recompensa>

/** What the QR of a canje has four bytes for: the last 32 bits of its id, so that a till finds it by what it holds. */
export const numeroDeRecompensa = (id: string): number => Number.parseInt(id.slice(-8), 16)
