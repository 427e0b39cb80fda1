/** Headers of design 04 §6, and the requests that are refused before anything reads them. */
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { IMAGEN_MAXIMA_BYTES } from '../../schema/protocol/catalogo.ts'
import type { Env } from '../env.ts'
import { CSP_DE_DOCS, esDeDocs } from './docs.ts'
import type { Entorno } from './entorno.ts'

const CSP = [
  "default-src 'none'",
  // argon2 and zxing are wasm.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "font-src 'self'",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types cya-worker',
].join('; ')

const CABECERAS: Record<string, string> = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=()',
}

const SOLO_HTTPS = 'max-age=63072000; includeSubDomains; preload'

/**
 * What a browser may do with an answer. Answers of the API are never kept by any cache. With a certificate of our own for the local network
 * https is not demanded for ever: the same name serves http tomorrow.
 */
export function cabeceras({ https }: Pick<Env, 'https'>): MiddlewareHandler<Entorno> {
  const todas = Object.entries(https ? CABECERAS : { ...CABECERAS, 'strict-transport-security': SOLO_HTTPS })
  return async (c, next) => {
    await next()
    // Not by c.header(): once there is an answer, that makes the whole of it anew, each time.
    const { headers } = c.res
    for (const [nombre, valor] of todas) headers.set(nombre, valor)
    if (esDeDocs(c.req.path)) headers.set('content-security-policy', CSP_DE_DOCS)
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}

const LECTURAS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A page of another site can make a browser send a request with the refresh cookie. Browsers say where it comes from; those that
 * do not send Sec-Fetch-Site send Origin. Programs send neither and carry no cookie of ours.
 * @throws Rechazo ORIGEN_AJENO
 */
export function mismoOrigen(env: Pick<Env, 'publicUrl' | 'cardyaUrl' | 'scanyaUrl' | 'panelUrl'>): MiddlewareHandler<Entorno> {
  const propios = new Set([env.publicUrl, env.cardyaUrl, env.scanyaUrl, env.panelUrl].map((u) => new URL(u).origin))
  return async (c, next) => {
    if (!LECTURAS.has(c.req.method) && !esPropia(c.req.header('sec-fetch-site'), c.req.header('origin'), c.req.header('host'), propios))
      throw new Rechazo('ORIGEN_AJENO')
    await next()
  }
}

function esPropia(sitio: string | undefined, origen: string | undefined, host: string | undefined, propios: Set<string>): boolean {
  if (sitio) return sitio === 'same-origin' || sitio === 'none'
  if (!origen) return true
  if (!URL.canParse(origen)) return false
  return propios.has(new URL(origen).origin) || new URL(origen).host === host
}

/** The one place that takes something else than JSON: pictures, which no form of another site can send either. */
const ES_IMAGEN = /^\/api\/(scanya\/evidencias|imagenes)\/[^/]+$/
const TIPOS_DE_IMAGEN = new Set(['image/webp', 'image/jpeg', 'image/png'])
const admite = (camino: string, tipo: string | undefined) =>
  tipo === 'application/json' || (ES_IMAGEN.test(camino) && TIPOS_DE_IMAGEN.has(tipo ?? ''))

/** `application/json`, lower case and without its parameters. */
export const tipoDeCuerpo = (c: Context): string | undefined => (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()

/** A form of another site can send text/plain or urlencoded without asking; it cannot send JSON. @throws Rechazo TIPO_DE_CONTENIDO */
export const soloJson: MiddlewareHandler<Entorno> = async (c, next) => {
  if (!LECTURAS.has(c.req.method)) {
    const tipo = tipoDeCuerpo(c)
    // The body last: to look at it makes a stream of it, which whoever reads it whole has no use for.
    if (!admite(c.req.path, tipo) && c.req.raw.body && !(await estaVacio(c.req.raw, tipo))) throw new Rechazo('TIPO_DE_CONTENIDO')
  }
  await next()
}

/** Some clients send an empty body without a type. */
const estaVacio = async (pedido: Request, tipo: string | undefined) => !tipo && (await pedido.clone().arrayBuffer()).byteLength === 0

/** 100 entries of 64 KB never come together: the journal's own limit is 1 MB of text, and JSON escapes may double it. */
const CUERPO_MAXIMO_BYTES = 2 * 1024 * 1024
/** A whole journal, exported to a file by a till that cannot connect. */
const ARCHIVO_MAXIMO_BYTES = 32 * 1024 * 1024
const RUTA_DEL_ARCHIVO = '/sync/diario/archivo'

/** A body that says how long it is need not be looked at, nor made a stream of; one that comes in pieces is counted as it comes. */
function limiteDe(maxSize: number, codigo: Codigo): MiddlewareHandler<Entorno> {
  const onError = () => {
    throw new Rechazo(codigo)
  }
  const porPiezas = bodyLimit({ maxSize, onError })
  return (c, next) => {
    if (LECTURAS.has(c.req.method)) return next()
    const largo = c.req.header('content-length')
    if (largo === undefined || c.req.header('transfer-encoding') !== undefined) return porPiezas(c, next)
    return Number(largo) > maxSize ? onError() : next()
  }
}
const limiteNormal = limiteDe(CUERPO_MAXIMO_BYTES, 'CUERPO_EXCEDIDO')
const limiteDeArchivo = limiteDe(ARCHIVO_MAXIMO_BYTES, 'CUERPO_EXCEDIDO')
const limiteDeImagen = limiteDe(IMAGEN_MAXIMA_BYTES, 'IMAGEN_GRANDE')

/** How large a body of this path may be, bytes, once it is open. */
export const cuerpoMaximo = (camino: string): number => (camino === RUTA_DEL_ARCHIVO ? ARCHIVO_MAXIMO_BYTES : CUERPO_MAXIMO_BYTES)

const limiteDelCamino = (camino: string) =>
  camino === RUTA_DEL_ARCHIVO ? limiteDeArchivo : ES_IMAGEN.test(camino) ? limiteDeImagen : limiteNormal
/** @throws Rechazo CUERPO_EXCEDIDO, IMAGEN_GRANDE */
export const limiteDeCuerpo: MiddlewareHandler<Entorno> = (c, next) => limiteDelCamino(c.req.path)(c, next)
