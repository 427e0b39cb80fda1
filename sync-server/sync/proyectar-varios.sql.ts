/**
 * Many shoppers' events in one transaction: a batch of sales concerns dozens of them, and a transaction for each cost more than judging the batch.
 * Only their own counters are taken, those that are free at that moment: whoever holds one is not waited for, so there is no deadlock. Whoever
 * is left out (busy, or with a cancellation or a correction to apply) is for `proyectar`, one by one.
 *
 *   counters (skip locked) → events, people → documents, pure → tables, log, marks, counters, in one statement
 */
import { textoCanonico } from '../../schema/core/canonico.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { streamDeUsuario } from './bitacora.ts'
import { listaDeUuids } from './filas.sql.ts'
import { documentoDePerfil, type Persona } from './mias.sql.ts'
import { asientaAt, type Evento, ultimosDocumentos } from './proyeccion.ts'
import { guardandoUsos, usosDe } from './usos-de-tarjeta.sql.ts'

/** Shoppers of one transaction: on the embedded database, which has one connection, everybody waits for it. */
export const USUARIOS_POR_TURNO = 50
/** Of one shopper. What is beyond waits for the next turn. */
const EVENTOS_POR_USUARIO = 50

type EventoDe = Evento & { usuarioId: string }
type PersonaDe = Persona & { usuarioId: string; perfil: MiaDoc | null }

/** What one shopper gets in this turn. */
interface Parte {
  usuarioId: string
  eventos: readonly EventoDe[]
  docs: MiaDoc[]
  /** Of the stream, once written. */
  seq: number
}

export interface Turno {
  aplicados: number
  /** To be applied alone: they have a cancellation, or more than fits. */
  aparte: string[]
  /** Somebody else holds their counters. */
  ocupados: string[]
}

/** Applies what is pending for these shoppers, at most USUARIOS_POR_TURNO. @throws the database's errors; then nothing is applied */
export async function proyectarVarios(deps: Pick<Deps, 'db' | 'hub' | 'now'>, usuarioIds: readonly string[]): Promise<Turno> {
  const { partes, suyos, aparte } = await deps.db.plataforma((sql) => unTurno(sql, usuarioIds, deps.now()))
  for (const { usuarioId, seq } of partes) deps.hub.publicar(streamDeUsuario(usuarioId), seq, ['mias'])
  const ocupados = usuarioIds.filter((id) => !suyos.has(id))
  return { aplicados: partes.reduce((suma, p) => suma + p.eventos.length, 0), aparte, ocupados }
}

interface Hecho {
  partes: Parte[]
  /** Whose counters it took. */
  suyos: ReadonlySet<string>
  aparte: string[]
}

async function unTurno(sql: Tx, usuarioIds: readonly string[], ahora: number): Promise<Hecho> {
  const contadores = await tomarLibres(sql, usuarioIds)
  const suyos = [...contadores.keys()]
  if (suyos.length === 0) return { partes: [], suyos: new Set(), aparte: [] }
  const [eventos, personas] = await Promise.all([leerEventos(sql, suyos), leerPersonas(sql, suyos)])
  const porUsuario = new Map<string, EventoDe[]>()
  for (const e of eventos) porUsuario.set(e.usuarioId, [...(porUsuario.get(e.usuarioId) ?? []), e])
  const deQuien = new Map(personas.map((p) => [p.usuarioId, p]))
  const simples = suyos.filter((id) => !porUsuario.get(id)?.some((e) => e.cuerpo.lifetime && e.cuerpo.lifetime.tipo !== 'ganado'))
  const partes: Parte[] = []
  for (const usuarioId of simples) {
    const susEventos = porUsuario.get(usuarioId)
    const persona = deQuien.get(usuarioId)
    if (!susEventos || !persona) continue
    const docs = documentosDeTodos(susEventos, persona)
    partes.push({ usuarioId, eventos: susEventos, docs, seq: (contadores.get(usuarioId) ?? 0) + docs.length })
  }
  if (partes.length > 0) await guardar(sql, partes, ahora)
  const completos = new Set(simples.filter((id) => (porUsuario.get(id)?.length ?? 0) < EVENTOS_POR_USUARIO))
  return { partes, suyos: new Set(suyos), aparte: suyos.filter((id) => !completos.has(id)) }
}

/**
 * The counters nobody holds, locked, and those that were missing, made. By shopper. To make one that another node is making is to wait for it, so they
 * are made in one order everywhere.
 */
async function tomarLibres(sql: Tx, usuarioIds: readonly string[]): Promise<Map<string, number>> {
  const filas = await sql<{ usuarioId: string; seq: number }[]>`
    with ids as materialized (select id from ${listaDeUuids(sql, usuarioIds)}),
    libres as materialized (
      select c.usuario_id, c.seq from ids cross join lateral (
        select usuario_id, seq from contadores_usuario where usuario_id = ids.id offset 0 for update skip locked) c),
    nuevos as (
      insert into contadores_usuario (usuario_id) select id from ids
      where not exists (select from contadores_usuario c where c.usuario_id = ids.id)
      order by id
      on conflict do nothing returning usuario_id, seq)
    select usuario_id, seq from libres union all select usuario_id, seq from nuevos`
  return new Map(filas.map((f) => [f.usuarioId, f.seq]))
}

const leerEventos = (sql: Tx, usuarioIds: readonly string[]) => sql<EventoDe[]>`
  select x.id as usuario_id, e.negocio_id, e.hecho_id, e.negocio_nombre, e.cuerpo
  from ${listaDeUuids(sql, usuarioIds)} cross join lateral (
    select * from usuario_eventos where usuario_id = x.id and aplicado_at is null order by negocio_id, orden limit ${EVENTOS_POR_USUARIO}) e`

const leerPersonas = (sql: Tx, usuarioIds: readonly string[]) => sql<PersonaDe[]>`
  select x.id as usuario_id, u.nombre, u.puntos_lifetime, u.nivel_cardya, m.doc as perfil
  from ${listaDeUuids(sql, usuarioIds)}
  cross join lateral (select * from usuarios where id = x.id offset 0) u
  left join lateral (select doc from mias where usuario_id = x.id and id = 'perfil' offset 0) m on true`

/** The last word of each document, and the perfil when the stored one is another or none. */
function documentosDeTodos(eventos: readonly EventoDe[], { perfil, ...persona }: PersonaDe): MiaDoc[] {
  const docs = ultimosDocumentos(eventos)
  const debido = documentoDePerfil(persona)
  // jsonb keeps no order of keys.
  return perfil && textoCanonico(perfil) === textoCanonico(debido) ? docs : [...docs, debido]
}

/** Rows travel as arrays, each column taking its value by number: half of what records built from JSON objects cost. */
async function guardar(sql: Tx, partes: readonly Parte[], ahora: number): Promise<void> {
  const docs = partes.flatMap(({ usuarioId, docs, seq }) =>
    docs.map((doc, i) => [usuarioId, seq - docs.length + 1 + i, doc.id, doc.tipo, doc]),
  )
  const eventos = partes.flatMap((p) => p.eventos)
  const vidas = eventos.flatMap(({ usuarioId, negocioId, cuerpo: { lifetime, venta, recibidoAt } }) => {
    if (lifetime?.tipo !== 'ganado' || !venta) return []
    const asientaEn = new Date(asientaAt(lifetime.effAt, recibidoAt)).toISOString()
    return [[usuarioId, venta.transaccionId, negocioId, lifetime.puntos, new Date(lifetime.effAt).toISOString(), asientaEn]]
  })
  const marcas = eventos.map((e) => [e.negocioId, e.hechoId])
  const contadores = partes.map((p) => [p.usuarioId, p.seq])
  await sql`
    with docs as materialized (
      select (v->>0)::uuid as usuario_id, (v->>1)::bigint as seq, v->>2 as id, v->>3 as tipo, v->4 as doc
      from jsonb_array_elements(${sql.json(docs as never)}) as f(v)),
    guardadas as (
      insert into mias (usuario_id, id, tipo, doc) select usuario_id, id, tipo, doc from docs
      on conflict (usuario_id, id) do update set doc = excluded.doc),
    anotadas as (
      insert into cambios_usuario (usuario_id, seq, coleccion, pk, despues, at)
      select usuario_id, seq, 'mias', id, doc, ${new Date(ahora)} from docs),
    vidas as (
      insert into lifetime_pendiente (usuario_id, transaccion_id, de_negocio, puntos, eff_at, asienta_at, estado)
      select (v->>0)::uuid, (v->>1)::uuid, (v->>2)::uuid, (v->>3)::bigint, (v->>4)::timestamptz, (v->>5)::timestamptz, 'pendiente'
      from jsonb_array_elements(${sql.json(vidas)}) as f(v)
      on conflict (usuario_id, de_negocio, transaccion_id) do nothing),
    ${guardandoUsos(sql, usosDe(eventos), ahora)},
    marcadas as (
      update usuario_eventos e set aplicado_at = ${new Date(ahora)}
      from (select (v->>0)::uuid as negocio_id, (v->>1)::uuid as hecho_id from jsonb_array_elements(${sql.json(marcas)}) as f(v)) x
      where e.negocio_id = x.negocio_id and e.hecho_id = x.hecho_id and e.aplicado_at is null)
    update contadores_usuario c set seq = x.seq
    from (select (v->>0)::uuid as usuario_id, (v->>1)::bigint as seq from jsonb_array_elements(${sql.json(contadores)}) as f(v)) x
    where c.usuario_id = x.usuario_id`
}
