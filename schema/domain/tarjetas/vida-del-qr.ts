/** CARD-19, CARD-26, SCAN-24. How long a QR is good after its own hour. By itself: a card's first paint needs the number and no parser. */
import { SEGUNDO } from '../../core/tiempo.ts'

/** Seconds, tolerances of the clocks apart: what a version of the rules of before it could be chosen, or of nobody, means. */
export const VIDA_DEL_QR_S = 120
/** The card shows a new one every 30 s: one that lived less would be over before it is replaced. */
export const VIDA_DEL_QR_MINIMA_S = 60
/** With its tolerance well below the ten minutes after which R11 would doubt the clocks. */
export const VIDA_DEL_QR_MAXIMA_S = 300

export const VIDA_DEL_QR_MS = VIDA_DEL_QR_S * SEGUNDO

/** ms. `segundos` undefined: never said. */
export const vidaDelQrMs = (segundos: number | undefined): number => (segundos ?? VIDA_DEL_QR_S) * SEGUNDO
