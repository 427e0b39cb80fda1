/**
 * One way to declare an HTTP endpoint: its schemas validate what comes in, and the same schemas with the same examples are the
 * OpenAPI document. A handler returns data; the envelope `{ success, data, message }` is put on here.
 */
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Codigo } from '../../schema/core/codigos.ts'
import { esUuid } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { esTextoGuardable } from '../../schema/core/textos.ts'
import { respuestaDe, respuestaError } from '../../schema/protocol/respuesta.ts'
import type { App, Entorno } from './entorno.ts'
import { estadoDe, rechazoDeZod } from './errores.ts'
import { leerJsonGuardable } from './textos.ts'

/**
 * Who a route is for, each in the own negocio; `cuenta` is any person with an account. With `nadie` it is for whoever comes, without a session: it
 * gives nothing private. Everybody else is refused the same, whether what they name exists or not (rutas.test.ts tries all of them on all routes).
 */
export type Quien = 'nadie' | 'cuenta' | 'superadmin' | 'dueno' | 'gerente' | 'empleado' | 'caja' | 'studio'

const EN_PALABRAS: Record<Quien, string> = {
  nadie: 'anybody, no session',
  cuenta: 'any account',
  superadmin: 'superadmin',
  dueno: 'dueño',
  gerente: 'gerente, of the own sucursal',
  empleado: 'empleado, as permitted',
  caja: 'an enrolled till',
  studio: 'an enrolled Studio',
}

export interface Definicion<C extends z.ZodType, Q extends z.ZodType, D extends z.ZodType> {
  metodo: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Hono's spelling: /api/negocios/:negocioId/... Every `:x` is a UUID, or of its forma; anything else in its place is NO_ENCONTRADO. */
  camino: string
  formas?: Record<string, RegExp>
  resumen: string
  grupo: string
  /** Bearer token needed. */
  sesion: boolean
  /** Every route says it: the tests refuse one that does not. */
  paraQuien?: readonly Quien[]
  cuerpo?: C
  consulta?: Q
  /** For the document only: who asks reads its headers itself. */
  cabeceras?: z.ZodObject
  datos: D
  /** Of an answer without the envelope: `datos` is then all of it, its text where it is not JSON. */
  medio?: 'application/json' | 'text/event-stream' | 'text/plain' | 'text/html' | 'image/webp'
  /** Of a body that is not JSON, for the document: who takes it reads it itself. */
  medioDelCuerpo?: 'image/webp'
  ejemplo?: { cuerpo?: z.input<C>; datos?: z.input<D> }
  codigos?: Codigo[]
  antes?: MiddlewareHandler<Entorno>[]
}

export interface Llamada<C extends z.ZodType, Q extends z.ZodType> {
  c: Context<Entorno>
  cuerpo: z.output<C>
  consulta: z.output<Q>
  param: (nombre: string) => string
}

/** The body as JSON. @throws Rechazo CUERPO_ILEGIBLE, DATO_INVALIDO (a text that cannot be stored) */
export async function leerJson(c: Context): Promise<unknown> {
  try {
    return leerJsonGuardable(await c.req.text())
  } catch (error) {
    if (error instanceof Rechazo) throw error
    throw new Rechazo('CUERPO_ILEGIBLE') // not JSON, or the client went away in the middle
  }
}

/** The body parsed by its schema. @throws Rechazo CUERPO_ILEGIBLE, DATO_INVALIDO with the field */
export async function leerCuerpo<T extends z.ZodType>(c: Context, esquema: T): Promise<z.output<T>> {
  return revisar(esquema, await leerJson(c))
}

/** The query parsed by its schema: `%00` is no text of ours either. @throws Rechazo DATO_INVALIDO with the parameter */
export function leerConsulta<T extends z.ZodType>(esquema: T, consulta: Record<string, string>): z.output<T> {
  const ajeno = Object.entries(consulta).find(([, valor]) => !esTextoGuardable(valor))
  if (ajeno) throw new Rechazo('DATO_INVALIDO', ajeno[0])
  return revisar(esquema, consulta)
}

export function revisar<T extends z.ZodType>(esquema: T, valor: unknown): z.output<T> {
  const leido = esquema.safeParse(valor)
  if (!leido.success) throw rechazoDeZod(leido.error)
  return leido.data
}

/** Declares and mounts. The handler gets what was parsed and returns what `datos` describes. */
export function ruta<C extends z.ZodType, Q extends z.ZodType, D extends z.ZodType>(
  app: App,
  def: Definicion<C, Q, D>,
  verbo: (llamada: Llamada<C, Q>) => Promise<z.input<D>> | z.input<D>,
): void {
  documentar(app, def)
  const manejar = async (c: Context<Entorno>) => {
    const cuerpo = (def.cuerpo ? await leerCuerpo(c, def.cuerpo) : undefined) as z.output<C>
    const consulta = (def.consulta ? leerConsulta(def.consulta, c.req.query()) : undefined) as z.output<Q>
    const data = await verbo({ c, cuerpo, consulta, param: (nombre) => c.req.param(nombre) ?? '' })
    return c.json({ success: true as const, data, message: '' }, 200)
  }
  app.on(def.metodo.toUpperCase(), [def.camino], soloFormas(def.formas ?? {}), ...(def.antes ?? []), manejar)
}

const soloFormas =
  (formas: Record<string, RegExp>): MiddlewareHandler<Entorno> =>
  async (c, next) => {
    for (const [nombre, valor] of Object.entries(c.req.param() as Record<string, string>))
      if (!(formas[nombre]?.test(valor) ?? esUuid(valor))) throw new Rechazo('NO_ENCONTRADO')
    await next()
  }

type Documentada = Definicion<z.ZodType, z.ZodType, z.ZodType>

/** Adds an endpoint to the OpenAPI document. Used alone by endpoints whose answer is not JSON. */
export function documentar<C extends z.ZodType, Q extends z.ZodType, D extends z.ZodType>(app: App, definicion: Definicion<C, Q, D>): void {
  const def = definicion as unknown as Documentada
  const camino = def.camino.replace(/:(\w+)/g, '{$1}')
  const params = [...camino.matchAll(/\{(\w+)\}/g)].map(
    ([, nombre]) => [nombre, /^id$|Id$/.test(nombre ?? '') ? z.uuid() : z.string()] as const,
  )
  app.openAPIRegistry.registerPath({
    method: def.metodo,
    path: camino,
    summary: def.resumen,
    tags: [def.grupo],
    ...(def.paraQuien
      ? { description: `For: ${def.paraQuien.map((uno) => EN_PALABRAS[uno]).join('; ')}.`, 'x-para-quien': [...def.paraQuien] }
      : {}),
    ...(def.sesion ? { security: [{ portador: [] }] } : {}),
    request: {
      ...(params.length ? { params: z.object(Object.fromEntries(params)) } : {}),
      ...(def.consulta ? { query: def.consulta as z.ZodObject } : {}),
      ...(def.cabeceras ? { headers: def.cabeceras } : {}),
      ...(def.cuerpo ? { body: { required: true, content: contenido(def.cuerpo, def.ejemplo?.cuerpo, def.medioDelCuerpo) } } : {}),
    },
    responses: {
      200: {
        description: 'OK',
        content: def.medio
          ? contenido(def.datos, def.ejemplo?.datos, def.medio)
          : contenido(respuestaDe(def.datos), exito(def.ejemplo?.datos)),
      },
      ...respuestasDeError(def),
    },
  })
}

const exito = (data: unknown) => (data === undefined ? undefined : { success: true, data, message: '' })
const contenido = (schema: z.ZodType, example: unknown, medio = 'application/json') => ({
  [medio]: { schema, ...(example === undefined ? {} : { example }) },
})

interface RespuestaDeError {
  description: string
  content: ReturnType<typeof contenido>
  headers?: Record<string, { description: string; schema: { type: 'integer' } }>
}
/** With these the answer says when to come back. */
const CON_ESPERA = new Set([429, 503])
const RETRY_AFTER = { headers: { 'Retry-After': { description: 'seconds', schema: { type: 'integer' as const } } } }

function respuestasDeError(def: Documentada): Record<number, RespuestaDeError> {
  const codigos = new Set<Codigo>([...(def.codigos ?? []), 'INTERNAL'])
  if (def.cuerpo)
    for (const codigo of ['CUERPO_ILEGIBLE', 'DATO_INVALIDO', 'CUERPO_EXCEDIDO', 'TIPO_DE_CONTENIDO', 'ORIGEN_AJENO'] as const)
      codigos.add(codigo)
  if (def.sesion) for (const codigo of ['SESION_REQUERIDA', 'SESION_VENCIDA'] as const) codigos.add(codigo)
  if (/[:{]/.test(def.camino)) codigos.add('NO_ENCONTRADO')
  const porEstado: Record<number, RespuestaDeError> = {}
  for (const codigo of codigos) {
    const estado = estadoDe(codigo)
    const previa = porEstado[estado]
    const description = previa ? `${previa.description}, ${codigo}` : codigo
    porEstado[estado] = { description, content: contenido(respuestaError, undefined), ...(CON_ESPERA.has(estado) ? RETRY_AFTER : {}) }
  }
  return porEstado
}
