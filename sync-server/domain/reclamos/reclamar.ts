/**
 * A shopper claims a sale made without a client, by its ticket, within 24 h (design 03, "The journal"). The till signed the ticket; the sale itself may not have
 * arrived yet, and then the claim waits for it (R14).
 */
import { z } from 'zod'
import { importarPublica } from '../../../schema/core/firma.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { MINUTO } from '../../../schema/core/tiempo.ts'
import { PLAZO_DEL_RECLAMO_MS } from '../../../schema/domain/hechos/juzgar-reclamo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { VentaReclamada } from '../../../schema/domain/hechos/tipos.ts'
import { leerTicket, type Ticket, verificarTicket } from '../../../schema/domain/tickets/ticket.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { idDeReclamo } from '../scanya/sin-qr.ts'

/** R11: a till's clock may be this far ahead. */
const ADELANTO_DEL_RELOJ_MS = 10 * MINUTO

export const reclamo = z.object({
  transaccionId: uuid,
  negocioId: uuid,
  negocioNombre: z.string(),
  folio: z.string(),
  /** Pesos. */
  monto: z.number(),
  /** `en_espera`: its sale has not arrived; `retenida`: a rule holds its points for now; `sin_puntos`: its sale was cancelled or refunded meanwhile. */
  estado: z.enum(['abonada', 'retenida', 'en_espera', 'sin_puntos']),
  /** Null while its sale has not arrived. */
  puntos: z.number().int().nullable(),
})

type Claim = Omit<VentaReclamada, 'transaccionId'>

/**
 * Claiming it twice is claiming it once.
 * @throws Rechazo TICKET_INVALIDO (no ticket of ours, another till's signature, made in the future), RECLAMO_TARDIO, RECLAMO_AJENO (the sale has a client, or
 * somebody claimed it), NO_ENCONTRADO (the account has no card)
 */
export async function reclamarTicket(deps: Deps, usuarioId: string, texto: string): Promise<z.infer<typeof reclamo>> {
  const leido = leerTicket(texto)
  const negocio = await negocioDelTicket(deps, leido)
  const ticket = await probar(deps, negocio.negocioId, texto, leido)
  const quien = await tarjetaDe(deps, usuarioId)
  if (ticket.cardId !== null) throw new Rechazo('RECLAMO_AJENO', 'ticket')
  const ahora = deps.now()
  if (ticket.effAt > ahora + ADELANTO_DEL_RELOJ_MS) throw new Rechazo('TICKET_INVALIDO', 'ticket')
  const id = await idDeReclamo(negocio.negocioId, ticket.hechoId)
  const previo = await reclamoPrevio(deps, negocio.negocioId, id)
  if (previo && previo.usuarioId !== usuarioId) throw new Rechazo('RECLAMO_AJENO', 'ticket')
  if (!previo) {
    if (ahora > ticket.effAt + PLAZO_DEL_RECLAMO_MS) throw new Rechazo('RECLAMO_TARDIO', 'ticket')
    const hecho = { tipo: 'venta.reclamada' as const, id, datos: { transaccionId: ticket.hechoId, ...quien } }
    const nuevo = await asentarPedido(deps, negocio.negocioId, hecho, (sql) => exigirSinCliente(sql, negocio.negocioId, ticket, usuarioId))
    if (!nuevo && (await reclamoPrevio(deps, negocio.negocioId, id))?.usuarioId !== usuarioId) throw new Rechazo('RECLAMO_AJENO', 'ticket')
  }
  return contar(deps, negocio, ticket, usuarioId)
}

interface DelTicket {
  negocioId: string
  negocioNombre: string
}

async function negocioDelTicket(deps: Pick<Deps, 'db'>, { negocioNumero }: Ticket): Promise<DelTicket> {
  const [fila] = await deps.db.plataforma(
    (sql) => sql<DelTicket[]>`
      select n.negocio_id, n.nombre as negocio_nombre from negocio_numeros c join negocios n on n.negocio_id = c.de_negocio
      where c.numero = ${negocioNumero}`,
  )
  if (!fila) throw new Rechazo('TICKET_INVALIDO', 'ticket')
  return { ...fila }
}

/** The till of its series signed it, and was ours at that hour. */
async function probar(deps: Pick<Deps, 'db'>, negocioId: string, texto: string, { folio, effAt }: Ticket): Promise<Ticket> {
  const [caja] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ clavePublica: string; bajaAt: number | null }[]>`
      select clave_publica, baja_at from dispositivos where negocio_id = ${negocioId} and serie = ${folio.split('-')[0] ?? ''} and tipo = 'caja'`,
  )
  const ticket = caja && (await verificarTicket(texto, await importarPublica(caja.clavePublica)))
  if (!ticket || (caja.bajaAt !== null && effAt >= caja.bajaAt)) throw new Rechazo('TICKET_INVALIDO', 'ticket')
  return ticket
}

/** The card as it is now: from then on the sale is frozen with it. */
async function tarjetaDe(deps: Pick<Deps, 'db'>, usuarioId: string): Promise<Claim> {
  const mia = await deps.db.usuario(usuarioId, async (sql) => {
    const [fila] = await sql<{ cardId: string; nivel: Claim['nivel'] }[]>`
      select t.card_id, u.nivel_cardya as nivel from tarjetas t join usuarios u on u.id = t.usuario_id
      where t.usuario_id = ${usuarioId} and u.borrado_at is null order by t.created_at desc limit 1`
    return fila
  })
  if (!mia) throw new Rechazo('NO_ENCONTRADO')
  const [emitida] = await deps.db.plataforma(
    (sql) => sql<{ alias: string }[]>`select alias from tarjetas_emitidas where card_id = ${mia.cardId} order by emitida_at desc limit 1`,
  )
  return { usuarioId, ...mia, alias: emitida?.alias ?? 'Cliente nuevo' }
}

async function reclamoPrevio(deps: Pick<Deps, 'db'>, negocioId: string, id: string): Promise<{ usuarioId: string } | undefined> {
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ usuarioId: string }[]>`
      select cuerpo::jsonb -> 'datos' ->> 'usuarioId' as usuario_id from hechos_recibidos where negocio_id = ${negocioId} and hecho_id = ${id} limit 1`,
  )
  return fila && { ...fila }
}

/** Under the negocio's counter. Its cupón may say whose it is (CUP-24): a claim in vain would be the only one that the sale ever has. */
async function exigirSinCliente(sql: Tx, negocioId: string, { hechoId }: Ticket, usuarioId: string): Promise<void> {
  const [venta] = await sql<{ deOtro: boolean }[]>`
    select t.cliente_id is not null or coalesce(u.de_usuario <> ${usuarioId}, false) as de_otro
    from transacciones t left join cupon_usos u on u.negocio_id = t.negocio_id and u.transaccion_id = t.id
    where t.negocio_id = ${negocioId} and t.id = ${hechoId}`
  if (venta?.deOtro) throw new Rechazo('RECLAMO_AJENO', 'ticket')
}

interface Venta {
  clienteId: string | null
  puntos: number
  acreditada: boolean
  retenida: boolean
}

async function contar(deps: Pick<Deps, 'db'>, { negocioId, negocioNombre }: DelTicket, ticket: Ticket, usuarioId: string) {
  const [venta] = await deps.db.negocio(
    negocioId,
    (sql) => sql<Venta[]>`
      select cliente_id, puntos_otorgados - puntos_devueltos as puntos, acreditada,
        exists (select from retenciones r where r.negocio_id = t.negocio_id and r.transaccion_id = t.id and r.estado = 'activa') as retenida
      from transacciones t where negocio_id = ${negocioId} and id = ${ticket.hechoId}`,
  )
  const { hechoId: transaccionId, folio, montoCentavos } = ticket
  const dicho = { transaccionId, negocioId, negocioNombre, folio, monto: montoCentavos / 100 }
  if (!venta) return { ...dicho, estado: 'en_espera' as const, puntos: null }
  const suya = venta.clienteId === usuarioId
  const estado = !suya ? 'sin_puntos' : venta.retenida ? 'retenida' : venta.acreditada ? 'abonada' : 'sin_puntos'
  return { ...dicho, estado: estado as 'abonada' | 'retenida' | 'sin_puntos', puntos: suya ? venta.puntos : 0 }
}
