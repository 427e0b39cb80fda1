/** EMP-12. Which template some permissions are. Pure. */
import {
  ACCIONES_SCANYA,
  type AccionScanYA,
  type PermisosScanYA,
  PLANTILLAS,
  puede,
  puedeDar,
} from '../../../../schema/domain/empleados/permisos.ts'

export type NombreDePlantilla = keyof typeof PLANTILLAS
export const NOMBRES_DE_PLANTILLA = Object.keys(PLANTILLAS) as NombreDePlantilla[]

/** Null: changed by hand. */
export const plantillaDe = (permisos: PermisosScanYA): NombreDePlantilla | null =>
  NOMBRES_DE_PLANTILLA.find((nombre) => ACCIONES_SCANYA.every((accion) => puede(permisos, accion) === puede(PLANTILLAS[nombre], accion))) ??
  null

/** SCAN-05. Those whoever has `tope` may give, null: all. None: all of them too, and the server says why not. */
export function plantillasQuePuedeDar(tope: PermisosScanYA | null): NombreDePlantilla[] {
  const suyas = NOMBRES_DE_PLANTILLA.filter((nombre) => puedeDar(tope, PLANTILLAS[nombre]))
  return suyas.length > 0 ? suyas : NOMBRES_DE_PLANTILLA
}

/** EMP-10. The groups of the screen, in its order. */
export const GRUPOS = [
  { grupo: 'operaciones', titulo: 'operaciones', acciones: ['escanearQR', 'registrarVentas', 'verInfoCliente'] },
  { grupo: 'cupones', titulo: 'cuponesYCanjes', acciones: ['validarCupones', 'validarCanjes'] },
  { grupo: 'ajustes', titulo: 'ajustes', acciones: ['reembolsos', 'cancelaciones', 'modificarMontos'] },
  { grupo: 'consultas', titulo: 'consultas', acciones: ['verHistorialPropio', 'verHistorialCompleto', 'verEstadisticas'] },
] as const satisfies { grupo: keyof PermisosScanYA; titulo: string; acciones: readonly AccionScanYA[] }[]

/** The same permissions with one of them the other way round. */
export function conOtro(permisos: PermisosScanYA, grupo: keyof PermisosScanYA, accion: AccionScanYA): PermisosScanYA {
  return { ...permisos, [grupo]: { ...permisos[grupo], [accion]: !puede(permisos, accion) } }
}
