/** EMP-04, 06, 07. Works only in ScanYA, with nick and PIN (EMP-03). The PIN's hash never leaves the server. */
import { z } from 'zod'
import { instante, uuid } from '../hechos/sobre.ts'
import { permisosScanYA } from './permisos.ts'

/** EMP-04: typed in any case, kept in lower case, unique in its negocio. */
export const nick = z
  .string()
  .regex(/^[a-zA-Z0-9_]{3,20}$/)
  .transform((dado) => dado.toLowerCase())
/** EMP-05. */
export const pin = z.string().regex(/^\d{4,6}$/)

export const empleado = z.object({
  id: uuid,
  negocioId: uuid,
  nombre: z.string().min(1).max(200),
  nick,
  puesto: z.string().max(100),
  telefono: z.string().max(30).nullable(),
  /** Null: every sucursal. */
  sucursalId: uuid.nullable(),
  todasLasSucursales: z.boolean(),
  permisosScanYA,
  activo: z.boolean(),
  /** When it was deactivated, server ms (R10). */
  bajaAt: instante.nullable(),
})
export type Empleado = z.infer<typeof empleado>

/** Where an empleado may sell. */
export const trabajaEn = (e: Pick<Empleado, 'sucursalId' | 'todasLasSucursales'>, sucursalId: string): boolean =>
  e.todasLasSucursales || e.sucursalId === null || e.sucursalId === sucursalId
