/** Versioned rules of a negocio (PTS-03, CARD-19). A change makes a new version; a sale keeps the one it was computed with (R12). */
import { z } from 'zod'
import { instante } from '../hechos/sobre.ts'
import { VIDA_DEL_QR_MAXIMA_S, VIDA_DEL_QR_MINIMA_S } from '../tarjetas/vida-del-qr.ts'

export { MULTIPLICADORES_PCT, NIVELES, type Nivel, UMBRALES } from '../niveles/nivel.ts'

/** At most tenfold: the largest sale at the smallest valorPunto is below 10^9 points, which is what a till may promise. */
const pct = z.number().int().min(1).max(1_000)
/** PTS-24. Points last from one month to five years, where they expire at all. */
export const MESES_MAXIMOS = 60

export const configuracion = z.object({
  version: z.number().int().min(1),
  /** PTS-02: when false a sale gives 0 points. */
  participa: z.boolean(),
  /** PTS-04: $1 to $1,000. */
  valorPuntoCentavos: z.number().int().min(100).max(100_000),
  /** CARD-17, in hundredths: { bronce: 100, plata: 125, oro: 150 }. */
  multiplicadoresPct: z.object({ bronce: pct, plata: pct, oro: pct }),
  /** CARD-09..11: lifetime points at which plata and oro begin. */
  umbrales: z.object({ plata: z.number().int().min(1), oro: z.number().int().min(1) }),
  /** CARD-19, 26: seconds a card's QR is good, tolerances apart. Undefined: a version of before it could be chosen. */
  vidaQrSegundos: z.number().int().min(VIDA_DEL_QR_MINIMA_S).max(VIDA_DEL_QR_MAXIMA_S).optional(),
  /** PTS-24: months after which points earned by this version expire, at the end of a month. Null, or absent as in every version of before: never. */
  expiranEnMeses: z.number().int().min(1).max(MESES_MAXIMOS).nullable().optional(),
  /** Server time from which this version is in force, ms. */
  vigenteAt: instante,
})
export type Configuracion = z.infer<typeof configuracion>
