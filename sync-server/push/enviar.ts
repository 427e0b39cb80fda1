/**
 * Tells the browsers that subscribed what is new in their shopper's stream. A job: no till, and no projection, waits for a push service.
 *
 *   stream moved on ─► claim the subscription for a minute (one node) ─► what is new, less what is not wanted ─► one message ─► told up to there
 *
 * What was told is a number of the stream, so the same event is told once. A node that dies after sending and before noting it sends the same message
 * again, with the same name, which takes the place of the first on the phone. After a message comes a quiet minute: whatever happens in it is one
 * message, "Tienes 10 avisos".
 */

import type { Idioma } from '../../schema/core/textos-de-codigo.ts'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import {
  lugarDeNotificacion,
  type Notificacion,
  notificacionDe,
  type Preferencias,
  TODO_ENCENDIDO,
  temaDe,
} from '../../schema/domain/notificaciones/notificacion.ts'
import { textoDeNotificacion, textoDeVarias } from '../../schema/domain/notificaciones/textos.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { leerZonas } from '../domain/notificaciones/zonas.sql.ts'
import { seDespide } from '../http/despedida.ts'
import { type Destino, type Entrega, entregar, type Mensaje } from './entregar.ts'

const POR_TANDA = 50
/** Messages on their way at the same time. */
const A_LA_VEZ = 10
/** A claim: longer than all of them may take, ten seconds for each ten, or another node would send what this one has in hand. */
const APARTADO_MS = MINUTO
export const SILENCIO_MS = MINUTO
/** News this old are in the list; a phone does not ring for them. */
const NOTICIA_MS = 2 * DIA
const LEIDOS_DE_UNA_VEZ = 500
const PRIMERA_ESPERA_MS = 30 * SEGUNDO
const ESPERA_MAXIMA_MS = 6 * HORA
/** In a row; about two days with the waits above. */
const FALLOS_HASTA_LA_BAJA = 15

interface Apartada extends Destino {
  usuarioId: string
  id: string
  idioma: Idioma
  seqEnviado: number
  fallos: number
  /** Of the stream, when it was claimed. */
  hasta: number
  /** The login it was made in is not over. */
  viva: boolean
}

/**
 * Sends what is due. A subscription that fails does not stop the others. Gives how many messages were taken by push services. A server that was told to
 * stop begins no more of them: it does not wait for services that do not answer, and what it had claimed is due again in a minute.
 */
export async function enviarPendientes(deps: Pick<Deps, 'db' | 'env' | 'now' | 'log' | 'hub'>): Promise<number> {
  let dados = 0
  for (;;) {
    const tanda = seDespide(deps) ? [] : await apartar(deps)
    for (let i = 0; i < tanda.length && !seDespide(deps); i += A_LA_VEZ) {
      const hechos = await Promise.all(tanda.slice(i, i + A_LA_VEZ).map((una) => atender(deps, una)))
      dados += hechos.filter(Boolean).length
    }
    if (tanda.length < POR_TANDA) return dados
  }
}

/** Those with something new, for this node alone until the claim ends. */
const apartar = ({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<Apartada[]> =>
  db.plataforma(async (sql) => {
    const ahora = now()
    const filas = await sql<Apartada[]>`
      with debidas as materialized (
        select s.usuario_id, s.id, c.seq from suscripciones_push s join contadores_usuario c on c.usuario_id = s.usuario_id
        where s.proximo_at <= ${new Date(ahora)} and c.seq > s.seq_enviado
        order by s.proximo_at limit ${POR_TANDA} for update of s skip locked)
      update suscripciones_push s set proximo_at = ${new Date(ahora + APARTADO_MS)} from debidas d
      where s.usuario_id = d.usuario_id and s.id = d.id
      returning s.usuario_id, s.id, s.endpoint, s.p256dh, s.auth, s.idioma, s.seq_enviado, s.fallos, d.seq as hasta,
        exists (select from refresh_tokens r where r.familia = s.familia and r.revocado_at is null and r.vence_at > ${new Date(ahora)}) as viva`
    return [...filas]
  })

/** Gives whether a message was taken. */
async function atender(deps: Pick<Deps, 'db' | 'env' | 'now' | 'log'>, una: Apartada): Promise<boolean> {
  try {
    if (!una.viva) return await quitar(deps, una)
    const nuevas = await leerNuevas(deps, una)
    // Several in one name no day.
    const zonaDe = await leerZonas(deps, nuevas.length === 1 ? nuevas : [])
    const mensaje = mensajeDe(nuevas, una.idioma, zonaDe)
    if (!mensaje) return await anotar(deps, una, { seqEnviado: una.hasta, fallos: una.fallos, esperaMs: 0 })
    const entrega = await entregar(deps, una, mensaje)
    await seguir(deps, una, entrega)
    return entrega.que === 'dado'
  } catch (err) {
    deps.log.error({ err, suscripcion: una.id.slice(0, 8) }, 'a notification could not be sent; it is tried again')
    return false
  }
}

async function seguir(deps: Pick<Deps, 'db' | 'now' | 'log'>, una: Apartada, entrega: Entrega): Promise<void> {
  if (entrega.que === 'baja') await quitar(deps, una)
  else if (entrega.que !== 'despues') await anotar(deps, una, { seqEnviado: una.hasta, fallos: 0, esperaMs: SILENCIO_MS })
  else {
    const fallos = una.fallos + 1
    deps.log.warn({ suscripcion: una.id.slice(0, 8), fallos, porque: entrega.porque }, 'a push service did not take a notification')
    if (fallos >= FALLOS_HASTA_LA_BAJA) await quitar(deps, una)
    else await anotar(deps, una, { seqEnviado: una.seqEnviado, fallos, esperaMs: esperaTras(fallos, entrega.esperaMs) })
  }
}

/** 30 s, 1 min, 2 min … 6 h; what the service asks for when it asks for more, up to a day. `fallos` from 1. */
export const esperaTras = (fallos: number, pedida: number): number =>
  Math.max(Math.min(PRIMERA_ESPERA_MS * 2 ** (fallos - 1), ESPERA_MAXIMA_MS), Math.min(pedida, DIA))

const anotar = async (
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { usuarioId, id }: Apartada,
  { seqEnviado, fallos, esperaMs }: { seqEnviado: number; fallos: number; esperaMs: number },
): Promise<false> => {
  await db.plataforma(
    (sql) => sql`
      update suscripciones_push set seq_enviado = greatest(seq_enviado, ${seqEnviado}), fallos = ${fallos}, proximo_at = ${new Date(now() + esperaMs)}
      where usuario_id = ${usuarioId} and id = ${id}`,
  )
  return false
}

const quitar = async ({ db }: Pick<Deps, 'db'>, { usuarioId, id }: Apartada): Promise<false> => {
  await db.plataforma((sql) => sql`delete from suscripciones_push where usuario_id = ${usuarioId} and id = ${id}`)
  return false
}

/** What was written in the stream since, the last word of each document, less what the shopper does not want to hear. Oldest first. */
function leerNuevas({ db, now }: Pick<Deps, 'db' | 'now'>, { usuarioId, seqEnviado, hasta }: Apartada): Promise<Notificacion[]> {
  const desde = now() - NOTICIA_MS
  return db.usuario(
    usuarioId,
    async (sql) => {
      const quiere = await leerPreferencias(sql, usuarioId)
      const filas = await sql<{ despues: MiaDoc | null; esVenta: boolean }[]>`
        select c.despues, exists (
            select from mias m where m.usuario_id = ${usuarioId} and m.id = 'venta:' || substr(c.pk, length('historial:') + 1) and c.pk like 'historial:%') as es_venta
        from cambios_usuario c where c.usuario_id = ${usuarioId} and c.seq > ${seqEnviado} and c.seq <= ${hasta}
        order by c.seq desc limit ${LEIDOS_DE_UNA_VEZ}`
      const porDocumento = new Map<string, Notificacion | null>()
      for (const { despues, esVenta } of filas)
        if (despues && !porDocumento.has(despues.id))
          porDocumento.set(
            despues.id,
            notificacionDe(despues, () => esVenta),
          )
      return [...porDocumento.values()].filter((n) => n !== null && n.at > desde && quiere[temaDe(n.tipo)]).reverse() as Notificacion[]
    },
    { soloLectura: true },
  )
}

export async function leerPreferencias(sql: Tx, usuarioId: string): Promise<Preferencias> {
  const [fila] = await sql<Preferencias[]>`
    select puntos, nivel, canjes, cupones from preferencias_notificacion where usuario_id = ${usuarioId}`
  return fila ? { ...fila } : TODO_ENCENDIDO
}

/** One thing opens its own screen; several, the list. Null for nothing. Named by the last of them: more of them are another message. */
export function mensajeDe(nuevas: readonly Notificacion[], idioma: Idioma, zonaDe: (n: Notificacion) => string): Mensaje | null {
  const ultima = nuevas.at(-1)
  if (!ultima) return null
  if (nuevas.length > 1) return { id: `varias:${nuevas.length}:${ultima.id}`, ...textoDeVarias(nuevas, idioma), ir: '#avisos' }
  return { id: ultima.id, ...textoDeNotificacion(ultima, idioma, zonaDe(ultima)), ir: lugarDeNotificacion(ultima) }
}
