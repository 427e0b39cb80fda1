/** What a shift of a till adds up to, the same for the till that counts it, the server that shows it and the paper that is printed. Centavos. */
import type { ResumenDeTurno } from '../hechos/tipos.ts'

export const RESUMEN_EN_CERO: ResumenDeTurno = {
  ventas: 0,
  efectivoCentavos: 0,
  tarjetaCentavos: 0,
  transferenciaCentavos: 0,
  reembolsadoCentavos: 0,
  reembolsadoEfectivoCentavos: 0,
  descuentoCentavos: 0,
  puntos: 0,
  cupones: 0,
  canjes: 0,
  anuladas: 0,
}

/** What was charged, in any way. */
export const vendidoDe = (r: ResumenDeTurno): number => r.efectivoCentavos + r.tarjetaCentavos + r.transferenciaCentavos

/** What should be in the drawer. */
export const esperadoEnCajon = (fondoCentavos: number, r: ResumenDeTurno): number =>
  fondoCentavos + r.efectivoCentavos - r.reembolsadoEfectivoCentavos
