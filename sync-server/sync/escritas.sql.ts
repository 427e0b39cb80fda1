/**
 * Cards typed by hand, proved before the fold (the digits need WebCrypto, judging does not wait): whose number it is, whether the digits were those of one
 * of its keys around the hour of the sale, and what was typed that day before. Nothing is read when no sale of the batch has one.
 */
import { horasDe } from '../../schema/domain/hechos/dictaminar.ts'
import type { EvidenciaEscrita, Libro } from '../../schema/domain/hechos/libro.ts'
import type { Entrada, Sobre } from '../../schema/domain/hechos/sobre.ts'
import { type TarjetaEscrita, tarjetaEscrita } from '../../schema/domain/hechos/tipos.ts'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { importarSecreto, pasoDeClave } from '../../schema/domain/tarjetas/totp.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { secretoDeLlave } from '../domain/tarjetas/clave.ts'
import { listaDeTextos, listaDeUuids } from './filas.sql.ts'
import { qrDe } from './sobres.ts'

/** Keys of a card that are tried, those with the newest certificate first. A shopper has few; more would only help to guess. */
const LLAVES_PROBADAS = 20

export interface LlaveDeTarjeta {
  numero: string
  cardId: string
  llave: string
  deUsuario: string
  alias: string
  nivel: Nivel
  bajaAt: number | null
}

/** The typed card of a venta; null: none, or the entry is of another kind. A QR beside it counts instead. */
export function escritaDe(s: Sobre): TarjetaEscrita | null {
  const { datos } = s
  if (s.tipo !== 'venta' || qrDe(s) !== null || typeof datos !== 'object' || datos === null) return null
  return tarjetaEscrita.safeParse((datos as { tarjeta?: unknown }).tarjeta).data ?? null
}

/** Every key of the cards with the numbers typed in these sales. */
export async function leerTarjetasEscritas(sql: Tx, sobres: readonly Sobre[]): Promise<LlaveDeTarjeta[]> {
  const numeros = sobres.flatMap((s) => escritaDe(s)?.numero ?? [])
  if (numeros.length === 0) return []
  return sql<LlaveDeTarjeta[]>`
    select e.numero, e.card_id, e.llave, e.de_usuario, e.alias, e.nivel, e.baja_at
    from ${listaDeTextos(sql, numeros)} cross join lateral (
      select * from tarjetas_emitidas where numero = x.id order by emitida_at desc, llave limit ${LLAVES_PROBADAS}) e`
}

interface PorCotejar {
  /** In acceptance order. */
  entradas: readonly Entrada[]
  llaves: readonly LlaveDeTarjeta[]
  /** No effAt of these entries falls on an earlier day. */
  desdeDia: string
}

/** Fills what the judge asks of typed cards. `libro` has its chains, zones and QRs. */
export async function ponerEscritas(
  deps: Pick<Deps, 'env'>,
  sql: Tx,
  libro: Libro,
  { entradas, llaves, desdeDia }: PorCotejar,
): Promise<void> {
  const horas = horasDe(libro, entradas)
  const equipos = new Set<string>()
  for (const e of entradas) {
    const escrita = escritaDe(e.sobre)
    if (!escrita) continue
    const suyas = llaves.filter((l) => l.numero === escrita.numero)
    const lugar = `${e.cadenaId}|${e.seq}`
    libro.escritas.set(lugar, await cotejar(deps, suyas, escrita.clave, horas.get(lugar) ?? 0))
    equipos.add(libro.cadenas.get(e.cadenaId)?.dispositivoId ?? e.cadenaId)
  }
  if (equipos.size > 0) await leerContadas(sql, libro, equipos, desdeDia)
}

/** `hora`: effAt of the sale, ms. A key taken away before it proves nothing. */
async function cotejar(deps: Pick<Deps, 'env'>, llaves: readonly LlaveDeTarjeta[], clave: string, hora: number): Promise<EvidenciaEscrita> {
  for (const { cardId, llave, deUsuario, alias, nivel, bajaAt } of llaves) {
    if (bajaAt !== null && bajaAt <= hora) continue
    const paso = await pasoDeClave(await importarSecreto(secretoDeLlave(deps.env.secretKey, cardId, llave)), clave, hora)
    if (paso !== null) return { valida: true, usuarioId: deUsuario, alias, cardId, paso, nivel }
  }
  return { valida: false, cardId: llaves[0]?.cardId ?? null }
}

interface Contadas {
  equipos: { equipo: string; dia: string; ventas: number }[]
  erradas: { cardId: string; dia: string; veces: number }[]
  usos: { cardId: string; ctr: number; transaccionId: string }[]
}

/** What was typed before: sales a day on these devices, wrong digits a day on these cards, uses of these steps. */
async function leerContadas(sql: Tx, libro: Libro, equipos: Iterable<string>, desdeDia: string): Promise<void> {
  const { negocioId } = libro
  const evidencias = [...libro.escritas.values()]
  const usos = evidencias.flatMap((e) => (e.valida ? [{ card_id: e.cardId, paso: e.paso }] : []))
  const cardIds = evidencias.map((e) => e.cardId).filter((id) => id !== null)
  const [fila] = await sql<Contadas[]>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('equipo', t.equipo, 'dia', t.dia, 'ventas', t.ventas)), '[]') from (
        select e.equipo, e.dia, count(*)::int as ventas from ${listaDeUuids(sql, equipos)} cross join lateral (
          select * from evidencias_escritas where negocio_id = ${negocioId} and equipo = x.id and dia >= ${desdeDia} offset 0) e group by e.equipo, e.dia) t) as equipos,
      (select coalesce(jsonb_agg(jsonb_build_object('cardId', t.card_id, 'dia', t.dia, 'veces', t.veces)), '[]') from (
        select e.card_id, e.dia, count(*)::int as veces from ${listaDeTextos(sql, cardIds)} cross join lateral (
          select * from evidencias_escritas where negocio_id = ${negocioId} and card_id = x.id and dia >= ${desdeDia} and paso is null offset 0) e
        group by e.card_id, e.dia) t) as erradas,
      (select coalesce(jsonb_agg(jsonb_build_object('cardId', u.card_id, 'ctr', u.ctr, 'transaccionId', u.transaccion_id)), '[]')
        from jsonb_to_recordset(${sql.json(usos)}) as x(card_id text, paso bigint) cross join lateral (
          select * from usos_qr where negocio_id = ${negocioId} and card_id = x.card_id and llave = 'manual' and ctr = x.paso offset 0) u) as usos`
  for (const e of fila?.equipos ?? []) libro.escritasDelDia.set(`${e.equipo}|${e.dia}`, e.ventas)
  for (const e of fila?.erradas ?? []) libro.erradasDelDia.set(`${e.cardId}|${e.dia}`, e.veces)
  for (const u of fila?.usos ?? []) libro.usosQr.set(`${u.cardId}|manual|${u.ctr}`, u.transaccionId)
}
