/** The amount as the pad fills it: from the centavos, so that there is no decimal point to forget. */
import type { Codigo } from '../../../../schema/core/codigos.ts'
import { MONTO_MAXIMO_CENTAVOS, revisarCentavos } from '../../../../schema/core/dinero.ts'
import { Rechazo } from '../../../../schema/core/rechazo.ts'
import type { Tecla } from '../../../ui/teclado.tsx'

/** A key of the pad, but for the one that goes on. */
export type TeclaDeMonto = Exclude<Tecla, 'ir'>

export interface Monto {
  /** 0 to 9,999,999,999. */
  centavos: number
  /** MONTO_EXCEDIDO right after a digit that did not fit, MONTO_CERO after asking for the next screen without an amount. */
  error: Codigo | null
}

export const SIN_MONTO: Monto = { centavos: 0, error: null }

/** A digit that would pass the limit is not taken, and the field says why. */
export function conTecla({ centavos }: Monto, tecla: TeclaDeMonto): Monto {
  if (tecla === 'borrar') return { centavos: Math.floor(centavos / 10), error: null }
  const siguiente = tecla === '00' ? centavos * 100 : centavos * 10 + Number(tecla)
  return siguiente > MONTO_MAXIMO_CENTAVOS ? { centavos, error: 'MONTO_EXCEDIDO' } : { centavos: siguiente, error: null }
}

/** What is wrong with the amount as it stands; null when it may be charged. */
export function faltaDeMonto(centavos: number): Codigo | null {
  try {
    revisarCentavos(centavos)
    return null
  } catch (error) {
    if (error instanceof Rechazo) return error.codigo
    throw error
  }
}

/** `$1,250.00` apart: the sign is drawn small. */
export const montoEnTexto = (centavos: number): string =>
  (centavos / 100).toLocaleString('es-MX', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
