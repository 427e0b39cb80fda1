/**
 * The built client. Vite puts a hash in every name under assets/: those never change. Everything else (pages, service workers, manifests) is
 * asked for again each time, or an old shell would outlive its server.
 */
import fs from 'node:fs'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { appDe, esDelServidor, PAGINA } from '../../schema/core/caminos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Env } from '../env.ts'
import type { App, Entorno } from './entorno.ts'
import { montarEntradas } from './entradas.ts'

const CON_HASH = /^(\/(scanya|cardya)-widget)?\/assets\//
const MANIFIESTO = /^\/manifest\.\w+\.json$/

export function montarEstaticos(app: App, env: Pick<Env, 'clientDir' | 'publicUrl' | 'cardyaUrl' | 'scanyaUrl' | 'panelUrl'>): void {
  if (!fs.existsSync(env.clientDir)) return
  const archivos = serveStatic<Entorno>({ root: env.clientDir })
  montarEntradas(app, env)
  app.get('*', compress(), async (c, next) => {
    if (esDelServidor(c.req.path)) throw new Rechazo('NO_ENCONTRADO')
    const respuesta = await archivos(c, next)
    // Not a Response: there is no such file, and what comes next has answered.
    if (!(respuesta instanceof Response)) return
    respuesta.headers.set('cache-control', CON_HASH.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (MANIFIESTO.test(c.req.path)) respuesta.headers.set('content-type', 'application/manifest+json')
    return respuesta
  })
  app.get('*', paginaDe(env.clientDir))
}

/** A path without extension is a screen of the client: its shell answers. */
function paginaDe(carpeta: string): MiddlewareHandler<Entorno> {
  return async (c) => {
    if (path.extname(c.req.path)) throw new Rechazo('NO_ENCONTRADO')
    const archivo = [path.join(carpeta, PAGINA[appDe(c.req.path)], 'index.html'), path.join(carpeta, 'index.html')].find((uno) =>
      fs.existsSync(uno),
    )
    if (!archivo) throw new Rechazo('NO_ENCONTRADO')
    c.header('cache-control', 'no-cache')
    return c.html(fs.readFileSync(archivo, 'utf8'))
  }
}
