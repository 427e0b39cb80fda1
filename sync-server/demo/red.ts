/**
 * The network switch of the demo (design 01, "apaga la red y vende"). On one machine airplane mode cuts nothing, so the server itself goes
 * silent to tills and cards: sockets end without an answer, also those of requests in progress and of open streams. /api/demo/* keeps
 * answering: it stands for the shopper's phone and for the hand on the switch. Per node and in memory: a restart comes back on.
 */
import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { MiddlewareHandler } from 'hono'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { MINUTO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import type { Entorno } from '../http/entorno.ts'

/** A switch somebody forgot is no broken server. */
export const APAGADA_A_LO_MAS_MS = 30 * MINUTO

/** What a till and a card talk to. */
const CORTADAS = /^\/(sync|api\/scanya|api\/cardya|api\/dispositivos|api\/auth\/refresh)(\/|$)/

export interface EstadoDeRed {
  encendida: boolean
  /** When it comes back by itself, ms; null while it is on. */
  vuelveAt: number | null
}

export interface RedDemo {
  estado(): EstadoDeRed
  cambiar(encendida: boolean): EstadoDeRed
  /** Before every route. @throws Rechazo SIN_CONEXION where there is no socket to end */
  cortar: MiddlewareHandler<Entorno>
}

type Salida = HttpBindings['outgoing'] | Http2Bindings['outgoing']

export function crearRedDemo(deps: Pick<Deps, 'now'>): RedDemo {
  const abiertas = new Set<Salida>()
  let vuelveAt: number | null = null
  const estado = (): EstadoDeRed => {
    if (vuelveAt !== null && deps.now() >= vuelveAt) vuelveAt = null
    return { encendida: vuelveAt === null, vuelveAt }
  }
  return {
    estado,
    cambiar(encendida) {
      vuelveAt = encendida ? null : deps.now() + APAGADA_A_LO_MAS_MS
      if (!encendida) for (const salida of abiertas) salida.destroy()
      return estado()
    },
    cortar: async (c, next) => {
      if (!CORTADAS.test(c.req.path)) return next()
      const salida = (c.env as Partial<HttpBindings> | undefined)?.outgoing
      if (!estado().encendida) {
        if (!salida) throw new Rechazo('SIN_CONEXION')
        salida.destroy()
        return RESPONSE_ALREADY_SENT
      }
      if (salida && !abiertas.has(salida)) {
        abiertas.add(salida)
        salida.once('close', () => abiertas.delete(salida))
      }
      await next()
    },
  }
}
