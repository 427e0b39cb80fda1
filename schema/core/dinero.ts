import { Rechazo } from './rechazo.ts'

/** SCAN-34: DECIMAL(10,2), so 99,999,999.99 pesos. */
export const MONTO_MAXIMO_CENTAVOS = 9_999_999_999

/**
 * Pesos as a person or a REST body gives them (`325.5`, `"1,250.00"` is refused: no separators) to integer centavos.
 * Goes through the decimal text, never through `pesos * 100`: 1.15 * 100 is 114.99999999999999.
 * @throws Rechazo MONTO_INVALIDO, MONTO_CERO, MONTO_NEGATIVO, MONTO_DECIMALES, MONTO_EXCEDIDO (field `campo`)
 */
export function centavosDesdePesos(pesos: number | string, campo = 'monto'): number {
  const texto = typeof pesos === 'number' ? numeroATexto(pesos, campo) : pesos.trim()
  const partes = /^(-?)(\d+)(?:\.(\d+))?$/.exec(texto)
  if (!partes) throw new Rechazo('MONTO_INVALIDO', campo)
  const [, signo, enteros, decimales = ''] = partes
  if (signo) throw new Rechazo('MONTO_NEGATIVO', campo)
  if (decimales.length > 2) throw new Rechazo('MONTO_DECIMALES', campo)
  return revisarCentavos(Number(enteros) * 100 + Number(decimales.padEnd(2, '0')), campo)
}

function numeroATexto(pesos: number, campo: string): string {
  if (!Number.isFinite(pesos)) throw new Rechazo('MONTO_INVALIDO', campo)
  if (pesos !== 0 && Math.abs(pesos) < 0.01) throw new Rechazo(pesos < 0 ? 'MONTO_NEGATIVO' : 'MONTO_DECIMALES', campo)
  if (Math.abs(pesos) >= 1e9) throw new Rechazo(pesos < 0 ? 'MONTO_NEGATIVO' : 'MONTO_EXCEDIDO', campo)
  return String(pesos)
}

/** A monto in centavos, 1 to 9,999,999,999. @throws Rechazo as centavosDesdePesos */
export function revisarCentavos(centavos: number, campo = 'montoCentavos'): number {
  if (!Number.isInteger(centavos)) throw new Rechazo(Number.isFinite(centavos) ? 'MONTO_DECIMALES' : 'MONTO_INVALIDO', campo)
  if (centavos < 0) throw new Rechazo('MONTO_NEGATIVO', campo)
  if (centavos === 0) throw new Rechazo('MONTO_CERO', campo)
  if (centavos > MONTO_MAXIMO_CENTAVOS) throw new Rechazo('MONTO_EXCEDIDO', campo)
  return centavos
}

/** `32550` to `"325.50"`: exact decimal text for REST answers and CSV. */
export function pesosDesdeCentavos(centavos: number): string {
  const absoluto = Math.abs(centavos)
  return `${centavos < 0 ? '-' : ''}${Math.floor(absoluto / 100)}.${String(absoluto % 100).padStart(2, '0')}`
}
