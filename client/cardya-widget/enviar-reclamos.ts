/** Hands in the purchases that a shopper claimed by their tickets (those that waited for a network, too), and keeps what the server said of each. */
import type { Codigo } from '../../schema/core/codigos.ts'
import type { Almacen } from './almacen.ts'
import type { Pedir } from './enrolar.ts'
import type { TicketGuardado } from './tickets.ts'

/** These are the server's last word; anything else is asked again. */
const SIN_REMEDIO: readonly Codigo[] = ['RECLAMO_TARDIO', 'RECLAMO_AJENO', 'TICKET_INVALIDO', 'NO_ENCONTRADO']

interface Dicho {
  estado: 'abonada' | 'retenida' | 'en_espera' | 'sin_puntos'
  puntos: number | null
}

/** Gives whether anything was heard. One after the other: two claims of a phone are two purchases. */
export async function enviarReclamos({ pedir, almacen }: { pedir: Pedir; almacen: Almacen }): Promise<boolean> {
  const { tickets } = await almacen.leer()
  let algo = false
  for (const ticket of tickets) {
    if (ticket.reclamo?.estado !== 'por_enviar') continue
    const sabido = await enviar(pedir, ticket, ticket.reclamo.texto)
    if (!sabido) continue
    await almacen.ponerTicket(sabido)
    algo = true
  }
  return algo
}

async function enviar(pedir: Pedir, ticket: TicketGuardado, texto: string): Promise<TicketGuardado | null> {
  const dicho = await pedir('/api/cardya/reclamar-ticket', { metodo: 'POST', cuerpo: { ticket: texto } })
  if (!dicho.ok)
    return SIN_REMEDIO.includes(dicho.codigo) ? { ...ticket, reclamo: { texto, estado: 'rechazado', codigo: dicho.codigo } } : null
  const { estado, puntos } = dicho.valor as Dicho
  if (estado === 'sin_puntos') return { ...ticket, reclamo: { texto, estado: 'sin_puntos' } }
  return { ...ticket, puntos: puntos ?? ticket.puntos, reclamo: { texto, estado: 'en_espera' } }
}
