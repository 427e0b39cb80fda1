/**
 * The built client. Vite puts a hash in every name under assets/: those never change. Everything else (pages, service workers, manifests) is
 * asked for again each time, or an old shell would outlive its server; an `etag` makes the usual answer "you have it". The build left a copy in
 * brotli and one in gzip beside each text (scripts/lib/precompress.mjs): they go out as they lie. What has none is squeezed on its way.
 */
import fs from 'node:fs'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { appDe, esDelServidor, PAGINA } from '../../schema/core/caminos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Env } from '../env.ts'
import type { App, Entorno } from './entorno.ts'
import { montarEntradas } from './entradas.ts'
import { manifiestoConNombre } from './manifiesto.ts'

const CON_HASH = /^(\/(scanya|cardya)-widget)?\/assets\//
const MANIFIESTO = /^\/manifest\.\w+\.json$/
/** A squeezed copy is an answer's form, not a file of its own. */
const COPIA = /\.(br|gz)$/

type Archivo = MiddlewareHandler<Entorno>

export function montarEstaticos(app: App, env: Pick<Env, 'clientDir' | 'publicUrl' | 'cardyaUrl' | 'scanyaUrl' | 'panelUrl'>): void {
  if (!fs.existsSync(env.clientDir)) return
  const archivos = archivosDe(env.clientDir)
  montarEntradas(app, env)
  const conNombre = manifiestoConNombre(env.clientDir)
  app.get('*', compress(), conNombre, async (c, next) => {
    if (esDelServidor(c.req.path) || COPIA.test(c.req.path)) throw new Rechazo('NO_ENCONTRADO')
    return responder(c, await archivos(c, next))
  })
  app.get('*', compress(), paginaDe(env.clientDir))
}

/** `de`: one file whatever the address; otherwise the one the address names. */
const archivosDe = (root: string, de?: string): Archivo =>
  serveStatic<Entorno>({ root, ...(de === undefined ? {} : { path: de }), precompressed: true })

/** Of the form that is sent: a copy in brotli has its own. Weak, because it stands for when and how large, not for each byte. */
function etiquetaDe(headers: Headers): string {
  const cuando = Date.parse(headers.get('last-modified') ?? '') / 1_000
  return `W/"${Number(headers.get('content-length')).toString(36)}-${cuando.toString(36)}"`
}

/** Not a Response: there is no such file, and what comes next has answered. */
async function responder(c: Context<Entorno>, respuesta: unknown): Promise<Response | undefined> {
  if (!(respuesta instanceof Response)) return undefined
  const { headers } = respuesta
  headers.set('cache-control', CON_HASH.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (MANIFIESTO.test(c.req.path)) headers.set('content-type', 'application/manifest+json')
  const etiqueta = etiquetaDe(headers)
  headers.set('etag', etiqueta)
  if (!sigueIgual(c.req.header('if-none-match'), etiqueta)) return respuesta
  await respuesta.body?.cancel()
  for (const deCuerpo of ['content-length', 'content-encoding', 'content-type']) headers.delete(deCuerpo)
  return new Response(null, { status: 304, headers })
}

const sigueIgual = (tiene: string | undefined, etiqueta: string): boolean =>
  tiene !== undefined && tiene.split(',').some((una) => una.trim() === etiqueta)

/** A path without extension is a screen of the client: its shell answers; of a widget that is not built, the shop's. */
function paginaDe(carpeta: string): Archivo {
  const shell = 'index.html'
  const paginas = new Map([...new Set(Object.values(PAGINA))].map((pagina) => [pagina, archivosDe(carpeta, path.join(pagina, shell))]))
  const tienda = archivosDe(carpeta, shell)
  return async (c) => {
    if (path.extname(c.req.path)) throw new Rechazo('NO_ENCONTRADO')
    const nada = async () => {}
    const pagina = PAGINA[appDe(c.req.path)]
    const respuesta = (await responder(c, await paginas.get(pagina)?.(c, nada))) ?? (await responder(c, await tienda(c, nada)))
    if (!respuesta) throw new Rechazo('NO_ENCONTRADO')
    return respuesta
  }
}
