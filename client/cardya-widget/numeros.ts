/** Points and money as they are written in Mexico, in both languages. */
const PESOS = new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'MXN' })

export const numero = (n: number): string => n.toLocaleString('es-MX')
/** `+36`, `−100` with the sign of typography. */
export const conSigno = (n: number): string => `${n < 0 ? '−' : '+'}${numero(Math.abs(n))}`
/** Centavos to `$1,250.00`. */
export const pesos = (centavos: number): string => PESOS.format(centavos / 100)
