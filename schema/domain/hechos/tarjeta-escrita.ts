/**
 * A card typed by hand (SCAN-10, design 04 §1.3). The till could not check it, so here it is either the card's own digits of that minute, and the sale is
 * like one with a QR whose counter is the step; or it is not, and the sale stands without a client for the dueño to see.
 */
import { assert } from '../../core/rechazo.ts'
import { avisar, lugar, motivar, veredictoDe } from './dictamen.ts'
import type { Cambios, EvidenciaEscrita, Libro, Transaccion } from './libro.ts'
import { diaDe, type TarjetaDeVenta } from './retener.ts'
import type { Entrada } from './sobre.ts'

/** After so many wrong tries on a card in a day, right ones are not believed either. */
export const CLAVES_ERRADAS_AL_DIA = 3

/** Which sale with a typed card this is of its till's day, from 1; it counts from now on. */
export function contarEscrita(libro: Libro, entrada: Entrada, t: Transaccion): number {
  const clave = `${equipoDe(entrada, t)}|${diaDe(libro, t.sucursalId, t.effAt)}`
  const numero = (libro.escritasDelDia.get(clave) ?? 0) + 1
  libro.escritasDelDia.set(clave, numero)
  return numero
}

/** The card, or null: the digits were wrong, or were wrong too often today. Leaves the evidence to be written. */
export function tarjetaEscritaDe(libro: Libro, cambios: Cambios, entrada: Entrada, t: Transaccion): TarjetaDeVenta | null {
  const evidencia = libro.escritas.get(lugar(entrada))
  assert(evidencia, 'a typed card is looked up before its venta is judged')
  const dia = diaDe(libro, t.sucursalId, t.effAt)
  cambios.escritas.push({ cadenaId: entrada.cadenaId, seq: entrada.seq, equipo: equipoDe(entrada, t), dia, ...aceptada(evidencia) })
  const clave = `${evidencia.cardId}|${dia}`
  const erradas = libro.erradasDelDia.get(clave) ?? 0
  if (!evidencia.valida && evidencia.cardId !== null) libro.erradasDelDia.set(clave, erradas + 1)
  if (evidencia.valida && erradas < CLAVES_ERRADAS_AL_DIA) {
    const { usuarioId, alias, cardId, paso, nivel } = evidencia
    return { usuarioId, alias, cardId, nivel, llave: 'manual', ctr: paso, tsMs: null }
  }
  motivar(veredictoDe(cambios, entrada), null, 'TARJETA_CLAVE', 'en_revision')
  const datos = { transaccionId: t.id, folio: t.folio }
  avisar(cambios, entrada, { tipo: 'revision', regla: null, codigo: 'TARJETA_CLAVE', datos })
  return null
}

const equipoDe = (entrada: Entrada, t: Transaccion) => t.dispositivoId ?? entrada.cadenaId

function aceptada(evidencia: EvidenciaEscrita) {
  if (!evidencia.valida) return { cardId: evidencia.cardId, deUsuario: null, alias: null, nivel: null, paso: null }
  const { cardId, usuarioId: deUsuario, alias, nivel, paso } = evidencia
  return { cardId, deUsuario, alias, nivel, paso }
}
