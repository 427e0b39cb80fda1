/**
 * QRs of a batch, verified before the fold: WebCrypto is asynchronous, judging is not. Signatures are checked before any transaction; inside
 * it one read tells which of the (card, key) pairs the platform issued.
 */
import type { EvidenciaQr } from '../../schema/domain/hechos/libro.ts'
import { Lru } from '../../schema/domain/tarjetas/lru.ts'
import { type QrVerificado, verificarQr } from '../../schema/domain/tarjetas/qr.ts'
import type { LlavesPlataforma } from '../context.ts'
import type { Tx } from '../db/db.ts'

/** By text; null: a signature is wrong, or it is no QR at all. */
export type Verificados = Map<string, QrVerificado | null>

const QR_RECORDADOS = 5_000
/** Only proofs are kept: what fails today may be of a key not loaded yet. */
const probados = new WeakMap<object, Lru<QrVerificado>>()

/** Checks the signatures of each text once. */
export async function verificarTextos(llaves: LlavesPlataforma, textos: Iterable<string>): Promise<Verificados> {
  const recordados = probados.get(llaves.porKid) ?? new Lru<QrVerificado>(QR_RECORDADOS)
  probados.set(llaves.porKid, recordados)
  // All at once: a signature takes other threads less than the way there and back, one by one.
  const pares = await Promise.all(
    [...new Set(textos)].map(async (texto) => [texto, recordados.get(texto) ?? (await verificarQr(texto, llaves.porKid))] as const),
  )
  for (const [texto, qr] of pares) if (qr) recordados.set(texto, qr)
  return new Map(pares)
}

interface Emitida {
  cardId: string
  llave: string
  deUsuario: string
  alias: string
  bajaAt: number | null
}

/**
 * What the judge is told of each QR: valid when both signatures are good, the platform issued that key for that card, and it was not revoked
 * when the QR was made. Whether it was fresh is R11's business.
 */
export async function leerEvidencias(sql: Tx, verificados: Verificados): Promise<Map<string, EvidenciaQr>> {
  const buenos = [...verificados.values()].filter((qr) => qr !== null)
  const emitidas = buenos.length > 0 ? await leerEmitidas(sql, buenos) : []
  const porPar = new Map(emitidas.map((e) => [`${e.cardId}|${e.llave}`, e]))
  return new Map([...verificados].map(([texto, qr]) => [texto, evidencia(qr, qr && porPar.get(`${qr.cardId}|${qr.llave}`))]))
}

const leerEmitidas = (sql: Tx, qrs: QrVerificado[]) => sql<Emitida[]>`
  select e.card_id, e.llave, e.de_usuario, e.alias, e.baja_at
  from (select distinct card_id, llave from jsonb_to_recordset(${sql.json(qrs.map((q) => ({ card_id: q.cardId, llave: q.llave })))})
    as x(card_id text, llave text)) p
  cross join lateral (select * from tarjetas_emitidas where card_id = p.card_id and llave = p.llave offset 0) e`

function evidencia(qr: QrVerificado | null, emitida: Emitida | null | undefined): EvidenciaQr {
  if (!qr || !emitida || (emitida.bajaAt !== null && emitida.bajaAt <= qr.tsMs)) return { valida: false }
  const { cardId, llave, ctr, tsMs, nivel, cupon } = qr
  const suya = { usuarioId: emitida.deUsuario, alias: emitida.alias, cardId, llave, ctr, tsMs, nivel }
  return { valida: true, ...suya, ...(cupon ? { cupon } : {}) }
}
