/** Every request: an id, a language, one log line without query, body or token, and its place in the metrics. */
import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Deps } from '../context.ts'
import { seDespide } from './despedida.ts'
import type { Entorno } from './entorno.ts'
import { idiomaDe } from './errores.ts'
import type { Metricas } from './metricas.ts'

/** An id given by a proxy in front is kept when it looks like one. */
const ID_AJENO = /^[\w-]{8,64}$/
const CALLADAS = new Set(['/health', '/ready', '/metrics'])

export function peticion(deps: Deps, metricas: Metricas): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    const recibido = c.req.header('x-request-id') ?? ''
    const requestId = ID_AJENO.test(recibido) ? recibido : randomUUID()
    c.set('requestId', requestId)
    c.set('idioma', idiomaDe(c.req.header('accept-language')))
    const inicio = performance.now()
    await next()
    c.res.headers.set('x-request-id', requestId) // c.header() would make the answer anew
    // The next request of this connection belongs to another node.
    if (seDespide(deps)) c.res.headers.set('connection', 'close')
    const ms = performance.now() - inicio
    // The pattern of the route that answered, not the path: ids would make a series each.
    const patron = routePath(c)
    metricas.peticiones.observe({ metodo: c.req.method, ruta: patron, estado: c.res.status }, ms / 1_000)
    if (CALLADAS.has(c.req.path)) return
    deps.log.info({ requestId, metodo: c.req.method, ruta: c.req.path, estado: c.res.status, ms: Math.round(ms) }, 'request')
  }
}
