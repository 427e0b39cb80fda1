/** The other hecho of a verdict, where its rule speaks of two (R2, R6). */
import type { Motivo } from '../../../schema/domain/hechos/libro.ts'
import { llaveDe } from '../../../schema/domain/tarjetas/llaves.ts'
import type { Tx } from '../../db/db.ts'
import { abrirSobre, idEn } from '../../sync/sobres.ts'
import { leerPieza, lugarDe, type Pieza } from './lado.sql.ts'

const habla = (motivos: readonly Motivo[], regla: string): boolean => motivos.some((m) => m.regla === regla)

export async function leerOtro(sql: Tx, negocioId: string, pieza: Pieza): Promise<Pieza | undefined> {
  const id = habla(pieza.motivos, 'R2')
    ? await ventaDelMismoUso(sql, negocioId, pieza)
    : habla(pieza.motivos, 'R6')
      ? await correccionAnterior(sql, negocioId, pieza)
      : undefined
  const lugar = id === undefined ? undefined : await lugarDe(sql, negocioId, id)
  return lugar && leerPieza(sql, negocioId, lugar)
}

/** R2. The sale that was credited with the same card, key and counter. */
async function ventaDelMismoUso(sql: Tx, negocioId: string, pieza: Pieza): Promise<string | undefined> {
  const uso = await usoDe(sql, negocioId, pieza)
  if (!uso) return undefined
  const [fila] = await sql<{ transaccionId: string }[]>`
    select transaccion_id from usos_qr where negocio_id = ${negocioId} and card_id = ${uso.cardId} and llave = ${uso.llave} and ctr = ${uso.ctr}
      and transaccion_id <> ${pieza.lado.hechoId}`
  return fila?.transaccionId
}

/** One use of a card: of its QR, or of typed digits (then the key is 'manual' and the counter their step). */
async function usoDe(sql: Tx, negocioId: string, { qr, lado }: Pieza): Promise<{ cardId: string; llave: string; ctr: number } | undefined> {
  if (qr) return { cardId: qr.cardId, llave: await llaveDe(qr.devPub), ctr: qr.ctr }
  const [fila] = await sql<{ cardId: string; paso: number }[]>`
    select card_id, paso from evidencias_escritas where negocio_id = ${negocioId} and cadena_id = ${lado.cadenaId} and seq = ${lado.seq}
      and card_id is not null and paso is not null`
  return fila && { cardId: fila.cardId, llave: 'manual', ctr: fila.paso }
}

/** R6. What took back before: the last refund or anulación of the same sale that was judged before this one; the sale itself where there is none. */
async function correccionAnterior(sql: Tx, negocioId: string, pieza: Pieza): Promise<string | undefined> {
  const ventaId = pieza.lado.transaccionId
  const previas = ventaId === null ? [] : await correccionesDe(sql, negocioId, ventaId, pieza.juzgadoN)
  return previas.at(-1)?.hechoId ?? ventaId ?? undefined
}

/** Refunds and anulaciones of a sale judged before `antesDe`, in the order of judging. They are few in a negocio, and have an index. */
export async function correccionesDe(
  sql: Tx,
  negocioId: string,
  ventaId: string,
  antesDe: number,
): Promise<{ hechoId: string; montoCentavos: number }[]> {
  const filas = await sql<{ hechoId: string; cadenaId: string; seq: number; cuerpo: string }[]>`
    select hecho_id, cadena_id, seq, cuerpo from hechos_recibidos
    where negocio_id = ${negocioId} and tipo in ('reembolso', 'anulacion') and estado = 'juzgado' and variante = 0
      and hecho_id is not null and coalesce(juzgado_n, n) < ${antesDe} and strpos(cuerpo, ${ventaId}) > 0
    order by coalesce(juzgado_n, n)`
  // Opened here: the database reads no JSON with a NUL in a text (linea.ts).
  return filas
    .map(({ hechoId, cadenaId, seq, cuerpo }) => ({ hechoId, datos: abrirSobre(cuerpo, cadenaId, seq)?.datos }))
    .filter((f) => idEn(f.datos, 'transaccionId') === ventaId)
    .map((f) => ({ hechoId: f.hechoId, montoCentavos: Number((f.datos as { montoCentavos?: unknown }).montoCentavos ?? 0) }))
}
