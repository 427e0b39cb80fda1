import type { PermisosScanYA } from '../../../../schema/domain/empleados/permisos.ts'

/** EMP-02, 07. As the server tells it. */
export interface FichaDeEmpleado {
  id: string
  nombre: string
  nick: string
  puesto: string
  telefono: string | null
  sucursalId: string | null
  todasLasSucursales: boolean
  permisosScanYA: PermisosScanYA
  tienePin: boolean
  activo: boolean
  ultimaSesionAt: number | null
  ultimoEquipo: string | null
}

/** What of somebody is open beside the list. */
export type Panel = 'permisos' | 'datos' | 'pin' | 'instalar' | 'actividad'

export const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

export const iniciales = (nombre: string) =>
  nombre
    .split(/\s+/)
    .slice(0, 2)
    .map((parte) => parte.charAt(0).toUpperCase())
    .join('')
