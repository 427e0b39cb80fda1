/** PWA-14. The till's manifest under a person's nick: `ScanYA @carlos`. The same app by its `id`, so that it takes the place of the one without a name. */
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Context, MiddlewareHandler } from 'hono'
import type { Entorno } from './entorno.ts'

export const MANIFIESTO_DE_CAJA = '/manifest.scanya.json'
/** As a nick is stored (EMP-04). Whether somebody has it is nobody's to learn here: every one is answered. */
const NICK = /^[a-z0-9_]{3,20}$/

/** Answers `?de=<nick>`; without one, or with what is none, the file as it is comes next. */
export function manifiestoConNombre(carpeta: string): MiddlewareHandler<Entorno> {
  return async (c, next) => {
    const nick = c.req.query('de') ?? ''
    return c.req.path === MANIFIESTO_DE_CAJA && NICK.test(nick) ? responder(c, carpeta, nick) : next()
  }
}

async function responder(c: Context<Entorno>, carpeta: string, nick: string): Promise<Response> {
  const manifiesto = JSON.parse(await fs.readFile(path.join(carpeta, MANIFIESTO_DE_CAJA), 'utf8')) as Record<string, unknown>
  const nombre = `ScanYA @${nick}`
  return c.body(JSON.stringify({ ...manifiesto, name: nombre, short_name: nombre }), 200, {
    'content-type': 'application/manifest+json',
    'cache-control': 'no-cache',
  })
}
