/**
 * What is said over the wire is squeezed both ways: answers of JSON or text above 1 KB by what the client takes (brotli, gzip), and bodies that come
 * with `content-encoding: gzip` are opened before anybody reads them. Events are never held back by it, and a long text written piece by piece
 * is squeezed piece by piece.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gunzipSync, gzip } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Entorno } from './entorno.ts'
import { tipoDeCuerpo } from './seguridad.ts'

const DESDE_BYTES = 1_024
const apretarBrotli = promisify(brotliCompress)
const apretarGzip = promisify(gzip)
const abrirGzip = promisify(gunzip)
/** Up to here a body is opened at once: handing it to another thread and back costs ten times what opening it does. */
const A_MANO_BYTES = 8_192
/** Not where so few bytes may say so many that opening them would hold up everybody. */
const ABIERTO_A_MANO_BYTES = 2 * 1024 * 1024
/** Quality 4: within a few percent of gzip's best at a third of its time. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
/** Goes as it is, and through whoever stands between. */
const SIN_TOCAR = /\bno-transform\b/
const ES_TEXTO = /^(application\/(json|manifest\+json)|text\/(?!event-stream))/

/** Answers. What already has an encoding, is no text, is short, is a part of something, or is `no-transform`, goes as it is. */
export const comprimir: MiddlewareHandler<Entorno> = async (c, next) => {
  const textos = recordarTextos(c)
  await next()
  const { headers } = c.res
  if (
    c.res.status === 206 ||
    c.req.method === 'HEAD' ||
    headers.has('content-encoding') ||
    !ES_TEXTO.test(headers.get('content-type') ?? '') ||
    SIN_TOCAR.test(headers.get('cache-control') ?? '')
  )
    return
  const texto = textos.get(c.res)
  if (texto === undefined && !c.res.body) return
  const modo = modoDe(c.req.header('accept-encoding'))
  headers.append('vary', 'accept-encoding')
  if (!modo || (texto !== undefined && Buffer.byteLength(texto) < DESDE_BYTES)) return
  const { status } = c.res
  const entero = texto === undefined ? Buffer.from(await c.res.arrayBuffer()) : Buffer.from(texto)
  const apretado = entero.length < DESDE_BYTES ? null : await (modo === 'br' ? apretarBrotli(entero, BROTLI) : apretarGzip(entero))
  headers.delete('content-length')
  if (apretado) headers.set('content-encoding', modo)
  c.res = undefined // else its headers are copied one by one into the next
  c.res = new Response(apretado ?? entero, { status, headers })
}

/**
 * The texts of the answers in JSON, as they are made: an answer that is asked for its own body becomes a stream first, which costs more than all else
 * that is done with a short one.
 */
function recordarTextos(c: Context): WeakMap<Response, string> {
  const textos = new WeakMap<Response, string>()
  const json = (valor: unknown, estado?: ContentfulStatusCode, cabeceras?: Record<string, string>) => {
    const texto = JSON.stringify(valor)
    const respuesta = c.body(texto, estado, { 'content-type': 'application/json', ...cabeceras })
    textos.set(respuesta, texto)
    return respuesta
  }
  c.json = json as never
  return textos
}

/** An answer of many pieces, more than should be in memory at once: each goes out squeezed as it is written. Without gzip it goes as it is. */
export function comprimirPorPiezas(c: Context, respuesta: Response): Response {
  respuesta.headers.append('vary', 'accept-encoding')
  if (!respuesta.body || !aceptadosPor(c.req.header('accept-encoding')).has('gzip')) {
    respuesta.headers.append('cache-control', 'no-transform')
    return respuesta
  }
  respuesta.headers.set('content-encoding', 'gzip')
  return new Response(respuesta.body.pipeThrough(new CompressionStream('gzip')), respuesta)
}

/** The better of what is accepted. */
function modoDe(acepta: string | undefined): 'br' | 'gzip' | null {
  const modos = aceptadosPor(acepta)
  return modos.has('br') ? 'br' : modos.has('gzip') ? 'gzip' : null
}

/** A coding with q=0 is refused. */
const aceptadosPor = (acepta = ''): ReadonlySet<string> =>
  new Set(
    acepta
      .split(',')
      .map((uno) => uno.trim().split(/\s*;\s*q=/))
      .flatMap(([modo, q]) => (modo && (q === undefined || Number(q) > 0) ? [modo] : [])),
  )

/**
 * Bodies. `maximo`: bytes of the opened body for this path.
 * @throws Rechazo CUERPO_ILEGIBLE (not gzip, or cut), CUERPO_EXCEDIDO (opens into too much), TIPO_DE_CONTENIDO (another coding)
 */
export const descomprimir =
  (maximoDe: (camino: string) => number): MiddlewareHandler<Entorno> =>
  async (c, next) => {
    const modo = c.req.header('content-encoding')
    if (modo !== undefined && modo !== 'identity') {
      if (modo !== 'gzip') throw new Rechazo('TIPO_DE_CONTENIDO')
      const abierto = await abrir(Buffer.from(await c.req.raw.arrayBuffer()), maximoDe(c.req.path))
      if (tipoDeCuerpo(c) === 'application/json') c.req.bodyCache.text = Promise.resolve(new TextDecoder().decode(abierto)) as never
      else c.req.raw = conCuerpo(c.req.raw, abierto)
    }
    await next()
  }

/** The same request as if its body had come like this. */
function conCuerpo({ url, method, headers }: Request, cuerpo: Buffer): Request {
  const suyas = new Headers(headers)
  suyas.delete('content-encoding')
  suyas.set('content-length', String(cuerpo.length))
  return new Request(url, { method, headers: suyas, body: new Uint8Array(cuerpo) })
}

async function abrir(cuerpo: Buffer, maximo: number): Promise<Buffer> {
  try {
    const opciones = { maxOutputLength: maximo }
    const aMano = cuerpo.length <= A_MANO_BYTES && maximo <= ABIERTO_A_MANO_BYTES
    return aMano ? gunzipSync(cuerpo, opciones) : await abrirGzip(cuerpo, opciones)
  } catch (error) {
    throw new Rechazo((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'CUERPO_EXCEDIDO' : 'CUERPO_ILEGIBLE')
  }
}
