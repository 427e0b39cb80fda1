/** The tenant. `numero` is what its QRs carry instead of the UUID; `codigoCaja` is typed once on a till (SCAN-48). */
import { z } from 'zod'
import { uuid } from '../hechos/sobre.ts'

export const negocio = z.object({
  id: uuid,
  /** u24 inside QRs. */
  numero: z.number().int().min(1).max(16_777_215),
  nombre: z.string().min(1).max(200),
  codigoCaja: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
  ciudad: z.string().max(120),
  correo: z.string().max(254),
  sitioWeb: z.string().max(500),
  activo: z.boolean(),
})
export type Negocio = z.infer<typeof negocio>
