/** Enrolment and sessions of devices. */
import { z } from 'zod'
import { instante, uuid } from '../domain/hechos/sobre.ts'
import { licenciaEmpleado, respuestaLoginEmpleado } from './turnos.ts'

/**
 * `POST /api/negocios/:negocioId/dispositivos/enlaces` (dueño or gerente). With `empleadoId` (PWA-14) the till that opens it waits until the dueño
 * approves its four digits, and then that empleado is inside.
 */
export const pedidoEnlace = z.object({
  tipo: z.enum(['caja', 'studio']),
  nombre: z.string().min(1).max(60),
  sucursalId: uuid.nullable(),
  empleadoId: uuid.optional(),
})
/** `url` carries the token in the fragment, never in logs: `<PUBLIC_URL>/i#<token>` (design 04 §1.3). One use, 24 h. */
export const respuestaEnlace = z.object({ id: uuid, token: z.string(), url: z.string(), venceAt: instante })

/** PWA-15. What became of a link of the last days: by its id, never its token. `cotejo`: the digits of the till that waits. */
export const enlaceEmitido = z.object({
  id: uuid,
  nombre: z.string(),
  sucursalId: uuid.nullable(),
  empleadoId: uuid.nullable(),
  creadoAt: instante,
  venceAt: instante,
  estado: z.enum(['abierto', 'por_aprobar', 'aprobado', 'usado', 'vencido', 'cancelado']),
  modelo: z.string(),
  cotejo: z.string().nullable(),
})
export type EnlaceEmitido = z.infer<typeof enlaceEmitido>
export const pedidoAprobar = z.object({ cotejo: z.string().regex(/^\d{4}$/) })

/** `POST /api/dispositivos/alta`; ALTA_POR_APROBAR: ask again with the same key. firma: domain 'CYA1|alta', text `${token}|${clavePublica}`: proof that the key lives here. */
export const pedidoAlta = z.object({
  token: z.string().min(16).max(64),
  clavePublica: z.string().max(200),
  modelo: z.string().max(200),
  firma: z.string().max(200),
})

export const licencia = z.object({
  id: uuid,
  dispositivoId: uuid,
  emitidaAt: instante,
  venceAt: instante,
  maxVentas: z.number().int(),
  /** The same, signed by the platform (JWS ES256): checked by whoever has only the platform's public key. */
  jws: z.string(),
})
export type LicenciaFirmada = z.infer<typeof licencia>

export const respuestaAlta = z.object({
  dispositivoId: uuid,
  negocioId: uuid,
  negocioNombre: z.string(),
  sucursalId: uuid.nullable(),
  sucursalNombre: z.string().nullable(),
  tipo: z.enum(['caja', 'studio']),
  /** Folio series leased to this device's first chain, e.g. C1. */
  serie: z.string(),
  licencia,
  /** Platform public keys by kid, base64 points: with them a till verifies cards offline. */
  llaves: z.array(z.object({ kid: z.number().int(), publica: z.string() })),
  hora: instante,
  /** PWA-14: the link was this person's, who is inside without typing anything. */
  empleado: z.object({ ficha: respuestaLoginEmpleado.shape.empleado, licencia: licenciaEmpleado }).nullable().optional(),
})
export type RespuestaAlta = z.infer<typeof respuestaAlta>

/** `POST /api/dispositivos/reto {dispositivoId}` → a nonce good for 2 minutes; the device clock plays no part. */
export const pedidoReto = z.object({ dispositivoId: uuid })
export const respuestaReto = z.object({ reto: z.string() })
/** `POST /api/dispositivos/sesion`. firma: domain 'CYA1|sesion', text `${dispositivoId}|${reto}`. */
export const pedidoSesion = z.object({ dispositivoId: uuid, reto: z.string().max(200), firma: z.string().max(200) })
export const respuestaSesion = z.object({
  token: z.string(),
  /** 10 minutes. */
  venceAt: instante,
  licencia,
  llaves: z.array(z.object({ kid: z.number().int(), publica: z.string() })),
  hora: instante,
})
export type RespuestaSesion = z.infer<typeof respuestaSesion>
