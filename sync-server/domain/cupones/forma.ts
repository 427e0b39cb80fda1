/** Cupones as the documented REST bodies give them: pesos, never centavos (design 01). */
import { z } from 'zod'
import { cupones, TIPOS_DE_CUPON } from '../../../schema/domain/cupones/cupon.ts'
import type { DefinicionDeCupon } from '../../../schema/domain/hechos/libro.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { NIVELES } from '../../../schema/domain/niveles/nivel.ts'

const { titulo, descripcion, codigo } = cupones.schema.shape

/** What anybody may know of a cupón. */
export const cuponRest = z.object({
  cuponId: uuid,
  titulo,
  descripcion,
  tipo: z.enum(TIPOS_DE_CUPON),
  /** A percentage, or pesos; 0 where the kind says it all. */
  valor: z.number(),
  /** Pesos; 0: any. */
  compraMinima: z.number(),
  desdeAt: instante,
  venceAt: instante,
  limitePorCliente: z.number().int(),
  codigo,
  nivelRequerido: z.enum(NIVELES).nullable(),
  soloConConexion: z.boolean(),
  /** Where it counts; empty: everywhere. */
  sucursales: z.array(uuid),
  /** Path of its picture. */
  imagen: z.string().nullable(),
})
export type CuponRest = z.infer<typeof cuponRest>

export const ESTADOS_DE_MI_CUPON = ['vigente', 'usado', 'expirado'] as const
export type EstadoDeMiCupon = (typeof ESTADOS_DE_MI_CUPON)[number]

/** CUP-13..17. One of the shopper's. */
export const miCuponRest = cuponRest.omit({ sucursales: true, soloConConexion: true }).extend({
  negocioId: uuid,
  negocioNombre: z.string(),
  estado: z.enum(ESTADOS_DE_MI_CUPON),
  /** CUP-24: what is read out where the QR cannot be scanned. */
  codigoUnico: z.string().nullable(),
  usados: z.number().int(),
  guardadoAt: instante,
  usadoAt: instante.nullable(),
})

export const comoCuponRest = (negocioId: string, c: DefinicionDeCupon): CuponRest => ({
  ...{
    cuponId: c.id,
    titulo: c.titulo,
    descripcion: c.descripcion,
    tipo: c.tipo,
    valor: valorRest(c),
    compraMinima: c.compraMinimaCentavos / 100,
  },
  ...{ desdeAt: c.desdeAt, venceAt: c.venceAt, limitePorCliente: c.limitePorCliente, codigo: c.codigo, nivelRequerido: c.nivelRequerido },
  ...{ soloConConexion: c.soloConConexion, sucursales: c.sucursales, imagen: rutaDeImagen(negocioId, c.imagen) },
})

export const valorRest = ({ tipo, valor }: { tipo: string; valor: number }): number => (tipo === 'monto' ? valor / 100 : valor)
export const rutaDeImagen = (negocioId: string, hash: string | null): string | null =>
  hash === null ? null : `/imagenes/${negocioId}/${hash}`

/** CUP-13. A use that is left may still expire; what was used up stays used. */
export const estadoDeMiCupon = (
  c: { usados: number; limitePorCliente: number; venceAt: number; activo: boolean },
  ahora: number,
): EstadoDeMiCupon => (c.usados >= c.limitePorCliente ? 'usado' : ahora > c.venceAt || !c.activo ? 'expirado' : 'vigente')
