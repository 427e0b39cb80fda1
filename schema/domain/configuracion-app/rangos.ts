/** What ConfiguracionApp may hold: a form needs these and no parser. */

/** Points, of a whole life. */
export const UMBRAL_MAXIMO = 1_000_000
/** Hundredths: nobody earns less than a tenth or more than five times. */
export const PCT_MINIMO = 10
export const PCT_MAXIMO = 500
export const ADELANTO_MAXIMO_DIAS = 30
/** Per negocio; 0 is no limit. */
export const LIMITE_MAXIMO = 10_000
