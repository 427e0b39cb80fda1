/** A shift in lines of words and money, for the screen, the printer and who it is sent to. Pure. */
import { vendidoDe } from '../../../../schema/domain/turnos/cajon.ts'
import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { pesos } from '../../../lib/formato.ts'
import { conTecla, type TeclaDeMonto } from '../venta/monto.ts'
import { t } from './textos.ts'

/** Counted less expected, centavos; null: nobody counted. */
export const diferenciaDe = ({ contadoCentavos, esperadoCentavos }: TurnoDeCaja): number | null =>
  contadoCentavos === null ? null : contadoCentavos - esperadoCentavos

/** What was counted so far and one more key, centavos; null: nothing is written, which is no count of $0.00. Erased to its last digit, nothing is. */
export function contadoCon(contado: number | null, tecla: TeclaDeMonto): number | null {
  if (tecla === 'borrar' && (contado ?? 0) < 10) return null
  return conTecla({ centavos: contado ?? 0, error: null }, tecla).centavos
}

export function diferenciaEnPalabras(diferencia: number): string {
  if (diferencia === 0) return t.cuadra
  return diferencia > 0 ? t.sobran(pesos(diferencia)) : t.faltan(pesos(-diferencia))
}

export type Linea = readonly [de: string, es: string]

/** What came in and went out; what is zero and seldom happens is left out. */
export function lineasDe({ resumen: r }: TurnoDeCaja): Linea[] {
  const siHay = (cuanto: number, de: string, es: string): Linea[] => (cuanto > 0 ? [[de, es]] : [])
  const numero = (cuanto: number) => cuanto.toLocaleString('es-MX')
  return [
    [t.ventas, numero(r.ventas)],
    [t.efectivo, pesos(r.efectivoCentavos)],
    [t.tarjeta, pesos(r.tarjetaCentavos)],
    [t.transferencia, pesos(r.transferenciaCentavos)],
    [t.vendido, pesos(vendidoDe(r))],
    ...siHay(r.reembolsadoCentavos, t.reembolsado, `−${pesos(r.reembolsadoCentavos)}`),
    ...siHay(r.descuentoCentavos, t.descuento, pesos(r.descuentoCentavos)),
    ...siHay(r.puntos, t.puntos, numero(r.puntos)),
    ...siHay(r.cupones, t.cupones, numero(r.cupones)),
    ...siHay(r.canjes, t.canjes, numero(r.canjes)),
    ...siHay(r.anuladas, t.anuladas, numero(r.anuladas)),
  ]
}

/** What should be in the drawer, and what was. */
export function cajonDe(turno: TurnoDeCaja): Linea[] {
  const { fondoCentavos, resumen, esperadoCentavos, contadoCentavos, cerradoAt } = turno
  const diferencia = diferenciaDe(turno)
  return [
    [t.fondo, pesos(fondoCentavos)],
    [t.efectivo, pesos(resumen.efectivoCentavos)],
    ...(resumen.reembolsadoEfectivoCentavos > 0
      ? [[t.reembolsadoEfectivo, `−${pesos(resumen.reembolsadoEfectivoCentavos)}`] as const]
      : []),
    [t.esperado, pesos(esperadoCentavos)],
    ...(cerradoAt === null ? [] : [[t.contado, contadoCentavos === null ? t.sinContar : pesos(contadoCentavos)] as const]),
    ...(diferencia === null ? [] : [[t.diferencia, diferenciaEnPalabras(diferencia)] as const]),
  ]
}
