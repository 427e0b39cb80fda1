/** Recompensas and canjes over HTTP: a shopper's side (`/api/cardya/*`) and a counter's (`/api/scanya/*`). Pesos, never centavos (design 01). */
import { z } from 'zod'
import { ESTADOS_DE_CANJE } from '../domain/canjes/canje.ts'
import { instante, operador, uuid } from '../domain/hechos/sobre.ts'
import { NIVELES } from '../domain/niveles/nivel.ts'

/** CARD-37. */
export const recompensaPublica = z.object({
  id: uuid,
  nombre: z.string(),
  descripcion: z.string(),
  puntos: z.number().int(),
  /** Path of its picture. */
  imagen: z.string().nullable(),
  /** Where it is given; empty: everywhere. */
  sucursales: z.array(uuid),
  /** Whether the shopper's available points reach. */
  alcanza: z.boolean(),
})
export type RecompensaPublica = z.infer<typeof recompensaPublica>

/** `GET /api/cardya/recompensas/:negocioId`: the cheapest first. A shopper who never bought there has no points. */
export const recompensasDeNegocio = z.object({
  negocioId: uuid,
  nombre: z.string(),
  puntosDisponibles: z.number().int(),
  /** Set apart for canjes that are not given yet. */
  puntosApartados: z.number().int(),
  sucursales: z.array(z.object({ id: uuid, nombre: z.string(), direccion: z.string() })),
  recompensas: z.array(recompensaPublica),
})
export type RecompensasDeNegocio = z.infer<typeof recompensasDeNegocio>

/** `POST /api/cardya/canjear`. `puntos`: what the shopper was shown; another price is refused. Without `sucursalId`: the only one, or any. */
export const pedidoDeCanje = z.strictObject({
  negocioId: uuid,
  recompensaId: uuid,
  puntos: z.number().int().min(1),
  sucursalId: uuid.nullable().optional(),
})
export type PedidoDeCanje = z.infer<typeof pedidoDeCanje>

/** CARD-36, 38. A canje as whoever asked for it sees it. */
export const miCanje = z.object({
  canjeId: uuid,
  negocioId: uuid,
  negocioNombre: z.string(),
  /** `CANJE-7X9K2M`. */
  codigo: z.string(),
  /** Text of its QR, CANJE v1. */
  qr: z.string(),
  nombre: z.string(),
  puntos: z.number().int(),
  /** Where it is given; null: anywhere the recompensa is. */
  sucursalId: uuid.nullable(),
  venceAt: instante,
  estado: z.enum(ESTADOS_DE_CANJE),
  /** Its points are still apart. */
  apartado: z.boolean(),
  creadoAt: instante,
  cerradoAt: instante.nullable(),
})
export type MiCanje = z.infer<typeof miCanje>

/** `GET /api/cardya/canjes`, newest first. */
export const misCanjes = z.object({
  canjes: z.array(miCanje),
  page: z.number().int(),
  limit: z.number().int(),
  total: z.number().int(),
})
export type MisCanjes = z.infer<typeof misCanjes>

/** `POST /api/scanya/validar-canje`: the code as typed, or the text of the QR. */
export const pedidoDeValidacion = z
  .strictObject({ codigo: z.string().min(1).max(40).optional(), qr: z.string().min(1).max(200).optional() })
  .refine((p) => (p.codigo === undefined) !== (p.qr === undefined), { path: ['codigo'] })
export type PedidoDeValidacion = z.infer<typeof pedidoDeValidacion>

/**
 * `POST /api/scanya/confirmar-canje`. `qr`: as it was scanned; absent: its code was typed. `operador`: who is at the till, of a till that asks by itself; it is believed
 * as in its journal. Of anybody else's session it is not read.
 */
export const pedidoDeEntrega = z.strictObject({
  canjeId: uuid,
  qr: z.string().min(1).max(200).nullable().optional(),
  operador: operador.nullable().optional(),
})
export type PedidoDeEntrega = z.infer<typeof pedidoDeEntrega>

/** SCAN-31. A canje as the counter sees it. */
export const canjeEnMostrador = z.object({
  canjeId: uuid,
  codigo: z.string(),
  estado: z.enum(ESTADOS_DE_CANJE),
  /** Its alias and the nivel of the last visit. */
  cliente: z.object({ clienteId: uuid, nombre: z.string(), nivel: z.enum(NIVELES) }),
  /** `valor` in pesos. */
  recompensa: z.object({ id: uuid, nombre: z.string(), valor: z.number() }),
  puntos: z.number().int(),
  sucursalId: uuid.nullable(),
  venceAt: instante,
  /** Left of its time, ms; 0 when it is over. */
  restanteMs: z.number().int().min(0),
  entregadoAt: instante.nullable(),
})
export type CanjeEnMostrador = z.infer<typeof canjeEnMostrador>

/** R5. `pedir`: the till that asks waits for it, or has it at once where nobody does. `ceder`: its holder lets go for whoever waits. */
export const pedidoDeArriendo = z.strictObject({ accion: z.enum(['pedir', 'ceder']) })
/** `GET|POST /api/scanya/arriendo-canjes`: which till of this sucursal confirms canjes with no network; null: none does. */
export const arriendoDeCanjes = z.object({
  arriendo: z
    .object({
      sucursalId: uuid,
      dispositivoId: uuid,
      /** Of the till that holds it. */
      equipo: z.string(),
      /** Whether it is the one that asks. */
      esMio: z.boolean(),
      venceAt: instante,
      pedidoPor: uuid.nullable(),
    })
    .nullable(),
  /** Of the server. */
  hora: instante,
})
export type ArriendoDeCanjes = z.infer<typeof arriendoDeCanjes>
