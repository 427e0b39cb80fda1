/** Tills with their journals at hand: what they would send is written, chained and signed before anything is measured. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { firmarTexto } from '../../schema/core/firma.ts'
import { mensajeDeCabeza, type PedidoDiario } from '../../schema/protocol/diario.ts'
import { altaDeEscritor, type Escritor, subir, vender } from '../../sync-server/testing/kill-escritor.ts'
import { crearNegocioDePrueba, enlaceDePrueba, type NegocioDePrueba, type ServidorDePrueba } from '../../sync-server/testing/servidor.ts'
import { type Card, makeCards } from '../engine/world.ts'

const BASE = 'http://localhost:8080'
/** A card earns at most six times a day in a negocio (R16). */
const SALES_PER_CARD = 5
/** Below this a client sends its body as it is. */
const GZIP_FROM_BYTES = 1_024

/** One request to `/sync/diario`. */
export interface Upload {
  pedido: PedidoDiario
  body: Uint8Array
  gzip: boolean
  /** The last seq it holds: what the answer has to say was received. */
  last: number
}

/** Cards, each used its share of times; null: a sale without one. */
export type Deck = () => Promise<string | null>

export function deckOf(cards: readonly Card[]): Deck {
  let used = 0
  return () => {
    const card = cards[Math.floor(used++ / SALES_PER_CARD)]
    if (!card) throw new Error('no card left')
    return card()
  }
}

export const cardsFor = (server: ServidorDePrueba, sales: number): Promise<Card[]> => makeCards(server, Math.ceil(sales / SALES_PER_CARD))

export async function makeNegocios(server: ServidorDePrueba, many: number): Promise<NegocioDePrueba[]> {
  const first = await crearNegocioDePrueba(server)
  const others: NegocioDePrueba[] = []
  for (let i = 1; i < many; i++) others.push(await crearNegocioDePrueba(server, { dueno: first.dueno }))
  return [first, ...others]
}

/** Enrolled, its chain opened. */
export async function makeTill(server: ServidorDePrueba, negocio: NegocioDePrueba): Promise<Escritor> {
  const till = await altaDeEscritor(BASE, await enlaceDePrueba(server, negocio), server.fetch)
  await subir(till, BASE, 0, 1, server.fetch)
  return till
}

/** The next `sales` of a till as one request. */
export async function nextUpload(till: Escritor, sales: number, qr: Deck): Promise<Upload> {
  const desde = till.cuerpos.length
  for (let i = 0; i < sales; i++) await vender(till, 5_000 + i, await qr())
  const cuerpos = till.cuerpos.slice(desde)
  const last = till.cuerpos.length - 1
  const head = {
    dispositivoId: till.alta.dispositivoId,
    cadenaId: till.cadenaId,
    desde,
    cabeza: { seq: last, hash: till.hashes[last] ?? '' },
    enviadoAt: Date.now(),
    perdidos: [],
  }
  const firma = await firmarTexto(till.llave, 'CYA1|diario', mensajeDeCabeza(head))
  const pedido = { ...head, cuerpos, estado: null, firma }
  const text = Buffer.from(JSON.stringify(pedido))
  const squeezed = text.length > GZIP_FROM_BYTES
  return { pedido, body: squeezed ? await promisify(gzip)(text, { level: 6 }) : text, gzip: squeezed, last }
}
