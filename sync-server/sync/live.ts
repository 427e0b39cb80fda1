/**
 * `GET /sync/stream`: one SSE for all collections of a session's slice. It carries hints only: what changed and up to which seq; whoever hears one
 * pulls (LI1). Hints that come faster than a slow phone reads are joined, never queued. The session is asked again at every ping, so an
 * ended one loses its stream within 20 s, and a revoked device at once (LI2).
 */
import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type EventoCambio, PING_MS } from '../../schema/protocol/stream.ts'
import { sesionDeToken } from '../auth/sesiones.ts'
import type { Deps, Sesion } from '../context.ts'
import { alDespedirse } from '../http/despedida.ts'
import type { Entorno } from '../http/entorno.ts'
import { contarStream } from '../http/metricas-sync.ts'
import { streamDeNegocio, streamDeUsuario } from './bitacora.ts'
import { libretaDe } from './plataforma/notas.ts'

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
      deps.hub.alRevocar((id) => sesion.clase === 'dispositivo' && id === sesion.dispositivoId && pendiente.revocar()),
    ]
    sse.onAbort(() => pendiente.cerrar())
    try {
      // Subscribed before the head is read: a change in between is heard, or is in the head, or both.
      await sse.writeSSE({ event: 'hola', data: JSON.stringify({ hora: deps.now(), seq: await leerCabeza(deps, sesion) }) })
      await atender(deps, sse, pendiente, token, sesion)
    } finally {
      for (const quitar of bajas) quitar()
      pendiente.cerrar()
    }
  })
}

async function atender(deps: Deps, sse: SSEStreamingApi, pendiente: Pendiente, token: string | undefined, sesion: Sesion): Promise<void> {
  while (!sse.aborted && !sse.closed) {
    if (sesion.clase === 'dispositivo') libretaDe(deps).presencia(sesion, deps.now())
    const que = await pendiente.esperar(PING_MS)
    if (que === 'cerrado') return
    if (que === 'revocado' || (que === 'ping' && !(await sigueViva(deps, token)))) {
      await sse.writeSSE({ event: 'revocado', data: '{}' })
      return
    }
    if (que === 'ping') await sse.write(': ping\n\n')
    else await sse.writeSSE({ event: 'cambio', data: JSON.stringify(que satisfies EventoCambio) })
  }
}

const sigueViva = (deps: Deps, token: string | undefined): Promise<boolean> =>
  sesionDeToken(deps, token).then(
    () => true,
    () => false,
  )

function leerCabeza(deps: Deps, sesion: Sesion): Promise<number> {
  const primera = (filas: readonly { seq: number }[]) => filas[0]?.seq ?? 0
  if (sesion.clase === 'cuenta')
    return deps.db.usuario(sesion.usuarioId, async (sql) =>
      primera(await sql<{ seq: number }[]>`select seq from contadores_usuario where usuario_id = ${sesion.usuarioId}`),
    )
  return deps.db.negocio(sesion.negocioId, async (sql) =>
    primera(await sql<{ seq: number }[]>`select seq from contadores_negocio where negocio_id = ${sesion.negocioId}`),
  )
}

/** What waits to be said to one listener: at most one joined change, then the end. */
class Pendiente {
  #seq = 0
  #colecciones = new Set<string>()
  #fin: 'revocado' | 'cerrado' | null = null
  #despertar: (() => void) | null = null

  cambio({ seq, colecciones }: EventoCambio): void {
    this.#seq = Math.max(this.#seq, seq)
    for (const coleccion of colecciones) this.#colecciones.add(coleccion)
    this.#despertar?.()
  }
  revocar(): void {
    this.#fin ??= 'revocado'
    this.#despertar?.()
  }
  cerrar(): void {
    this.#fin ??= 'cerrado'
    this.#despertar?.()
  }

  async esperar(limiteMs: number): Promise<EventoCambio | 'ping' | 'revocado' | 'cerrado'> {
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
    const cambio = { seq: this.#seq, colecciones: [...this.#colecciones] }
    this.#colecciones.clear()
    return cambio
  }
}
