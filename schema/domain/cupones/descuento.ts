/** SCAN-28, CUP-06. What a cupón takes off a sale, in centavos: integers only, the same on the till and on the server. */
import { assert } from '../../core/rechazo.ts'
import type { LineaDeVenta } from '../hechos/tipos.ts'
import type { Cupon } from './cupon.ts'

/** The total before the discount, and its lines; a sale whose amount was typed has none. */
export interface CuentaPorDescontar {
  totalCentavos: number
  lineas: readonly Pick<LineaDeVenta, 'articuloId' | 'cantidad' | 'precioCentavos'>[]
  /**
   * Price of what is given free in a sale without lines (`dos_por_uno`, `regalo`), as the cashier says it. 0 when what is given was not charged in this sale
   * at all.
   */
  regaladoCentavos: number
}

/**
 * 0 to `totalCentavos`. `porcentaje`: to the nearest centavo, half a centavo for the client. `monto`: at most the total. `dos_por_uno`: of the units that take part, the
 * dearest is paid and the next one free, and so on: the client never loses by the order in which they were rung up, nor the merchant by mixing a dear
 * one with a cheap one. `regalo`: one unit of the cheapest of those it gives.
 */
export function descuentoDeCupon(cupon: Pick<Cupon, 'tipo' | 'valor' | 'articulos'>, cuenta: CuentaPorDescontar): number {
  const { totalCentavos } = cuenta
  assert(Number.isSafeInteger(totalCentavos) && totalCentavos >= 0, 'a total is a whole number of centavos')
  return Math.min(totalCentavos, POR_TIPO[cupon.tipo](cupon, cuenta))
}

const POR_TIPO: Record<Cupon['tipo'], (cupon: Pick<Cupon, 'valor' | 'articulos'>, cuenta: CuentaPorDescontar) => number> = {
  // BigInt: 9,999,999,999 × 100 fits a double, its sum with 50 too, but the next kind of percentage would not.
  porcentaje: ({ valor }, { totalCentavos }) => Number((BigInt(totalCentavos) * BigInt(Math.min(valor, 100)) + 50n) / 100n),
  monto: ({ valor }) => valor,
  dos_por_uno: (cupon, cuenta) => (cuenta.lineas.length === 0 ? cuenta.regaladoCentavos : gratisPorParejas(preciosDe(cupon, cuenta))),
  regalo: (cupon, cuenta) => (cuenta.lineas.length === 0 ? cuenta.regaladoCentavos : (preciosDe(cupon, cuenta).at(-1)?.precio ?? 0)),
}

interface Unidades {
  precio: number
  cuantas: number
}

/** What takes part, the dearest first. Kept by line: a line may have 100,000 units. */
const preciosDe = ({ articulos }: Pick<Cupon, 'articulos'>, { lineas }: CuentaPorDescontar): Unidades[] =>
  lineas
    .filter((linea) => articulos.length === 0 || articulos.includes(linea.articuloId))
    .map((linea) => ({ precio: linea.precioCentavos, cuantas: linea.cantidad }))
    .sort((a, b) => b.precio - a.precio)

function gratisPorParejas(unidades: readonly Unidades[]): number {
  let gratis = 0
  let antes = 0
  for (const { precio, cuantas } of unidades) {
    // Counted from 1, the even ones are free.
    gratis += precio * (Math.floor((antes + cuantas) / 2) - Math.floor(antes / 2))
    antes += cuantas
  }
  return gratis
}
