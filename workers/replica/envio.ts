/** Builds one journal upload from what is on disk (DI1): entries in order from `desde`, at most 100 and 1 MB, naming what is missing or torn as lost. */
import { sha256 } from '../../schema/core/ids.ts'
import { BYTES_POR_ENVIO, mensajeDeCabeza, type PedidoDiario, RENGLONES_POR_ENVIO } from '../../schema/protocol/diario.ts'
import type { Renglon } from './renglon.ts'

/** Room for the envelope and for the escapes of a text inside JSON. */
const BYTES_DE_TEXTOS = Math.floor(BYTES_POR_ENVIO * 0.8)
const TRAMOS_PERDIDOS = 20

export interface Lote {
  cuerpos: string[]
  perdidos: { desde: number; hasta: number }[]
  /** Seq -1 and hash '' when there is nothing to send. */
  cabeza: { seq: number; hash: string }
}

/** `renglones`: ascending, from `desde` on. A text that no longer gives its hash is torn: it is declared, not sent as something it was not. */
export async function armarLote(desde: number, renglones: Renglon[]): Promise<Lote> {
  const lote: Lote = { cuerpos: [], perdidos: [], cabeza: { seq: -1, hash: '' } }
  let siguiente = desde
  let bytes = 0
  for (const renglon of renglones) {
    const peso = new TextEncoder().encode(JSON.stringify(renglon.cuerpo)).length
    const falta = renglon.seq > siguiente
    if (lote.cuerpos.length >= RENGLONES_POR_ENVIO || bytes + peso > BYTES_DE_TEXTOS) break
    if (falta && lote.perdidos.length >= TRAMOS_PERDIDOS) break
    if ((await sha256(renglon.cuerpo)) !== renglon.hash) continue // torn: becomes part of the gap before the next whole one
    if (falta) lote.perdidos.push({ desde: siguiente, hasta: renglon.seq - 1 })
    lote.cuerpos.push(renglon.cuerpo)
    lote.cabeza = { seq: renglon.seq, hash: renglon.hash }
    siguiente = renglon.seq + 1
    bytes += peso
  }
  return lote
}

export type Firmar = (texto: string) => Promise<string>

/** The signed request. */
export async function firmarPedido(pedido: Omit<PedidoDiario, 'firma'>, firmar: Firmar): Promise<PedidoDiario> {
  return { ...pedido, firma: await firmar(mensajeDeCabeza(pedido)) }
}
