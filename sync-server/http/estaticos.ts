/**
 * The built client. Vite puts a hash in every name under assets/: those never change. Everything else (pages, service workers, manifests) is
 * asked for again each time, or an old shell would outlive its server.
 */
import fs from 'node:fs'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Env } from '../env.ts'
import type { App, Entorno } from './entorno.ts'

const DEL_SERVIDOR = /^\/(api|sync|v1|health|ready|metrics)(\/|$)/
const CON_HASH = /^\/assets\//
/** Entries with a scope of their own: without the final slash the scope would swallow its neighbours. */
const ENTRADAS = ['scanya-widget', 'cardya-widget']

export function montarEstaticos(app: App, env: Pick<Env, 'clientDir'>): void {
  if (!fs.existsSync(env.clientDir)) return
  const archivos = serveStatic<Entorno>({ root: env.clientDir })
  for (const entrada of ENTRADAS) app.get(`/${entrada}`, (c) => c.redirect(`/${entrada}/`, 308))
  app.get('*', compress(), async (c, next) => {
    if (DEL_SERVIDOR.test(c.req.path)) throw new Rechazo('NO_ENCONTRADO')
    const respuesta = await archivos(c, next)
    // Not a Response: there is no such file, and what comes next has answered.
    if (!(respuesta instanceof Response)) return
    respuesta.headers.set('cache-control', CON_HASH.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    return respuesta
  })
  app.get('*', paginaDe(env.clientDir))
}

/** A path without extension is a screen of the client: its shell answers. */
function paginaDe(carpeta: string): MiddlewareHandler<Entorno> {
  return async (c) => {
    if (path.extname(c.req.path)) throw new Rechazo('NO_ENCONTRADO')
    const entrada = ENTRADAS.find((nombre) => c.req.path.startsWith(`/${nombre}/`)) ?? ''
    const archivo = [path.join(carpeta, entrada, 'index.html'), path.join(carpeta, 'index.html')].find((uno) => fs.existsSync(uno))
    if (!archivo) throw new Rechazo('NO_ENCONTRADO')
    c.header('cache-control', 'no-cache')
    return c.html(fs.readFileSync(archivo, 'utf8'))
  }
}
