/**
 * The projector: what negocios did to a shopper, into that shopper's own stream. Its transactions take counters of shoppers and nothing else; the
 * events were written in the negocios' transactions (an outbox), so none is lost and each is applied once, in the order of its negocio.
 *
 *   hub wakes (after commit) ─┐
 *   poll (lost wakes, crash) ─┴─► queue of shoppers ─► lock → events → documents, lifetime, log → mark → commit → hints
 *
 * Shoppers go together (proyectar-varios.sql.ts); one who cannot goes alone, in a transaction in that shopper's own context.
 */
import { DIA } from '../../schema/core/tiempo.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { aplazadosDe } from '../jobs/aplazados.ts'
import { streamDeUsuario } from './bitacora.ts'
import { enUuids } from './filas.sql.ts'
import { anotarMias, asegurarPerfil, moverLifetime, tomarContadorDeUsuario } from './mias.sql.ts'
import { asientaAt, type Evento, ultimosDocumentos } from './proyeccion.ts'
import { proyectarVarios, USUARIOS_POR_TURNO } from './proyectar-varios.sql.ts'
import { guardarUsos, usosDe } from './usos-de-tarjeta.sql.ts'

/** Events of one shopper applied in one transaction. */
const EVENTOS_POR_TURNO = 500

/** Applies what is pending for one shopper. Gives how many events. @throws the database's errors; nothing is half applied */
export async function proyectar(deps: Pick<Deps, 'db' | 'hub' | 'now'>, usuarioId: string): Promise<number> {
  let aplicados = 0
  for (;;) {
    const turno = await deps.db.usuario(usuarioId, (sql) => unTurno(sql, usuarioId, deps.now()))
    aplicados += turno.aplicados
    if (turno.aplicados > 0) deps.hub.publicar(streamDeUsuario(usuarioId), turno.seq, ['mias'])
    if (turno.aplicados < EVENTOS_POR_TURNO) return aplicados
  }
}

/** The same inside a transaction that already holds the shopper's counter. */
export async function aplicarPendientes(sql: Tx, usuarioId: string, ahora: number): Promise<{ aplicados: number; mias: MiaDoc[] }> {
  const eventos = await sql<Evento[]>`
    select negocio_id, hecho_id, negocio_nombre, cuerpo from usuario_eventos
    where usuario_id = ${usuarioId} and aplicado_at is null order by negocio_id, orden limit ${EVENTOS_POR_TURNO}`
  if (eventos.length === 0) return { aplicados: 0, mias: [] }
  for (const evento of eventos) await moverVida(sql, usuarioId, evento)
  const usos = usosDe(eventos.map((e) => ({ ...e, usuarioId })))
  await guardarUsos(sql, usos, ahora)
  await marcar(sql, eventos, ahora)
  return { aplicados: eventos.length, mias: ultimosDocumentos(eventos) }
}

async function unTurno(sql: Tx, usuarioId: string, ahora: number): Promise<{ aplicados: number; seq: number }> {
  const contador = await tomarContadorDeUsuario(sql, usuarioId)
  const { aplicados, mias } = await aplicarPendientes(sql, usuarioId, ahora)
  if (aplicados === 0) return { aplicados, seq: contador.seq }
  const perfil = await asegurarPerfil(sql, usuarioId)
  const seq = await anotarMias(sql, contador, perfil ? [...mias, perfil] : mias, ahora)
  return { aplicados, seq }
}

/** CARD-06, 20. Points on their way to lifetime, or a sale that never was. */
async function moverVida(sql: Tx, usuarioId: string, { negocioId, cuerpo }: Evento): Promise<void> {
  const { lifetime, venta, recibidoAt } = cuerpo
  if (!lifetime || !venta) return
  if (lifetime.tipo === 'corregido') {
    const { transaccionId, effAt: ventaEffAt } = venta
    await corregirVida(sql, usuarioId, negocioId, { transaccionId, ventaEffAt, puntos: lifetime.puntos, effAt: lifetime.effAt, recibidoAt })
  } else if (lifetime.tipo === 'ganado') {
    const { puntos, effAt } = lifetime
    await sql`
      insert into lifetime_pendiente (usuario_id, transaccion_id, de_negocio, puntos, eff_at, asienta_at, estado)
      values (${usuarioId}, ${venta.transaccionId}, ${negocioId}, ${puntos}, ${new Date(effAt)}, ${new Date(asientaAt(effAt, recibidoAt))}, 'pendiente')
      on conflict (usuario_id, de_negocio, transaccion_id) do nothing`
  } else await anularVida(sql, usuarioId, negocioId, venta.transaccionId, lifetime.effAt, recibidoAt)
}

/**
 * Decided by the hours of the hechos, not by whether settlement ran first: a cancellation within 24 h of the sale, received before the points
 * were due, takes them out even if they are already in. A later one does not (lifetime never goes down). Tills choose the ids of sales: what a negocio says of one
 * moves what it gave itself and nothing else.
 */
async function anularVida(
  sql: Tx,
  usuarioId: string,
  negocioId: string,
  transaccionId: string,
  effAt: number,
  recibidoAt: number,
): Promise<void> {
  const [anulada] = await sql<{ puntos: number; estado: string }[]>`
    with antes as (
      select puntos, estado from lifetime_pendiente
      where usuario_id = ${usuarioId} and transaccion_id = ${transaccionId} and de_negocio = ${negocioId} and estado <> 'anulado'
        and ${new Date(effAt)}::timestamptz < eff_at + interval '24 hours' and ${new Date(recibidoAt)}::timestamptz < asienta_at),
    hecho as (
      update lifetime_pendiente set estado = 'anulado'
      where usuario_id = ${usuarioId} and transaccion_id = ${transaccionId} and de_negocio = ${negocioId} and exists (select from antes))
    select puntos, estado from antes`
  if (anulada?.estado === 'asentado') await moverLifetime(sql, usuarioId, -anulada.puntos)
}

/**
 * SCAN-22. What a corrected sale is worth in all, decided by the same hours as a cancellation: within 24 h of the sale, received before its points were due. A later
 * correction leaves lifetime as it is.
 */
async function corregirVida(sql: Tx, usuarioId: string, negocioId: string, c: Correccion): Promise<void> {
  if (c.effAt >= c.ventaEffAt + DIA) return
  const [previa] = await sql<{ puntos: number; estado: string; aTiempo: boolean }[]>`
    select puntos, estado, ${new Date(c.recibidoAt)}::timestamptz < asienta_at as a_tiempo from lifetime_pendiente
    where usuario_id = ${usuarioId} and de_negocio = ${negocioId} and transaccion_id = ${c.transaccionId}`
  if (!previa) {
    const asientaEn = new Date(asientaAt(c.ventaEffAt, c.recibidoAt))
    await sql`
      insert into lifetime_pendiente (usuario_id, transaccion_id, de_negocio, puntos, eff_at, asienta_at, estado)
      values (${usuarioId}, ${c.transaccionId}, ${negocioId}, ${c.puntos}, ${new Date(c.ventaEffAt)}, ${asientaEn}, 'pendiente')`
    return
  }
  if (previa.estado === 'anulado' || !previa.aTiempo) return
  await sql`
    update lifetime_pendiente set puntos = ${c.puntos}
    where usuario_id = ${usuarioId} and de_negocio = ${negocioId} and transaccion_id = ${c.transaccionId}`
  if (previa.estado === 'asentado') await moverLifetime(sql, usuarioId, c.puntos - previa.puntos)
}

interface Correccion {
  transaccionId: string
  ventaEffAt: number
  puntos: number
  /** Of the correction. */
  effAt: number
  recibidoAt: number
}

const marcar = (sql: Tx, eventos: readonly Evento[], ahora: number) => sql`
  update usuario_eventos e set aplicado_at = ${new Date(ahora)}
  from jsonb_to_recordset(${sql.json(eventos.map((e) => ({ negocio_id: e.negocioId, hecho_id: e.hechoId })))}) as x(negocio_id uuid, hecho_id uuid)
  where e.negocio_id = x.negocio_id and e.hecho_id = x.hecho_id and e.aplicado_at is null`

/** Shoppers with something pending, for the poll. */
const usuariosPendientes = (deps: Pick<Deps, 'db'>, sin: readonly string[], limite: number): Promise<string[]> =>
  deps.db.plataforma(async (sql) => {
    const filas = await sql<{ usuarioId: string }[]>`
      select distinct usuario_id from usuario_eventos where aplicado_at is null and not usuario_id = ${enUuids(sql, sin)} limit ${limite}`
    return filas.map((f) => f.usuarioId)
  })

type Proyector = Pick<Deps, 'db' | 'hub' | 'now' | 'log'>

/**
 * Applies everything that is pending now. A shopper that fails does not stop the others; one that somebody else is applying is left to them, and
 * waited for only when it is still pending afterwards. `porVuelta`: shoppers read at once. Gives how many events.
 */
export async function proyectarTodo(deps: Proyector, porVuelta = 500): Promise<number> {
  let aplicados = 0
  const aplazados = aplazadosDe(deps, 'projector poll')
  const ocupados = new Set<string>()
  for (;;) {
    const pendientes = await usuariosPendientes(deps, aplazados.sin(), porVuelta)
    if (pendientes.length === 0) return aplicados
    const grupos = enGrupos(pendientes.filter((id) => !ocupados.has(id)))
    const insistidos = pendientes.filter((id) => ocupados.has(id))
    const hechos: Avance[] = [await deUnoEnUno(deps, insistidos)]
    for (const grupo of grupos) {
      const hecho = await proyectarGrupo(deps, grupo)
      for (const id of hecho.ocupados) ocupados.add(id)
      hechos.push(hecho)
    }
    for (const hecho of hechos) {
      aplicados += hecho.aplicados
      for (const [id, err] of hecho.fallidos) aplazados.fallo(id, err)
    }
  }
}

const enGrupos = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / USUARIOS_POR_TURNO) }, (_, i) =>
    ids.slice(i * USUARIOS_POR_TURNO, (i + 1) * USUARIOS_POR_TURNO),
  )

interface Avance {
  aplicados: number
  /** [usuarioId, why] */
  fallidos: [string, unknown][]
}

/** Together whoever can be, one by one who must, and all of them when one fails. Nobody is waited for. */
async function proyectarGrupo(deps: Proyector, usuarioIds: readonly string[]): Promise<Avance & { ocupados: string[] }> {
  const juntos = await proyectarVarios(deps, usuarioIds).catch((err) => {
    deps.log.warn({ err }, 'the events of some shoppers could not be applied together: one by one')
    return { aplicados: 0, aparte: usuarioIds, ocupados: [] }
  })
  const solos = await deUnoEnUno(deps, juntos.aparte)
  return { aplicados: juntos.aplicados + solos.aplicados, fallidos: solos.fallidos, ocupados: juntos.ocupados }
}

async function deUnoEnUno(deps: Proyector, usuarioIds: readonly string[]): Promise<Avance> {
  let aplicados = 0
  const fallidos: Avance['fallidos'] = []
  for (const usuarioId of usuarioIds) {
    try {
      aplicados += await proyectar(deps, usuarioId)
    } catch (err) {
      fallidos.push([usuarioId, err])
      deps.log.error({ err, usuarioId }, 'the events of a shopper could not be applied; the poll tries again')
    }
  }
  return { aplicados, fallidos }
}

/** What arrives within this of the first wake is applied together: a shopper may wait for it, a till that uploads may not. */
const JUNTAR_MS = 50
/** Beyond this the rest is left to the poll. */
const COLA_MAXIMA = 10_000

/** Applies what the hub says, one group after another, so that a burst leaves connections to requests. Gives the stop, which waits for what is running. */
export function iniciarProyector(deps: Proyector): () => Promise<void> {
  const cola = new Set<string>()
  let reloj: ReturnType<typeof setTimeout> | undefined
  let enCurso: Promise<unknown> | undefined
  let parado = false
  const avanzar = () => {
    reloj = undefined
    const grupo = [...cola].slice(0, USUARIOS_POR_TURNO)
    for (const usuarioId of grupo) cola.delete(usuarioId)
    enCurso = proyectarGrupo(deps, grupo).then(({ ocupados }) => {
      enCurso = undefined
      const lleno = cola.size >= USUARIOS_POR_TURNO
      for (const id of ocupados) cola.add(id)
      if (lleno && !parado) avanzar()
      else programar()
    })
  }
  const programar = () => {
    if (!parado && !enCurso && cola.size > 0) reloj ??= setTimeout(avanzar, JUNTAR_MS)
  }
  const dejarDeOir = deps.hub.alDespertarProyector((ids) => {
    for (const id of ids) if (cola.size < COLA_MAXIMA) cola.add(id)
    programar()
  })
  return async () => {
    parado = true
    dejarDeOir()
    clearTimeout(reloj)
    await enCurso
  }
}
