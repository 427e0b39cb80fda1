/** CUP-24. What one client reads out instead of showing the QR: `PIZZA30-7X9K2MQ`. 35 bits in the alphabet of Crockford, which has no letter taken for a digit. */
const LETRAS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SUERTE = 7
/** Of varchar(20), what remains for the merchant's own code. */
const LARGO_DEL_CODIGO = 12

/** `azar`: 7 random bytes at least. */
export function codigoUnicoDe(codigo: string, azar: Uint8Array): string {
  const cola = Array.from(azar.subarray(0, SUERTE), (byte) => LETRAS[byte % 32]).join('')
  return `${codigo.slice(0, LARGO_DEL_CODIGO).replace(/-+$/, '')}-${cola}`
}

/** As somebody typed it: in any case, with blanks anywhere. */
export const codigoEscrito = (texto: string): string => texto.toUpperCase().replace(/\s/g, '')
