/**
 * Builds one journal upload from what is on disk (DI1): entries in order from `desde`, at most 100 and 1 MB, naming what is missing or torn as lost
 * (DI5). A torn end of the chain is named too, and a loss larger than one request may declare goes on in the next.
 */
import { sha256 } from '../../schema/core/ids.ts'
import {
  BYTES_POR_ENVIO,
  mensajeDeCabeza,
  PERDIDOS_POR_ENVIO,
  type PedidoDiario,
  RENGLONES_POR_ENVIO,
  TRAMOS_PERDIDOS_POR_ENVIO,
} from '../../schema/protocol/diario.ts'
import type { Renglon } from './renglon.ts'

/** Room for the envelope and for the escapes of a text inside JSON. */
const BYTES_DE_TEXTOS = Math.floor(BYTES_POR_ENVIO * 0.8)

export interface Lote {
  cuerpos: string[]
  perdidos: { desde: number; hasta: number }[]
  /** The last text; seq -1 and hash '' when there is none. */
  cabeza: { seq: number; hash: string }
}
export const loteVacio = (): Lote => ({ cuerpos: [], perdidos: [], cabeza: { seq: -1, hash: '' } })
/** The seq that follows what a batch from `desde` says; `desde` itself when it says nothing. */
export const siguienteDe = (lote: Lote, desde: number): number =>
  Math.max(desde - 1, lote.cabeza.seq, lote.perdidos.at(-1)?.hasta ?? -1) + 1

/**
 * `renglones`: ascending, from `desde` on; of them at most `tope` texts. A text that no longer gives its hash is torn: it is declared, not sent as something it was
 * not. So is one that the server refused for its size.
 */
export async function armarLote(desde: number, renglones: Renglon[], tope = RENGLONES_POR_ENVIO): Promise<Lote> {
  const lote = loteVacio()
  let bytes = 0
  for (const renglon of renglones) {
    const peso = new TextEncoder().encode(JSON.stringify(renglon.cuerpo)).length
    if (lote.cuerpos.length >= tope || bytes + peso > BYTES_DE_TEXTOS) break
    const roto = (await sha256(renglon.cuerpo)) !== renglon.hash
    const falta = roto || renglon.estado === 'apartado'
    if (!declarar(lote, desde, falta ? renglon.seq : renglon.seq - 1)) break
    if (falta) continue
    lote.cuerpos.push(renglon.cuerpo)
    lote.cabeza = { seq: renglon.seq, hash: renglon.hash }
    bytes += peso
  }
  return lote
}

/** Names what lies between the batch so far and `hasta` as lost. False when not all of it fits in this request. */
function declarar(lote: Lote, inicio: number, hasta: number): boolean {
  const desde = siguienteDe(lote, inicio)
  if (hasta < desde) return true
  const quedan = PERDIDOS_POR_ENVIO - lote.perdidos.reduce((suma, p) => suma + p.hasta - p.desde + 1, 0)
  const ultimo = lote.perdidos.at(-1)
  const sigue = ultimo?.hasta === desde - 1
  if (quedan <= 0 || (!sigue && lote.perdidos.length >= TRAMOS_PERDIDOS_POR_ENVIO)) return false
  const fin = Math.min(hasta, desde + quedan - 1)
  if (ultimo && sigue) ultimo.hasta = fin
  else lote.perdidos.push({ desde, hasta: fin })
  return fin === hasta
}

export type Firmar = (texto: string) => Promise<string>

/** The signed request. */
export async function firmarPedido(pedido: Omit<PedidoDiario, 'firma'>, firmar: Firmar): Promise<PedidoDiario> {
  return { ...pedido, firma: await firmar(mensajeDeCabeza(pedido)) }
}
