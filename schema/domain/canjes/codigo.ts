/** SCAN-30. The code a shopper reads out: `CANJE-7X9K2M`, 30 bits in the alphabet of Crockford, which has no letter that is taken for a digit. */
import { uuidDeTexto } from '../../core/ids.ts'
import { assert } from '../../core/rechazo.ts'

const LETRAS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIJO = 'CANJE-'
const LARGO = 6
export const CODIGOS_DE_CANJE = 2 ** 30

/** `n` from 0 to 2^30 - 1. @throws when it is out of range */
export function codigoDeCanje(n: number): string {
  assert(Number.isInteger(n) && n >= 0 && n < CODIGOS_DE_CANJE, 'the code of a canje has 30 bits')
  let texto = ''
  for (let i = 0, resto = n; i < LARGO; i++, resto = Math.floor(resto / 32)) texto = LETRAS.charAt(resto % 32) + texto
  return PREFIJO + texto
}

/**
 * The number of a code as somebody typed it, or null when it cannot be one: with or without `CANJE-`, in any case, with blanks and dashes anywhere, and with the letters
 * people write for digits (O for 0, I and L for 1).
 */
export function leerCodigoDeCanje(texto: string): number | null {
  const limpio = texto
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/^CANJE(?=.{6}$)/, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (limpio.length !== LARGO) return null
  let n = 0
  for (const letra of limpio) {
    const valor = LETRAS.indexOf(letra)
    if (valor < 0) return null
    n = n * 32 + valor
  }
  return n
}

/** Id of a canje, from its number: a till knows it from the QR alone, and a delivery waits for its canje under it (R14). */
export const idDeCanje = (negocioId: string, numero: number): Promise<string> => uuidDeTexto(`${negocioId}|canje|${numero}`)
