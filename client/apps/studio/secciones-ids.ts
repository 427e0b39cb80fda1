/** Addresses below /business-studio, apart from their screens: the router reads them before any of those is loaded. */
export const SECCIONES = [
  'hoy',
  'turnos',
  'por-revisar',
  'catalogo',
  'importar',
  'cupones',
  'recompensas',
  'puntos',
  'empleados',
  'cajas',
  'conflictos',
] as const
export type SeccionDeStudio = (typeof SECCIONES)[number]

export const esSeccion = (texto: string): texto is SeccionDeStudio => (SECCIONES as readonly string[]).includes(texto)
