/**
 * The platform's own stream: what every till last said of itself, and which nodes are alive. Each exchange only leaves a note in memory; one
 * set-based transaction at most every 2 s writes them (design 03), so that thousands of tills cost the hot path nothing. Notes lost with a
 * process are said again at the next exchange.
 */
import { SEGUNDO } from '../../schema/core/tiempo.ts'
import type { PedidoDiario } from '../../schema/protocol/diario.ts'
import type { Deps } from '../context.ts'
import { VERSION_DEL_SERVIDOR } from '../version.ts'
import { esPasajero } from './judge.ts'

export const CADA_MS = 2 * SEGUNDO
const LATIDO_MS = 10 * SEGUNDO

export interface Contacto {
  dispositivoId: string
  negocioId: string
  nombre: string
  estado: PedidoDiario['estado']
  /** Entries newly stored by this exchange. */
  recibidos: number
}

interface Nota extends Contacto {
  at: number
}

export class Flusher {
  readonly #deps: Deps
  readonly #nodo: { id: string; version: string; iniciadoAt: number }
  #notas = new Map<string, Nota>()
  #ultimoLatidoAt = Number.NEGATIVE_INFINITY

  constructor(deps: Deps, nodo: { id: string; version: string }) {
    this.#deps = deps
    this.#nodo = { ...nodo, iniciadoAt: deps.now() }
  }

  /** Called after every exchange with a device. */
  anotar(contacto: Contacto): void {
    const previa = this.#notas.get(contacto.dispositivoId)
    this.#notas.set(contacto.dispositivoId, {
      ...contacto,
      estado: contacto.estado ?? previa?.estado ?? null,
      recibidos: contacto.recibidos + (previa?.recibidos ?? 0),
      at: this.#deps.now(),
    })
  }

  /** Writes what was noted. On failure the notes stay for the next time. @throws the database's errors */
  async vaciar(): Promise<void> {
    const ahora = this.#deps.now()
    const tocaLatido = ahora - this.#ultimoLatidoAt >= LATIDO_MS
    if (this.#notas.size === 0 && !tocaLatido) return
    const notas = this.#notas
    this.#notas = new Map()
    try {
      const seq = await this.#escribir([...notas.values()], ahora)
      this.#ultimoLatidoAt = ahora
      if (seq !== null) this.#deps.hub.publicar('plataforma', seq, ['estado_dispositivos'])
    } catch (error) {
      // Notes that cannot be written would keep everybody's from being written for ever; tills say it again at their next exchange.
      if (!esPasajero(error)) throw error
      for (const nota of notas.values()) if (!this.#notas.has(nota.dispositivoId)) this.#notas.set(nota.dispositivoId, nota)
      throw error
    }
  }

  #escribir(notas: Nota[], ahora: number): Promise<number | null> {
    return this.#deps.db.plataforma(async (sql) => {
      const [contador] = await sql<{ seq: number }[]>`select seq from contador_plataforma where id = 1 for update`
      const { id, version, iniciadoAt } = this.#nodo
      await sql`insert into nodos (id, iniciado_at, latido_at, version) values (${id}, ${new Date(iniciadoAt)}, ${new Date(ahora)}, ${version})
        on conflict (id) do update set latido_at = excluded.latido_at, version = excluded.version`
      if (notas.length === 0 || !contador) return null
      const [fila] = await sql<{ seq: number }[]>`
        with dicho as (
          select * from jsonb_to_recordset(${sql.json(notas.map(aFila))}) as x(id uuid, de_negocio uuid, nombre text, at bigint, pendientes int,
            mas_antiguo_at bigint, offset_ms bigint, almacen_usado_bytes bigint, version_app text, recibidos bigint)),
        guardado as (
          insert into estado_dispositivos as e (id, de_negocio, nombre, ultimo_contacto_at, pendientes, mas_antiguo_at, offset_ms,
            almacen_usado_bytes, version_app, recibidos, sin_procesar)
          select d.id, d.de_negocio, d.nombre, to_timestamp(d.at / 1000.0), coalesce(d.pendientes, 0), to_timestamp(d.mas_antiguo_at / 1000.0),
            d.offset_ms, d.almacen_usado_bytes, d.version_app, d.recibidos, (
              select count(*) from cadenas c join hechos_recibidos h on h.negocio_id = c.negocio_id and h.cadena_id = c.cadena_id
              where c.negocio_id = d.de_negocio and c.dispositivo_id = d.id and h.estado = 'sin_procesar')
          from dicho d
          on conflict (id) do update set nombre = excluded.nombre, ultimo_contacto_at = excluded.ultimo_contacto_at, pendientes = excluded.pendientes,
            mas_antiguo_at = excluded.mas_antiguo_at, offset_ms = excluded.offset_ms, almacen_usado_bytes = excluded.almacen_usado_bytes,
            version_app = excluded.version_app, recibidos = e.recibidos + excluded.recibidos, sin_procesar = excluded.sin_procesar
          returning e.*),
        anotado as (
          insert into cambios_plataforma (seq, coleccion, pk, despues, at)
          select ${contador.seq} + row_number() over (order by g.id), 'estado_dispositivos', g.id::text, to_jsonb(g), ${new Date(ahora)} from guardado g)
        update contador_plataforma set seq = seq + ${notas.length} where id = 1 returning seq`
      return fila?.seq ?? null
    })
  }
}

/** Of an `integer` column: what a till says of itself is not signed, and one that lies must not stop the others. */
const ENTERO_MAXIMO = 2_147_483_647

const aFila = (nota: Nota) => ({
  id: nota.dispositivoId,
  de_negocio: nota.negocioId,
  nombre: nota.nombre,
  at: nota.at,
  pendientes: nota.estado ? Math.min(nota.estado.pendientes, ENTERO_MAXIMO) : null,
  mas_antiguo_at: nota.estado?.masAntiguoAt ?? null,
  offset_ms: nota.estado?.offset ?? null,
  almacen_usado_bytes: nota.estado?.almacenBytes ?? null,
  version_app: nota.estado?.versionApp ?? null,
  recibidos: nota.recibidos,
})

const flushers = new WeakMap<Deps, Flusher>()
/** The flusher of a server: one per Deps. */
export function flusherDe(deps: Deps): Flusher {
  let flusher = flushers.get(deps)
  if (!flusher) {
    flusher = new Flusher(deps, { id: `${process.pid}-${Math.floor(deps.now())}`, version: VERSION_DEL_SERVIDOR })
    flushers.set(deps, flusher)
  }
  return flusher
}
