/**
 * The stable envelope of a hecho (design 03, "The journal"). An entry travels and is stored as the canonical JSON *text* of this object;
 * hash = sha256(text), and the text carries prevHash, so the texts alone are the chain. `datos` is opaque to receiving: only judging opens it.
 * Fields are only ever added. Golden files of every released version are in schema/testing/golden.
 */
import { z } from 'zod'
import type { Marca } from '../../core/tiempo.ts'

export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
/** The last one a Date can hold, ms. */
export const ULTIMO_INSTANTE = 8_640_000_000_000_000
export const instante = z.number().int().min(0).max(ULTIMO_INSTANTE)

const marca: z.ZodType<Marca> = z.object({
  wall: instante,
  offset: z.number().int(),
  offsetAt: instante,
  mono: z.number().min(0),
  arranque: uuid,
})

/** Who pressed the button. Null on the server's own chain. */
export const operador = z.object({ tipo: z.enum(['empleado', 'usuario']), id: uuid })

export const sobre = z.object({
  v: z.literal(1),
  id: uuid,
  cadenaId: uuid,
  seq: z.number().int().min(0).max(9_999_999_999),
  /** Hash of the entry before; '' for seq 0. */
  prevHash: z.string().regex(/^([0-9a-f]{64})?$/),
  negocioId: uuid,
  sucursalId: uuid.nullable(),
  dispositivoId: uuid.nullable(),
  licenciaId: uuid.nullable(),
  operador: operador.nullable(),
  tiempo: marca,
  tipo: z.string().min(1).max(40),
  datos: z.unknown(),
})
export type Sobre = z.infer<typeof sobre>

/** An entry as the server accepted it: n is the acceptance order in its negocio, recibidoAt never falls within a negocio. */
export interface Entrada {
  n: number
  cadenaId: string
  seq: number
  hash: string
  recibidoAt: number
  sobre: Sobre
  /** Of its first verdict; given only to an entry that is judged again (it waited, or is named by a `reproceso`): its hour never moves. */
  effAt?: number
}

/** Longest cuerpo a journal takes, bytes of UTF-8. */
export const CUERPO_MAXIMO_BYTES = 64 * 1024
/** The first seq of a chain: its `cadena.abierta` entry. */
export const SEQ_GENESIS = 0
