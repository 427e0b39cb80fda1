/** Rate limits in memory, per node: a brake on abuse, not a rule of the business (those are rows). */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Entorno } from '../http/entorno.ts'
import { RechazoTemporal } from '../http/errores.ts'

/** The peer's address. Behind a proxy all requests share the proxy's, unless it is trusted to name the client. */
export function ipDe(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'local'
  } catch {
    return 'local' // a request made inside the process
  }
}

const agotado = (error: unknown): Error =>
  error instanceof RateLimiterRes ? new RechazoTemporal('DEMASIADAS_PETICIONES', error.msBeforeNext) : (error as Error)

/** At most `puntos` requests per IP in `segundos`. @throws Rechazo DEMASIADAS_PETICIONES */
export function limitador(puntos: number, segundos: number): MiddlewareHandler<Entorno> {
  const cuenta = new RateLimiterMemory({ points: puntos, duration: segundos })
  return async (c, next) => {
    await cuenta.consume(ipDe(c)).catch((error) => {
      throw agotado(error)
    })
    await next()
  }
}

/** Counts only answers that are errors: who guesses stops, who enrols forty tills does not. @throws Rechazo DEMASIADAS_PETICIONES */
export function limitadorDeFallas(puntos: number, segundos: number): MiddlewareHandler<Entorno> {
  const cuenta = new RateLimiterMemory({ points: puntos, duration: segundos })
  return async (c, next) => {
    const previas = await cuenta.get(ipDe(c))
    if (previas && previas.consumedPoints >= puntos) throw agotado(previas)
    await next()
    if (c.res.status >= 400 && c.res.status < 500) await cuenta.consume(ipDe(c)).catch(() => {})
  }
}
