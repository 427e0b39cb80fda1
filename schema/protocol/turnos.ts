/** Who is at the till: login of an empleado with nick and PIN, and the leases that let the PIN work without network (TU1-TU6). */
import { z } from 'zod'
import { pin } from '../domain/empleados/empleado.ts'
import { permisosScanYA } from '../domain/empleados/permisos.ts'
import { instante, uuid } from '../domain/hechos/sobre.ts'

/**
 * `POST /api/scanya/login-empleado`. firma: by the device's key, domain 'CYA1|pin', text `${dispositivoId}|${reto}|${nick}`, `nick` as it is sent.
 * Without the three of the device: DISPOSITIVO_REQUERIDO. The negocio (SCAN-48) is the device's; one that is named must be that one.
 */
export const pedidoLoginEmpleado = z.object({
  negocioId: uuid.optional(),
  codigoCaja: z.string().max(60).optional(),
  nick: z.string().min(1).max(40),
  pin,
  dispositivoId: uuid.optional(),
  reto: z.string().max(200).optional(),
  firma: z.string().max(200).optional(),
})
export type PedidoLoginEmpleado = z.infer<typeof pedidoLoginEmpleado>

/** The right of an empleado to work on one device without contact: 72 h. How many ventas is for the device's own lease to say (R15). */
export const licenciaEmpleado = z.object({ id: uuid, emitidaAt: instante, venceAt: instante })
export type LicenciaEmpleado = z.infer<typeof licenciaEmpleado>

export const respuestaLoginEmpleado = z.object({
  token: z.string(),
  /** 10 minutes. */
  venceAt: instante,
  empleado: z.object({ id: uuid, nombre: z.string(), nick: z.string(), puesto: z.string(), permisos: permisosScanYA }),
  licencia: licenciaEmpleado,
  /** 32 random bytes, base64: what the device seals with the PIN. Handed out once and kept nowhere else. */
  llave: z.string(),
  hora: instante,
})
export type RespuestaLoginEmpleado = z.infer<typeof respuestaLoginEmpleado>

/** `POST /api/scanya/licencias` (session of the device): the leases it holds, renewed in silence at each contact (TU4). */
export const pedidoLicencias = z.object({ ids: z.array(uuid).max(100) })
export const respuestaLicencias = z.object({
  licencias: z.array(
    z.object({
      id: uuid,
      /** vencida: needs the PIN and the network once. terminada: the empleado left, has a new PIN, or it is of nobody here. */
      estado: z.enum(['viva', 'vencida', 'terminada']),
      venceAt: instante,
    }),
  ),
})
export type RespuestaLicencias = z.infer<typeof respuestaLicencias>

/** `POST /api/negocios/:negocioId/empleados/:id/pin` (dueño or gerente) */
export const pedidoPin = z.object({ pin })
export const respuestaPin = z.object({ accesoAt: instante, corto: z.boolean() })

/** `POST /api/scanya/mi-pin` (session of the empleado): EMP-15. Answers like a login: what was opened with the old PIN is over, this till goes on. */
export const pedidoMiPin = z.object({ pinActual: pin, pin })

/**
 * `POST /api/scanya/actividad` (session of the device): EMP-08, 17. What empleados tried at a till that no server saw. By its id each is one row, however often it
 * is told; of nobody's, it is dropped. `resultado`: 'ok', or the code of the refusal. `motivo`: why a shift ended that its person did not end.
 */
export const actividadDeCaja = z.object({
  id: uuid,
  empleadoId: uuid,
  tipo: z.enum(['login', 'logout', 'venta', 'cupon', 'reembolso']),
  resultado: z.string().regex(/^\w{1,40}$/),
  at: instante,
  motivo: z.enum(['baja', 'pin_nuevo', 'inactividad', 'sesion']).optional(),
})
export type ActividadDeCaja = z.infer<typeof actividadDeCaja>
export const pedidoActividad = z.object({ actividad: z.array(actividadDeCaja).max(100) })
export const respuestaActividad = z.object({ recibidas: z.number().int() })
