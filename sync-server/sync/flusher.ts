/**
 * The platform's own stream: what every till last said of itself, what was decided that somebody should know of, which nodes are alive. Whoever
 * commits only leaves a note in memory (plataforma/notas.ts); one set-based transaction at most every 2 s writes them (design 03), so that thousands
 * of tills cost the hot path nothing.
 *
 *     notes ──► counter (nodes take turns) ──► rows before ──► rows after, pure ──► tables ──► log with both images ──► commit ──► hint
 *
 * Time changes rows too: one that falls silent is written again when that becomes true (`revisar_at`), so a row is never judged by the reader's clock.
 */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { DIA, HORA, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import type { Motor, Tx } from '../db/db.ts'
import { VERSION_DEL_SERVIDOR } from '../version.ts'
import { type Cambio, coleccionesDe } from './bitacora.ts'
import { esPasajero } from './judge.ts'
import { leerDesviados, leerVencidos, moverEquipos } from './plataforma/equipos.sql.ts'
import { leerIdsDeNegocios, moverNegocios } from './plataforma/negocios.sql.ts'
import { latir } from './plataforma/nodo.ts'
import { libretaDe, type Notas } from './plataforma/notas.ts'
import { contarReglas, DIAS_DE_VEREDICTOS, moverPulso, podar } from './plataforma/pulso.sql.ts'
import { leerOlvidados, moverVeredictos } from './plataforma/veredictos.sql.ts'

export const CADA_MS = 2 * SEGUNDO
const LATIDO_MS = 10 * SEGUNDO
/** What no note told (a node ended with notes in memory) is found at the start and then this often. */
const REPASO_MS = HORA
/** Rows written in one transaction: other nodes wait for their turn, and on the embedded database, which has one connection, so does everybody. */
const POR_TURNO: Record<Motor, number> = { postgres: 1_000, pglite: 100 }
/** Each is summed over its devices. */
const NEGOCIOS_POR_TURNO = 100
const ANTES_DE_TODOS = '00000000-0000-0000-0000-000000000000'

export class Flusher {
  readonly #deps: Deps
  readonly #nodo: { id: string; version: string; iniciadoAt: number }
  readonly #porTurno: number
  #ultimoLatidoAt = Number.NEGATIVE_INFINITY
  #repasadoAt = Number.NEGATIVE_INFINITY

  constructor(deps: Deps, nodo: { id: string; version: string }) {
    this.#deps = deps
    this.#porTurno = POR_TURNO[deps.db.motor]
    this.#nodo = { ...nodo, iniciadoAt: deps.now() }
  }

  /** Writes what was noted. On failure the notes stay for the next time. @throws the database's errors */
  async vaciar(): Promise<void> {
    const libreta = libretaDe(this.#deps)
    const ahora = this.#deps.now()
    if (ahora - this.#repasadoAt >= REPASO_MS) await this.#intentarRepaso(ahora)
    const tocaLatido = ahora - this.#ultimoLatidoAt >= LATIDO_MS
    if (!libreta.hay() && !tocaLatido) return
    const notas = libreta.tomar()
    try {
      do await this.#escribir(notas, ahora)
      while (notas.equipos.size > 0)
      if (tocaLatido) await this.#latir(ahora)
    } catch (error) {
      // Notes that cannot be written would keep everybody's from being written for ever; tills say it again at their next exchange.
      if (esPasajero(error)) libreta.devolver(notas)
      throw error
    }
  }

  /** What cannot be found again must not keep what is noted from being written: it is tried again in an hour. @throws what passes by itself */
  async #intentarRepaso(ahora: number): Promise<void> {
    try {
      await this.#repasar(ahora)
    } catch (error) {
      if (esPasajero(error)) throw error
      this.#deps.log.error({ err: error }, 'what the platform was not told could not be found again')
      this.#repasadoAt = ahora
    }
  }

  async #escribir(notas: Notas, ahora: number): Promise<void> {
    const turno = unTurno(notas, this.#porTurno)
    await this.#enElLog(ahora, async (sql, cambios) => {
      const movidos = await moverEquipos(sql, turno.equipos, [...turno.equipos.keys()], ahora, cambios)
      await moverNegocios(sql, movidos, turno.negocios, cambios)
      await moverPulso(sql, turno.pulso, ahora, cambios)
      await contarReglas(sql, turno.reglas)
      await contarReglas(sql, await moverVeredictos(sql, turno, cambios))
    })
    quitar(notas, turno)
  }

  /** The heartbeat, and the rows that time alone changes. */
  async #latir(ahora: number): Promise<void> {
    for (let vencidos = this.#porTurno, primero = true; vencidos === this.#porTurno; primero = false)
      vencidos = await this.#enElLog(ahora, async (sql, cambios) => {
        if (primero) await latir(sql, this.#deps, this.#nodo, ahora, cambios)
        const ids = (await leerVencidos(sql, ahora, this.#porTurno)).map((v) => v.id)
        await moverNegocios(sql, await moverEquipos(sql, new Map(), ids, ahora, cambios), [], cambios)
        return ids.length
      })
    this.#ultimoLatidoAt = ahora
  }

  /** Devices, negocios and verdicts that the rows do not show as the ledger has them; and what nobody looks at any more. */
  async #repasar(ahora: number): Promise<void> {
    for (let despuesDe = ANTES_DE_TODOS, hay = true; hay; )
      await this.#enElLog(ahora, async (sql, cambios) => {
        const desviados = (await leerDesviados(sql, despuesDe, this.#porTurno)).map((d) => d.id)
        await moverNegocios(sql, await moverEquipos(sql, new Map(), desviados, ahora, cambios), [], cambios)
        despuesDe = desviados.at(-1) ?? despuesDe
        hay = desviados.length === this.#porTurno
      })
    for (let despuesDe = ANTES_DE_TODOS, hay = true; hay; )
      await this.#enElLog(ahora, async (sql, cambios) => {
        const ids = (await leerIdsDeNegocios(sql, despuesDe, NEGOCIOS_POR_TURNO)).map((n) => n.id)
        await moverNegocios(sql, [], ids, cambios)
        despuesDe = ids.at(-1) ?? despuesDe
        hay = ids.length === NEGOCIOS_POR_TURNO
      })
    for (let hay = true; hay; )
      hay = await this.#enElLog(ahora, async (sql, cambios) => {
        const olvidados = await leerOlvidados(sql, ahora - DIAS_DE_VEREDICTOS * DIA, ahora, this.#porTurno)
        await contarReglas(sql, await moverVeredictos(sql, olvidados, cambios))
        return olvidados.veredictos.size === this.#porTurno
      })
    await this.#enElLog(ahora, (sql, cambios) => podar(sql, ahora, cambios))
    this.#repasadoAt = ahora
  }

  /** One transaction under the platform's counter; what `fn` changed is logged in it, and hinted after the commit. */
  async #enElLog<T>(ahora: number, fn: (sql: Tx, cambios: Cambio[]) => Promise<T>): Promise<T> {
    const cambios: Cambio[] = []
    const { resultado, seq } = await this.#deps.db.plataforma(async (sql) => {
      await sql`select from contador_plataforma where id = 1 for update`
      const resultado = await fn(sql, cambios)
      return { resultado, seq: cambios.length > 0 ? await anotarEnPlataforma(sql, cambios, ahora) : 0 }
    })
    if (cambios.length > 0) this.#deps.hub.publicar('plataforma', seq, coleccionesDe(cambios))
    return resultado
  }
}

/** Appends with consecutive seqs and moves the counter, which the caller holds. Gives the last seq. */
async function anotarEnPlataforma(sql: Tx, cambios: readonly Cambio[], at: number): Promise<number> {
  const [contador] = await sql<{ seq: number }[]>`
    with filas as (
      insert into cambios_plataforma (seq, coleccion, pk, antes, despues, at)
      select (select seq from contador_plataforma where id = 1) + x.i, x.coleccion, x.pk, nullif(x.antes, 'null'), nullif(x.despues, 'null'),
        ${new Date(at)}
      from jsonb_to_recordset(${sql.json(cambios.map((c, i) => ({ i: i + 1, ...c })) as never)})
        as x(i int, coleccion text, pk text, antes jsonb, despues jsonb))
    update contador_plataforma set seq = seq + ${cambios.length} where id = 1 returning seq`
  return contador?.seq ?? 0
}

/** What one transaction takes of the notes: so many devices, and everything else, which is little. */
const unTurno = (notas: Notas, cuantos: number): Notas => ({ ...notas, equipos: new Map([...notas.equipos].slice(0, cuantos)) })

/** Written: not to be written again. */
function quitar(notas: Notas, turno: Notas): void {
  for (const id of turno.equipos.keys()) notas.equipos.delete(id)
  for (const [cual, mapa] of Object.entries(notas)) if (cual !== 'equipos') (mapa as Map<string, unknown> | Set<string>).clear()
}

const flushers = new WeakMap<Deps, Flusher>()
/** The flusher of a server: one per Deps. */
export function flusherDe(deps: Deps): Flusher {
  let flusher = flushers.get(deps)
  if (!flusher) {
    // In containers every node is pid 1, and two may start in the same millisecond.
    const id = `${hostname().slice(0, 40)}-${process.pid}-${randomBytes(3).toString('hex')}`
    flusher = new Flusher(deps, { id, version: VERSION_DEL_SERVIDOR })
    flushers.set(deps, flusher)
  }
  return flusher
}
