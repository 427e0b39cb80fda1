export const NOMBRES_DE_METODO = { efectivo: 'Efectivo', tarjeta: 'Tarjeta', transferencia: 'Transferencia' } as const
export const NOMBRES_DE_ASPECTO = {
  aqui: 'Solo en este equipo',
  servidor: 'Recibida por el servidor',
  atencion: 'Necesita tu atención',
} as const
export const nombreDeMetodo = (metodo: string): string => (NOMBRES_DE_METODO as Record<string, string>)[metodo] ?? metodo
