import type { EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'

/** Devices that may be asked for something now. */
export const encendidas = (mundo: Mundo, tipo?: 'caja' | 'studio'): { negocio: NegocioDelMundo; e: EquipoDeNegocio }[] =>
  mundo.negocios.flatMap((negocio) =>
    negocio.equipos.filter((e) => e.equipo.encendido && (!tipo || e.tipo === tipo)).map((e) => ({ negocio, e })),
  )
