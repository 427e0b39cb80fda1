/**
 * The port, and how it is left.
 *
 *   told to stop ─► /ready 503, everything else goes on (drainMs) ─► no new connections; streams and live requests end; requests in progress
 *   are answered to the last byte ─► after `despedidaMs` whoever is still there is cut
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import { serve } from '@hono/node-server'
import type { Deps } from './context.ts'
import type { Certificado } from './http/certificado.ts'
import { dejarDeEstarListo, despedir } from './http/despedida.ts'
import type { App } from './http/entorno.ts'

export interface OpcionesDeEscucha {
  certificado?: Certificado | undefined
  /** Between saying 503 at /ready and refusing connections: what a balancer needs to notice. */
  drainMs: number
  /** For the requests in progress. */
  despedidaMs: number
}

export interface Escucha {
  puerto: number
  /** Resolves when no connection is left. Never later than drainMs + despedidaMs and a moment. */
  cerrar(): Promise<void>
}

const esperar = (ms: number) => new Promise((listo) => setTimeout(listo, ms))

/** Resolves once it listens. @throws the port's errors: EADDRINUSE, EACCES, EADDRNOTAVAIL */
export function escuchar(deps: Deps, app: App, { certificado, drainMs, despedidaMs }: OpcionesDeEscucha): Promise<Escucha> {
  /** Until the last byte of its answer was handed over, or its client left. */
  const enCurso = new Set<ServerResponse>()
  return new Promise((listo, fallo) => {
    const servidor = serve(
      {
        port: deps.env.port,
        hostname: deps.env.host,
        fetch: app.fetch,
        ...(certificado && { createServer: https.createServer, serverOptions: { key: certificado.llave, cert: certificado.certificado } }),
      },
      (info) => listo({ puerto: info.port, cerrar }),
    )
    servidor.once('error', fallo)
    servidor.prependListener('request', (_pedido: IncomingMessage, respuesta: ServerResponse) => {
      enCurso.add(respuesta)
      respuesta.once('close', () => enCurso.delete(respuesta))
    })
    const soltarOciosas = () => 'closeIdleConnections' in servidor && servidor.closeIdleConnections()
    async function cerrar(): Promise<void> {
      dejarDeEstarListo(deps)
      if (drainMs > 0) await esperar(drainMs)
      const cerrado = new Promise<void>((fin) => servidor.close(() => fin()))
      despedir(deps)
      for (const limite = performance.now() + despedidaMs; enCurso.size > 0 && performance.now() < limite; soltarOciosas())
        await esperar(20)
      if (enCurso.size > 0) deps.log.warn({ enCurso: enCurso.size }, 'requests were cut: they took too long to end')
      if ('closeAllConnections' in servidor) servidor.closeAllConnections()
      await cerrado
    }
  })
}
