/** Of the OpenAPI document. */
import { CAJERO_BASICO } from '../../../schema/domain/empleados/permisos.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'

export const EJEMPLO_FICHA = {
  id: EJEMPLO.usuarioId,
  nombre: 'Carlos Ruiz',
  nick: 'carlos',
  puesto: 'Cajero',
  telefono: null,
  sucursalId: EJEMPLO.sucursalId,
  todasLasSucursales: false,
  permisosScanYA: CAJERO_BASICO,
  tienePin: true,
  activo: true,
  bajaAt: null,
  accesoAt: null,
  ultimaSesionAt: EJEMPLO.ahora,
  ultimoEquipo: 'Caja 1',
}
