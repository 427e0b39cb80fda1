/** Prices of many artículos at once: what each becomes, before anything is written. Pure; centavos throughout. */
import { centavosDesdePesos, MONTO_MAXIMO_CENTAVOS, pesosDesdeCentavos } from '../../../schema/core/dinero.ts'

/** `exacto`: to the centavo. `peso`: whole pesos. `cinco`: multiples of 5 pesos. `nueve`: whole pesos that end in 9. */
export const REDONDEOS = ['exacto', 'peso', 'cinco', 'nueve'] as const
export type Redondeo = (typeof REDONDEOS)[number]

export type CambioDePrecio =
  | { modo: 'fijar'; centavos: number }
  | { modo: 'sumar'; centavos: number }
  /** `porcentaje`: 10 is ten per cent more, -10 ten per cent less. */
  | { modo: 'porcentaje'; porcentaje: number }

const PESO = 100

/** The new price; never below zero nor above what a sale may hold. A fixed price is what was written, whatever the rounding. */
export function precioNuevo(actualCentavos: number, cambio: CambioDePrecio, redondeo: Redondeo): number {
  if (cambio.modo === 'fijar') return acotar(cambio.centavos)
  const exacto =
    cambio.modo === 'sumar'
      ? actualCentavos + cambio.centavos
      : Math.round((actualCentavos * Math.round((100 + cambio.porcentaje) * 100)) / 10_000)
  return acotar(redondear(exacto, redondeo))
}

const acotar = (centavos: number) => Math.min(MONTO_MAXIMO_CENTAVOS, Math.max(0, centavos))

/** To the nearest; half goes up. */
export function redondear(centavos: number, redondeo: Redondeo): number {
  if (redondeo === 'exacto') return centavos
  if (redondeo === 'peso') return Math.round(centavos / PESO) * PESO
  if (redondeo === 'cinco') return Math.round(centavos / (5 * PESO)) * 5 * PESO
  // …9: the nearest of 9, 19, 29… pesos.
  return Math.max(9 * PESO, Math.round((centavos - 9 * PESO) / (10 * PESO)) * 10 * PESO + 9 * PESO)
}

/** A price as a person writes it (`199`, `$1,250.50`) in centavos; null when it is no price. Zero is one. */
export function leerPrecio(texto: string): number | null {
  const limpio = texto.replaceAll(/[$,\s]/g, '')
  if (/^0+(\.0{0,2})?$/.test(limpio)) return 0
  try {
    return centavosDesdePesos(limpio.replace(/\.$/, ''))
  } catch {
    return null
  }
}

/** `19900` as it is written in the field: `199.00`. */
export const precioEscrito = (centavos: number): string => pesosDesdeCentavos(centavos)
