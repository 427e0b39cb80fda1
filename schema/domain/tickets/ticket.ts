/**
 * The QR of a sale's ticket, TICKET v1: base45 of at most 164 bytes (design 03: the shopper's CardYA shows "+75 por confirmar" from it, a refund finds
 * the sale by it, and a sale made without a client is claimed with it).
 *
 *      0  1  0x14 (version 1, type 4)         ..  5  monto, centavos
 *      1 16  hechoId of the venta             ..  4  points promised
 *     17  3  numero of the negocio            ..  4  effAt as the till knew it, unix seconds
 *     20  1  length of the series             ..  8  cardId, 0: sale without a client
 *     21  s  series, ASCII                    ..  1  length of the name
 *     ..  5  number of the folio              ..  n  name of the negocio, UTF-8, at most 40
 *                                             .. 64  Sign(till, "CYA1|ticket\0" ‖ all before)
 *
 * Only the server holds the keys of tills: a phone reads a ticket without proof, and shows it as not yet confirmed.
 */
import { verificarBytes } from '../../core/firma.ts'
import { aHex, deHex, esUuid, formatoUuid } from '../../core/ids.ts'
import { assert, Rechazo } from '../../core/rechazo.ts'
import { SEGUNDO } from '../../core/tiempo.ts'
import { aBase45, deBase45 } from '../tarjetas/base45.ts'
import { escribir, juntar, leer } from '../tarjetas/bytes.ts'

const VERSION_Y_TIPO = 0x14
const BYTES_DE_FIRMA = 64
const SIN_TARJETA = '0000000000000000'
export const BYTES_DEL_NOMBRE = 40
/** Bytes that every ticket has: all but series, name and signature. */
const BYTES_FIJOS = 48

export interface Ticket {
  /** Id of the venta. */
  hechoId: string
  /** `negocios.numero`, 24 bits. */
  negocioNumero: number
  /** Cut to 40 bytes at a whole character when it is written. */
  negocioNombre: string
  /** `C1-000123` */
  folio: string
  montoCentavos: number
  /** What the till's screen promised. */
  puntos: number
  /** ms; kept in whole seconds, rounded down. */
  effAt: number
  /** 16 lower-case hex; null: a sale without a client, or with a card typed by hand. */
  cardId: string | null
}

/** Signs bytes with the till's key in domain 'CYA1|ticket'; gives 64. */
export type FirmaDeTicket = (cuerpo: Uint8Array) => Promise<Uint8Array>

/** The text for the QR, at most 246 characters. @throws when a field is out of range: what a till sold never is */
export async function firmarTicket(ticket: Ticket, firmar: FirmaDeTicket): Promise<string> {
  const cuerpo = cuerpoDeTicket(ticket)
  const firma = await firmar(cuerpo)
  assert(firma.length === BYTES_DE_FIRMA, 'a P-256 signature has 64 bytes')
  return aBase45(juntar(cuerpo, firma))
}

function cuerpoDeTicket(t: Ticket): Uint8Array<ArrayBuffer> {
  const [, serie = '', numero = ''] = /^([A-Z0-9]{2,12})-(\d{6}|[1-9]\d{6,9})$/.exec(t.folio) ?? []
  assert(serie, 'a folio is a series and a number of at least six digits')
  assert(esUuid(t.hechoId), 'hechoId is a UUID')
  assert(t.cardId === null || (/^[0-9a-f]{16}$/.test(t.cardId) && t.cardId !== SIN_TARJETA), 'a cardId is 16 lower-case hex')
  return juntar(
    Uint8Array.of(VERSION_Y_TIPO),
    deHex(t.hechoId.replaceAll('-', '')),
    entero(3, t.negocioNumero),
    Uint8Array.of(serie.length),
    new TextEncoder().encode(serie),
    entero(5, Number(numero)),
    entero(5, t.montoCentavos),
    entero(4, t.puntos),
    entero(4, Math.floor(t.effAt / SEGUNDO)),
    deHex(t.cardId ?? SIN_TARJETA),
    conLargo(recortar(t.negocioNombre)),
  )
}

function entero(largo: number, valor: number): Uint8Array {
  assert(Number.isSafeInteger(valor) && valor >= 0 && valor < 256 ** largo, `a number of the ticket has ${largo} bytes`)
  const bytes = new Uint8Array(largo)
  escribir(bytes, 0, largo, valor)
  return bytes
}
const conLargo = (bytes: Uint8Array) => juntar(Uint8Array.of(bytes.length), bytes)

/** At most 40 bytes, never half a character. */
function recortar(nombre: string): Uint8Array {
  const codificador = new TextEncoder()
  let corto = ''
  for (const letra of nombre) {
    if (codificador.encode(corto + letra).length > BYTES_DEL_NOMBRE) break
    corto += letra
  }
  return codificador.encode(corto)
}

/** Reads the fields; proves nothing. @throws Rechazo TICKET_INVALIDO when it is not a TICKET v1 */
export function leerTicket(texto: string): Ticket {
  const bytes = deBase45(texto)
  const ticket = bytes && leerBytes(bytes)
  if (!ticket) throw new Rechazo('TICKET_INVALIDO', 'ticket')
  return ticket
}

function leerBytes(bytes: Uint8Array): Ticket | null {
  const serie = bytes[20] ?? 0
  const tras = 21 + serie
  const nombre = bytes[tras + 26] ?? 0
  if (bytes[0] !== VERSION_Y_TIPO || bytes.length !== BYTES_FIJOS + serie + nombre + BYTES_DE_FIRMA) return null
  const cardId = aHex(bytes.subarray(tras + 18, tras + 26))
  const letras = textoDe(bytes.subarray(21, tras))
  const negocioNombre = textoDe(bytes.subarray(tras + 27, tras + 27 + nombre))
  if (letras === null || !/^[A-Z0-9]{2,12}$/.test(letras) || negocioNombre === null || nombre > BYTES_DEL_NOMBRE) return null
  return {
    hechoId: formatoUuid(bytes.subarray(1, 17)),
    negocioNumero: leer(bytes, 17, 3),
    negocioNombre,
    folio: `${letras}-${String(leer(bytes, tras, 5)).padStart(6, '0')}`,
    montoCentavos: leer(bytes, tras + 5, 5),
    puntos: leer(bytes, tras + 10, 4),
    effAt: leer(bytes, tras + 14, 4) * SEGUNDO,
    cardId: cardId === SIN_TARJETA ? null : cardId,
  }
}

function textoDe(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The ticket's content if the till of this key signed it, else null (also for a text that is no ticket). */
export async function verificarTicket(texto: string, llaveDeLaCaja: CryptoKey): Promise<Ticket | null> {
  const bytes = deBase45(texto)
  const ticket = bytes && leerBytes(bytes)
  if (!ticket) return null
  const firma = bytes.slice(bytes.length - BYTES_DE_FIRMA)
  const buena = await verificarBytes(llaveDeLaCaja, 'CYA1|ticket', bytes.subarray(0, bytes.length - BYTES_DE_FIRMA), firma)
  return buena ? ticket : null
}
