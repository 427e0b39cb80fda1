/**
 * `GET /sync/stream`: one SSE for all collections of a session's slice. It carries hints: what changed and up to which seq; whoever hears one
 * pulls (LI1), unless the change is small and comes with it (LI3). Hints that come faster than a slow phone reads are joined, never queued. The session
 * is asked again at every ping, and before a hint when it was last asked more than 2 s ago: an ended one loses its stream within 20 s and hears nothing
 * after 2 s, a revoked device at once (LI2).
 */
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type EventoCambio, PING_MS } from '../../schema/protocol/stream.ts'
import { sesionesDeTokens } from '../auth/sesiones.ts'
import type { Deps, Sesion } from '../context.ts'
import { alDespedirse } from '../http/despedida.ts'
import type { Entorno } from '../http/entorno.ts'
import { contarStream } from '../http/metricas-sync.ts'
import { type Cambio, streamDeNegocio, streamDeUsuario } from './bitacora.ts'
import { CAMBIOS_EN_VIVO, eventoEnVivo } from './en-vivo.ts'
import { libretaDe } from './plataforma/notas.ts'

/** Nobody is told anything on the word of a session that was asked about longer ago. */
const REVISAR_MS = 2_000

/** The stream a session may hear: its device's negocio, or the shopper's own. */
export const streamDe = (sesion: Sesion): string =>
  sesion.clase === 'cuenta' ? streamDeUsuario(sesion.usuarioId) : streamDeNegocio(sesion.negocioId)

/** @throws Rechazo SIN_PERMISO for an empleado: the device listens, whoever works at it */
export function abrirStream(deps: Deps, c: Context<Entorno>, sesion: Sesion, token: string | undefined): Response {
  if (sesion.clase === 'empleado') throw new Rechazo('SIN_PERMISO')
  return streamSSE(c, async (sse) => {
    const pendiente = new Pendiente()
    const bajas = [
      contarStream(deps),
      deps.hub.suscribir(streamDe(sesion), (aviso) => pendiente.cambio(aviso)),
      alDespedirse(deps, () => pendiente.cerrar()),
      deps.hub.alRevocar(
        (id) => (id === sesion.sesionId || (sesion.clase === 'dispositivo' && id === sesion.dispositivoId)) && pendiente.revocar(),
      ),
    ]
    sse.onAbort(() => pendiente.cerrar())
    try {
      // Subscribed before the head is read: a change in between is heard, or is in the head, or both.
      const { seq, epoca } = await leerCabeza(deps, sesion)
      await sse.writeSSE({ event: 'hola', data: JSON.stringify({ hora: deps.now(), seq }) })
      await atender(deps, sse, pendiente, token, sesion, epoca)
    } finally {
      for (const quitar of bajas) quitar()
      pendiente.cerrar()
    }
  })
}

async function atender(
  deps: Deps,
  sse: SSEStreamingApi,
  pendiente: Pendiente,
  token: string | undefined,
  abierta: Sesion,
  epoca: string,
): Promise<void> {
  let sesion: Viva = abierta
  let vistaAt = deps.now()
  while (!sse.aborted && !sse.closed) {
    if (sesion.clase === 'dispositivo') libretaDe(deps).presencia(sesion, deps.now())
    const que = await pendiente.esperar(PING_MS)
    if (que === 'cerrado') return
    if (que === 'ping' || deps.now() - vistaAt >= REVISAR_MS) {
      sesion = que === 'revocado' ? null : await sesionViva(deps, token)
      vistaAt = deps.now()
    }
    if (que === 'revocado' || !sesion || pendiente.revocado()) {
      await sse.writeSSE({ event: 'revocado', data: '{}' })
      return
    }
    // Neither told that it ended nor any document: who listens connects again, and is asked for their session there.
    if (sesion === NO_SE_SABE) return
    if (que === 'ping') await sse.write(': ping\n\n')
    else await sse.writeSSE({ event: 'cambio', data: await eventoEnVivo(sesion, epoca, que, deps.now()) })
  }
}

/** The database could not say now. */
const NO_SE_SABE = 'no_se_sabe'
type Viva = Sesion | null | typeof NO_SE_SABE
type Pregunta = { token: string; contestar: (sesion: Viva) => void }
const preguntas = new WeakMap<Deps['db'], Pregunta[]>()

/** Null: it ended. Never rejects. A commit wakes all who listen at once: their sessions are asked about in one transaction. */
function sesionViva(deps: Deps, token: string | undefined): Promise<Viva> {
  if (token === undefined) return Promise.resolve(null)
  return new Promise((contestar) => {
    const ronda = preguntas.get(deps.db)
    if (ronda) return void ronda.push({ token, contestar })
    const nueva = [{ token, contestar }]
    preguntas.set(deps.db, nueva)
    setImmediate(async () => {
      preguntas.delete(deps.db)
      const tokens = nueva.map((una) => una.token)
      const vivas = await sesionesDeTokens(deps, tokens).catch((err) => {
        deps.log.warn({ err }, 'the sessions of live streams could not be looked at; their clients connect again')
        return null
      })
      nueva.forEach((una, i) => {
        una.contestar(vivas ? (vivas[i] ?? null) : NO_SE_SABE)
      })
    })
  })
}

interface Cabeza {
  seq: number
  epoca: string
}
/** The epoca changes only while nobody serves (PU4): what a stream was opened with holds as long as it is open. */
async function leerCabeza(deps: Deps, sesion: Sesion): Promise<Cabeza> {
  const [fila] =
    sesion.clase === 'cuenta'
      ? await deps.db.usuario(
          sesion.usuarioId,
          (sql) => sql<Cabeza[]>`select seq, epoca from contadores_usuario where usuario_id = ${sesion.usuarioId}`,
        )
      : await deps.db.negocio(
          sesion.negocioId,
          (sql) => sql<Cabeza[]>`select seq, epoca from contadores_negocio where negocio_id = ${sesion.negocioId}`,
        )
  return fila ?? { seq: 0, epoca: '' }
}

type Dicho = Omit<EventoCambio, 'cambios'> & { cambios?: readonly Cambio[] }

/** What waits to be said to one listener: at most one joined change, then the end. */
class Pendiente {
  #seq = 0
  /** Before the first change that waits; undefined: what waits is not all there is since then. */
  #desde: number | undefined
  /** What waits, whole; undefined: too much, or not known. */
  #cambios: readonly Cambio[] | undefined
  #colecciones = new Set<string>()
  #fin: 'revocado' | 'cerrado' | null = null
  #despertar: (() => void) | null = null

  cambio({ seq, colecciones, cambios }: { seq: number; colecciones: string[]; cambios?: readonly Cambio[] }): void {
    const desde = cambios && seq - cambios.length
    const [primero, sigue] = [this.#colecciones.size === 0, desde !== undefined && desde === this.#seq]
    const previos = primero ? [] : this.#cambios
    this.#desde = primero ? desde : sigue ? this.#desde : undefined
    this.#cambios =
      cambios && previos && this.#desde !== undefined && previos.length + cambios.length <= CAMBIOS_EN_VIVO
        ? [...previos, ...cambios]
        : undefined
    this.#seq = primero ? seq : Math.max(this.#seq, seq)
    for (const coleccion of colecciones) this.#colecciones.add(coleccion)
    this.#despertar?.()
  }
  revocado(): boolean {
    return this.#fin === 'revocado'
  }
  revocar(): void {
    this.#fin ??= 'revocado'
    this.#despertar?.()
  }
  cerrar(): void {
    this.#fin ??= 'cerrado'
    this.#despertar?.()
  }

  async esperar(limiteMs: number): Promise<Dicho | 'ping' | 'revocado' | 'cerrado'> {
    if (!this.#fin && this.#colecciones.size === 0)
      await new Promise<void>((listo) => {
        const reloj = setTimeout(listo, limiteMs)
        this.#despertar = () => {
          clearTimeout(reloj)
          listo()
        }
      })
    this.#despertar = null
    if (this.#fin) return this.#fin
    if (this.#colecciones.size === 0) return 'ping'
    const cambio = {
      seq: this.#seq,
      colecciones: [...this.#colecciones],
      ...(this.#desde === undefined ? {} : { desde: this.#desde }),
      ...(this.#cambios && { cambios: this.#cambios }),
    }
    this.#colecciones.clear()
    return cambio
  }
}
