/** A sale without a client, claimed by its ticket within 24 h (design 03, "The journal"): from then on it is that client's, by the rules of its own hour. */
import { DIA } from '../../core/tiempo.ts'
import { avisar, motivar, veredictoDe } from './dictamen.ts'
import { padreOEspera } from './espera.ts'
import { atenderCliente, LLAVE_DE_TICKET } from './juzgar-venta.ts'
import type { Cambios, Libro, Transaccion } from './libro.ts'
import type { Entrada } from './sobre.ts'
import type { VentaReclamada } from './tipos.ts'

export const PLAZO_DEL_RECLAMO_MS = DIA

/** Judge of `venta.reclamada`, which waits for its sale (R14). The first claim in time counts; any other changes nothing. */
export function juzgarReclamo(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as VentaReclamada
  const t = padreOEspera(libro, cambios, entrada, datos.transaccionId)
  if (!t) return
  if (t.estado !== 'completada' || esDeOtro(libro, t, datos.usuarioId)) motivar(veredictoDe(cambios, entrada), 'R1', 'reclamo_repetido')
  else if (entrada.recibidoAt > t.effAt + PLAZO_DEL_RECLAMO_MS) motivar(veredictoDe(cambios, entrada), null, 'reclamo_tardio')
  else reclamar(libro, cambios, entrada, t, datos)
}

/** It has a client, or its cupón says who that was (CUP-24). */
function esDeOtro(libro: Libro, t: Transaccion, usuarioId: string): boolean {
  const deCupon = libro.cuponUsos.get(t.id)?.deUsuario ?? usuarioId
  return t.clienteId !== null || deCupon !== usuarioId
}

function reclamar(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion, datos: VentaReclamada): void {
  const { usuarioId, cardId, alias, nivel } = datos
  const qr = { usuarioId, cardId, alias, nivel, llave: LLAVE_DE_TICKET, ctr: t.seq, tsMs: null }
  cambios.transacciones.add(t.id)
  atenderCliente(libro, cambios, entrada, {
    ...{ t, qr, cadena: { dispositivoId: t.dispositivoId }, recibidoAt: t.recibidoAt, conLicencia: !t.sinLicencia },
    ...{ escritaNumero: 0, promesa: null },
  })
  // A cashier who keeps tickets that nobody took would show here.
  if (veredictoDe(cambios, entrada).motivos.length === 0) return
  avisar(cambios, entrada, { tipo: 'revision', regla: null, codigo: 'limite', datos: { transaccionId: t.id, folio: t.folio } })
}
