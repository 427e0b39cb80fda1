/** SCAN-34..36 as read models need it; the row itself is made only by judging. */
import type { Transaccion } from '../hechos/libro.ts'

/** What was really charged: nothing when the sale was cancelled. Centavos. */
export const netoCentavos = (t: Pick<Transaccion, 'estado' | 'montoCentavos' | 'reembolsadoCentavos'>): number =>
  t.estado === 'anulada' ? 0 : t.montoCentavos - t.reembolsadoCentavos

/** What a refund may still give back. Centavos. */
export const reembolsableCentavos = netoCentavos

/** PTS-18: `#0089` from the folio of the till. */
export const numeroDeVenta = (folio: string): string => `#${(folio.split('-').at(-1) ?? '').replace(/^0+/, '').padStart(4, '0')}`
