/**
 * The arithmetic of a sale's points as a person can follow it (SCAN-18): the same rule the server runs, written out. A quotient that does not
 * end is cut and marked with `…`, so that no line says something false.
 */
import type { Configuracion, Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import { puntosSegun } from '../../../schema/domain/puntos/puntos.ts'

export interface Desglose {
  /** False: the negocio gives no points (PTS-02). */
  participa: boolean
  valorPuntoCentavos: number
  /** Hundredths: 150 is 1.5. */
  multiplicadorPct: number
  /** `500 ÷ 10 =`, then `50`. */
  base: { cuenta: string; resultado: string }
  /** `50 × 1.5 =`, then `75`. */
  conMultiplicador: { cuenta: string; resultado: string }
  /** What is granted: whole points, rounded down (SCAN-20). */
  puntos: number
  /** The exact result had a fraction that was dropped. */
  redondeado: boolean
}

/** `montoCentavos` 0 or more. */
export function desgloseDe(version: Configuracion, montoCentavos: number, nivel: Nivel): Desglose {
  const { participa, valorPuntoCentavos } = version
  const multiplicadorPct = version.multiplicadoresPct[nivel]
  const base = cociente(BigInt(montoCentavos), BigInt(valorPuntoCentavos))
  const exactos = cociente(BigInt(montoCentavos) * BigInt(multiplicadorPct), BigInt(valorPuntoCentavos) * 100n)
  return {
    participa,
    valorPuntoCentavos,
    multiplicadorPct,
    base: { cuenta: `${enDecimal(montoCentavos)} ÷ ${enDecimal(valorPuntoCentavos)} =`, resultado: base.texto },
    conMultiplicador: { cuenta: `${base.texto} × ${enDecimal(multiplicadorPct)} =`, resultado: exactos.texto },
    puntos: puntosSegun(version, montoCentavos, nivel),
    redondeado: !exactos.entero,
  }
}

/** Hundredths in as few digits as they need: 150 to `1.5`, 125000 to `1,250`. */
export const enDecimal = (centesimas: number): string => cociente(BigInt(centesimas), 100n).texto

function cociente(numerador: bigint, denominador: bigint): { texto: string; entero: boolean } {
  const entera = (numerador / denominador).toLocaleString('es-MX')
  const resto = numerador % denominador
  if (resto === 0n) return { texto: entera, entero: true }
  const centesimas = String((resto * 100n) / denominador).padStart(2, '0')
  const exacto = (resto * 100n) % denominador === 0n
  return { texto: exacto ? `${entera}.${centesimas.replace(/0$/, '')}` : `${entera}.${centesimas}…`, entero: false }
}
