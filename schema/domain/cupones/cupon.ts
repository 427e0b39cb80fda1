/** CUP-03, 06, 11, 25..27. A cupón as the merchant defines it, and whether a client may use it now: the same answer on a till with no network and on the server. */
import { z } from 'zod'
import type { Codigo } from '../../core/codigos.ts'
import { MONTO_MAXIMO_CENTAVOS } from '../../core/dinero.ts'
import { defineEditable } from '../../merge/editable.ts'
import { hashDeImagen, seVendeEn } from '../articulos/articulo.ts'
import { instante, uuid } from '../hechos/sobre.ts'
import { NIVELES, type Nivel } from '../niveles/nivel.ts'

/** CUP-06. `valor` is a percentage (1 to 100), an amount in centavos, or 0 where the kind says it all. */
export const TIPOS_DE_CUPON = ['porcentaje', 'monto', 'dos_por_uno', 'regalo'] as const
export type TipoDeCupon = (typeof TIPOS_DE_CUPON)[number]

/** What people type and print: `NAVIDAD-2024`. */
export const FORMA_DE_CODIGO = /^[A-Z0-9](?:[A-Z0-9-]{1,18})[A-Z0-9]$/
export const codigoDeCupon = z.string().regex(FORMA_DE_CODIGO)

export const cupones = defineEditable({
  tabla: 'cupones',
  schema: z.object({
    id: uuid,
    titulo: z.string().min(1).max(120),
    descripcion: z.string().max(2_000),
    tipo: z.enum(TIPOS_DE_CUPON),
    valor: z.number().int().min(0).max(MONTO_MAXIMO_CENTAVOS),
    compraMinimaCentavos: z.number().int().min(0).max(MONTO_MAXIMO_CENTAVOS),
    desdeAt: instante,
    venceAt: instante,
    limitePorCliente: z.number().int().min(1).max(1_000),
    /** Uses of all clients together; null: no end. */
    limiteTotal: z.number().int().min(1).max(10_000_000).nullable(),
    codigo: codigoDeCupon,
    imagen: hashDeImagen.nullable(),
    nivelRequerido: z.enum(NIVELES).nullable(),
    /** A till without network does not take it: the merchant would rather refuse than give it twice. */
    soloConConexion: z.boolean(),
    activo: z.boolean(),
    /** Anybody may keep and use it; false: only whoever was given it (CUP-04, 11). */
    publico: z.boolean(),
    /** Where it counts; empty: everywhere. */
    sucursales: z.array(uuid).max(500),
    /** What a `dos_por_uno` pairs and a `regalo` gives; empty: any. */
    articulos: z.array(uuid).max(200),
  }),
  campos: [
    ...['titulo', 'descripcion', 'tipo', 'valor', 'compraMinimaCentavos', 'desdeAt', 'venceAt', 'limitePorCliente', 'limiteTotal'],
    ...['codigo', 'imagen', 'nivelRequerido', 'soloConConexion', 'activo', 'publico', 'sucursales', 'articulos'],
  ] as never,
})
export type Cupon = z.infer<typeof cupones.schema>

/** What a new one has where its maker said nothing. */
export const CUPON_NUEVO = {
  ...{ descripcion: '', compraMinimaCentavos: 0, limitePorCliente: 1, limiteTotal: null, imagen: null, nivelRequerido: null },
  ...{ soloConConexion: false, activo: true, publico: true, sucursales: [], articulos: [] },
} satisfies Partial<Cupon>

/** As a shopper sees it (CUP-24): one that was deleted was taken back. */
export const comoSeVe = <D extends Pick<Cupon, 'activo'>>({ definicion, borrado }: { definicion: D; borrado: boolean }): D =>
  borrado ? { ...definicion, activo: false } : definicion

/** CUP-07. Whether the uses of all clients together are spent: nobody may use it any more, unless a sale gives one back. */
export const seAgoto = ({ limiteTotal }: Pick<Cupon, 'limiteTotal'>, usados: number): boolean =>
  limiteTotal !== null && usados >= limiteTotal

/** What is known of the one use that is asked for. */
export interface UsoDeCupon {
  /** Corrected time of the sale, ms. */
  effAt: number
  /** What the lines or the typed amount add up to before the discount. */
  totalCentavos: number
  nivel: Nivel
  sucursalId: string | null
  /** Uses counted so far, this one not among them. Of all clients: null where it is not known, as on a till. */
  delCliente: number
  /** Whether this client was given it or keeps it. */
  loTiene: boolean
  deTodos: number | null
  /** Whether the server answered about this very use. */
  conConexion: boolean
}

/**
 * Why a cupón does not count for this use, or null (SCAN-29, CUP-07, 11, 27). A till refuses by it; the judge, who never refuses what was already given, makes
 * of it the merchant's cost (R3).
 */
export function motivoDeCupon(c: Omit<Cupon, 'borrado' | 'sellos'>, borrado: boolean, uso: UsoDeCupon): Codigo | null {
  if (!c.activo || borrado) return 'cupon_inactivo'
  if (!c.publico && !uso.loTiene) return 'CUPON_AJENO'
  if (uso.effAt < c.desdeAt) return 'cupon_no_empieza'
  if (uso.effAt > c.venceAt) return 'cupon_vencido'
  if (!seVendeEn(c, uso.sucursalId)) return 'cupon_otra_sucursal'
  if (c.nivelRequerido && NIVELES.indexOf(uso.nivel) < NIVELES.indexOf(c.nivelRequerido)) return 'cupon_nivel'
  if (uso.totalCentavos < c.compraMinimaCentavos) return 'cupon_minimo'
  if (uso.delCliente >= c.limitePorCliente || seAgoto(c, uso.deTodos ?? 0)) return 'cupon_repetido'
  return c.soloConConexion && !uso.conConexion ? 'cupon_con_conexion' : null
}
