import { z } from 'zod'
import { permisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'

/** EMP-02, 07 as the dueño sees it: never the PIN. */
export const fichaDeEmpleado = z.object({
  id: uuid,
  nombre: z.string(),
  nick: z.string(),
  puesto: z.string(),
  telefono: z.string().nullable(),
  sucursalId: uuid.nullable(),
  todasLasSucursales: z.boolean(),
  permisosScanYA,
  tienePin: z.boolean(),
  activo: z.boolean(),
  bajaAt: instante.nullable(),
  /** Of the last change of PIN or baja: what was opened before is over. Null: never. */
  accesoAt: instante.nullable(),
  /** When they last entered a till with the network, and which. Null: never. */
  ultimaSesionAt: instante.nullable(),
  ultimoEquipo: z.string().nullable(),
})
export type FichaDeEmpleado = z.infer<typeof fichaDeEmpleado>

/** As tills hold it: no phone, no PIN. */
export const documentoDeEmpleado = (
  e: Omit<FichaDeEmpleado, 'telefono' | 'tienePin' | 'bajaAt' | 'ultimaSesionAt' | 'ultimoEquipo'>,
): ConfigDoc => ({
  id: `empleado:${e.id}`,
  empleadoId: e.id,
  nombre: e.nombre,
  nick: e.nick,
  puesto: e.puesto,
  activo: e.activo,
  permisosScanYA: e.permisosScanYA,
  sucursalId: e.sucursalId,
  todasLasSucursales: e.todasLasSucursales,
  accesoAt: e.accesoAt ?? 0,
})
