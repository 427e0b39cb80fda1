/** What an empleado may do in ScanYA (EMP-07, 10, 11) and the three templates (EMP-12). A dueño needs none of this (SCAN-07). */
import { z } from 'zod'

export const permisosScanYA = z.object({
  operaciones: z.object({ escanearQR: z.boolean(), registrarVentas: z.boolean(), verInfoCliente: z.boolean() }),
  cupones: z.object({ validarCupones: z.boolean(), validarCanjes: z.boolean() }),
  ajustes: z.object({ reembolsos: z.boolean(), cancelaciones: z.boolean(), modificarMontos: z.boolean() }),
  consultas: z.object({ verHistorialPropio: z.boolean(), verHistorialCompleto: z.boolean(), verEstadisticas: z.boolean() }),
})
export type PermisosScanYA = z.infer<typeof permisosScanYA>

const ACCIONES = {
  escanearQR: (p: PermisosScanYA) => p.operaciones.escanearQR,
  registrarVentas: (p: PermisosScanYA) => p.operaciones.registrarVentas,
  verInfoCliente: (p: PermisosScanYA) => p.operaciones.verInfoCliente,
  validarCupones: (p: PermisosScanYA) => p.cupones.validarCupones,
  validarCanjes: (p: PermisosScanYA) => p.cupones.validarCanjes,
  reembolsos: (p: PermisosScanYA) => p.ajustes.reembolsos,
  cancelaciones: (p: PermisosScanYA) => p.ajustes.cancelaciones,
  modificarMontos: (p: PermisosScanYA) => p.ajustes.modificarMontos,
  verHistorialPropio: (p: PermisosScanYA) => p.consultas.verHistorialPropio,
  verHistorialCompleto: (p: PermisosScanYA) => p.consultas.verHistorialCompleto,
  verEstadisticas: (p: PermisosScanYA) => p.consultas.verEstadisticas,
}
export type AccionScanYA = keyof typeof ACCIONES
export const ACCIONES_SCANYA = Object.keys(ACCIONES) as AccionScanYA[]

/** Whether these permissions include an action. */
export const puede = (permisos: PermisosScanYA, accion: AccionScanYA): boolean => ACCIONES[accion](permisos)

/** SCAN-05, EMP-14. Nobody gives what they lack. `tope`: a gerente's own permissions, null for a dueño; `antes`: what the empleado has by somebody else's word. */
export const puedeDar = (tope: PermisosScanYA | null, permisos: PermisosScanYA, antes?: PermisosScanYA): boolean =>
  tope === null || ACCIONES_SCANYA.every((accion) => !puede(permisos, accion) || puede(tope, accion) || (antes && puede(antes, accion)))

export const CAJERO_BASICO: PermisosScanYA = {
  operaciones: { escanearQR: true, registrarVentas: true, verInfoCliente: false },
  cupones: { validarCupones: true, validarCanjes: false },
  ajustes: { reembolsos: false, cancelaciones: false, modificarMontos: false },
  consultas: { verHistorialPropio: true, verHistorialCompleto: false, verEstadisticas: false },
}
export const CAJERO_AVANZADO: PermisosScanYA = {
  ...CAJERO_BASICO,
  cupones: { validarCupones: true, validarCanjes: true },
  ajustes: { ...CAJERO_BASICO.ajustes, reembolsos: true },
}
/** EMP-12 gives a supervisor no modificarMontos: changing a monto stays with the dueño until it is granted one by one. */
export const SUPERVISOR: PermisosScanYA = {
  operaciones: { escanearQR: true, registrarVentas: true, verInfoCliente: true },
  cupones: { validarCupones: true, validarCanjes: true },
  ajustes: { reembolsos: true, cancelaciones: true, modificarMontos: false },
  consultas: { verHistorialPropio: true, verHistorialCompleto: true, verEstadisticas: true },
}
export const PLANTILLAS = { 'Cajero Básico': CAJERO_BASICO, 'Cajero Avanzado': CAJERO_AVANZADO, Supervisor: SUPERVISOR } as const
