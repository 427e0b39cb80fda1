/** Rate limits in memory, per node: a brake on abuse, not a rule of the business (those are rows). */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Entorno } from '../http/entorno.ts'
import { RechazoTemporal } from '../http/errores.ts'

/** Where a reverse proxy of ours would sit: this machine or its private network. */
const CERCANA = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i

/**
 * Who is asking. A peer nearby may be a proxy, and then the last address it wrote down counts: with its own, all the shops of a town would share
 * one limit. A peer from outside is believed nothing.
 */
export function ipDe(c: Context): string {
  const vecino = direccionDelVecino(c)
  const anotadas = CERCANA.test(vecino) ? c.req.header('x-forwarded-for') : undefined
  return anotadas?.split(',').at(-1)?.trim() || vecino
}

function direccionDelVecino(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'local'
  } catch {
    return 'local' // a request made inside the process
  }
}

const agotado = (error: unknown): Error =>
  error instanceof RateLimiterRes ? new RechazoTemporal('DEMASIADAS_PETICIONES', error.msBeforeNext) : (error as Error)

/** Counts `quien` once: at most `puntos` times in `segundos`. @throws Rechazo DEMASIADAS_PETICIONES */
export function limiteDe(puntos: number, segundos: number): (quien: string) => Promise<void> {
  const cuenta = new RateLimiterMemory({ points: puntos, duration: segundos })
  return async (quien) => {
    await cuenta.consume(quien).catch((error) => {
      throw agotado(error)
    })
  }
}

/** At most `puntos` requests in `segundos` per IP, or per whoever `quien` says. @throws Rechazo DEMASIADAS_PETICIONES */
export function limitador(puntos: number, segundos: number, quien: (c: Context<Entorno>) => string = ipDe): MiddlewareHandler<Entorno> {
  const admitir = limiteDe(puntos, segundos)
  return async (c, next) => {
    await admitir(quien(c))
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
