/** Below the minimum protocol a client may hand in its journal and nothing else (design 03, DI9, PU6). */
import type { MiddlewareHandler } from 'hono'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { CABECERA_VERSION, VERSION_MINIMA } from '../../schema/protocol/version.ts'
import type { Entorno } from './entorno.ts'

/** Without the header a client is taken as current: plain `curl` works. @throws Rechazo PROTOCOLO_ANTERIOR, DATO_INVALIDO */
export const protocoloVigente: MiddlewareHandler<Entorno> = async (c, next) => {
  const texto = c.req.header(CABECERA_VERSION)
  if (texto !== undefined && !c.req.path.startsWith('/sync/diario')) {
    const version = Number(texto)
    if (!Number.isInteger(version)) throw new Rechazo('DATO_INVALIDO', CABECERA_VERSION)
    if (version < VERSION_MINIMA) throw new Rechazo('PROTOCOLO_ANTERIOR')
  }
  await next()
}
