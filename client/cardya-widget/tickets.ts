/** "+75 por confirmar": points of a sale that the till has not handed in yet, from the QR of its ticket (design 05). A promise without proof: only the server holds the keys of tills. */
import type { Codigo } from '../../schema/core/codigos.ts'
import type { Ticket } from '../../schema/domain/tickets/ticket.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'

export interface TicketGuardado {
  hechoId: string
  negocioNombre: string
  folio: string
  montoCentavos: number
  puntos: number
  /** When it was sold, ms. */
  effAt: number
  /** Of a purchase made without a card that the shopper claims; absent for a promise of the own card. */
  reclamo?: Reclamo
}
export interface Reclamo {
  /** As it was read: what is handed in. */
  texto: string
  /** `por_enviar`: waits for a network. `en_espera`: handed in, its points come with its sale. `sin_puntos`: it was cancelled. `rechazado`: by `codigo`. */
  estado: 'por_enviar' | 'en_espera' | 'sin_puntos' | 'rechazado'
  codigo?: Codigo
}
/** Why a ticket adds nothing here. */
export type TicketSinUso = 'de_otra_tarjeta' | 'tarde' | 'ya_esta' | 'viejo' | 'sin_puntos'

/** After this long without a word of the sale the promise is put away. */
export const PLAZO_DE_TICKET_MS = 35 * 86_400_000

/** A purchase made without a card is claimed within this long of it. */
const PLAZO_DE_RECLAMO_MS = 86_400_000

/**
 * What to keep of a ticket that was read, what to ask about one of a purchase without a card, what this phone keeps of it already, or why none of them. Only a
 * sale that the server told of is in the account: a claim may be on its way, refused, or of a sale that was cancelled. `ahora`: ms.
 */
export function admitir(
  ticket: Ticket,
  {
    cardId,
    ahora,
    guardados,
    conocidas,
  }: { cardId: string; ahora: number; guardados: readonly TicketGuardado[]; conocidas: ReadonlySet<string> },
): { guardar: TicketGuardado } | { preguntar: TicketGuardado } | { guardado: TicketGuardado } | { motivo: TicketSinUso } {
  const { hechoId, negocioNombre, folio, montoCentavos, puntos, effAt } = ticket
  const suyo = { hechoId, negocioNombre, folio, montoCentavos, puntos, effAt }
  if (ticket.cardId !== null && ticket.cardId !== cardId) return { motivo: 'de_otra_tarjeta' }
  if (conocidas.has(hechoId)) return { motivo: 'ya_esta' }
  const guardado = guardados.find((g) => g.hechoId === hechoId)
  if (guardado) return { guardado }
  if (ticket.cardId === null) return ahora - effAt > PLAZO_DE_RECLAMO_MS ? { motivo: 'tarde' } : { preguntar: suyo }
  if (puntos === 0) return { motivo: 'sin_puntos' }
  if (ahora - effAt > PLAZO_DE_TICKET_MS) return { motivo: 'viejo' }
  return { guardar: suyo }
}

/** Ids of the sales that the server told of (`venta:<negocioId>:<id>`): their promises are over. */
export const ventasConocidas = (docs: readonly MiaDoc[]): Set<string> =>
  new Set(docs.filter(({ tipo }) => tipo === 'venta').map(({ id }) => id.slice(id.lastIndexOf(':') + 1)))

/** Tickets that are over: their sale arrived, or nobody ever told of it. */
export const terminados = (guardados: readonly TicketGuardado[], conocidas: ReadonlySet<string>, ahora: number): string[] =>
  guardados.filter((g) => conocidas.has(g.hechoId) || ahora - g.effAt > PLAZO_DE_TICKET_MS).map((g) => g.hechoId)
