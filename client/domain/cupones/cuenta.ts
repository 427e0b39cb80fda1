/** SCAN-28. What a sale adds up to with its cupón, as the pad fills it: by the rule that the worker and the judge ask again. Pure. */
import type { Codigo } from '../../../schema/core/codigos.ts'
import { descuentoDeCupon } from '../../../schema/domain/cupones/descuento.ts'
import type { CuponVisto } from '../../../workers/replica/api.ts'

export interface CuponAplicado {
  visto: CuponVisto
  /** Price of what goes free in a `dos_por_uno` or a `regalo`, as the cashier says it: the till has no lines. Centavos. */
  regaladoCentavos: number
}
/** Centavos. */
export interface Cuenta {
  totalCentavos: number
  descuentoCentavos: number
  porCobrarCentavos: number
  /** Why the cupón takes nothing off yet; null: it does, or there is none. */
  falta: Extract<Codigo, 'cupon_minimo'> | null
}

export function cuentaDe(totalCentavos: number, cupon: CuponAplicado | null): Cuenta {
  const falta = cupon && totalCentavos < cupon.visto.compraMinimaCentavos ? 'cupon_minimo' : null
  const { regaladoCentavos = 0 } = cupon ?? {}
  const descuentoCentavos = cupon && !falta ? descuentoDeCupon(cupon.visto, { totalCentavos, lineas: [], regaladoCentavos }) : 0
  return { totalCentavos, descuentoCentavos, porCobrarCentavos: totalCentavos - descuentoCentavos, falta }
}

/** Whether it may be offered to the client it was looked at for: the server still has a word in some. */
export const sirve = ({ motivo }: Pick<CuponVisto, 'motivo'>): boolean => motivo === null || motivo === 'cupon_con_conexion'

/** Whether the cashier has to say what goes free. */
export const pideRegalado = ({ tipo }: Pick<CuponVisto, 'tipo'>): boolean => tipo === 'dos_por_uno' || tipo === 'regalo'
