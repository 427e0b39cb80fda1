/** The error edge: the only place where something thrown becomes an answer. A refusal says its code; a bug says INTERNAL and is logged once. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type Idioma, textoDeCodigo } from '../../schema/core/textos-de-codigo.ts'
import type { RespuestaError } from '../../schema/protocol/respuesta.ts'
import type { Deps } from '../context.ts'
import type { Entorno } from './entorno.ts'

/** Everything that is not here is a wrong request: 400. */
const ESTADOS: Partial<Record<Codigo, ContentfulStatusCode>> = {
  SESION_REQUERIDA: 401,
  SESION_VENCIDA: 401,
  CREDENCIALES: 401,
  CREDENCIALES_PIN: 401,
  DISPOSITIVO_REQUERIDO: 401,
  DISPOSITIVO_REVOCADO: 401,
  FIRMA_INVALIDA: 401,
  SIN_PERMISO: 403,
  EMPLEADO_INACTIVO: 403,
  IDEMPOTENCIA_DISTINTA: 409,
  IDENTIFICACION_INVALIDA: 409,
  QR_USADO: 409,
  PUNTOS_INSUFICIENTES: 409,
  RECOMPENSA_NO_DISPONIBLE: 409,
  CANJE_INVALIDO: 404,
  CANJE_YA_ENTREGADO: 409,
  CANJE_CANCELADO: 409,
  CANJE_VENCIDO: 409,
  CANJE_OTRA_SUCURSAL: 409,
  ORIGEN_AJENO: 403,
  DIARIO_AJENO: 403,
  NEGOCIO_AJENO: 403,
  NO_ENCONTRADO: 404,
  COLECCION_DESCONOCIDA: 404,
  SHAPE_DESCONOCIDA: 404,
  ENLACE_INVALIDO: 404,
  CORREO_EN_USO: 409,
  NICK_EN_USO: 409,
  CODIGO_EN_USO: 409,
  ID_EN_USO: 409,
  CONFIGURACION_CAMBIO: 409,
  LIMITE_DE_SUCURSALES: 409,
  LIMITE_DE_EMPLEADOS: 409,
  CUERPO_EXCEDIDO: 413,
  IMAGEN_GRANDE: 413,
  DIARIO_EXCEDIDO: 413,
  RENGLON_EXCEDIDO: 413,
  TIPO_DE_CONTENIDO: 415,
  PROTOCOLO_ANTERIOR: 426,
  CUENTA_BLOQUEADA: 429,
  PIN_BLOQUEADO: 429,
  DEMASIADAS_PETICIONES: 429,
  DEMASIADAS_EN_VIVO: 429,
  INTERNAL: 500,
  SIN_CONEXION: 503,
  HECHO_EN_PROCESO: 503,
  ALTA_POR_APROBAR: 503,
}

export const estadoDe = (codigo: Codigo): ContentfulStatusCode => ESTADOS[codigo] ?? 400

/** A refusal that ends by itself: the answer carries Retry-After, in whole seconds, and `esperaMs`. */
export class RechazoTemporal extends Rechazo {
  readonly esperaMs: number
  constructor(codigo: Codigo, esperaMs: number) {
    super(codigo)
    this.esperaMs = esperaMs
  }
}

/** The language of texts: Spanish unless the client asks for English before it. */
export function idiomaDe(aceptados: string | undefined): Idioma {
  for (const parte of (aceptados ?? '').toLowerCase().split(',')) {
    const lengua = parte.trim().slice(0, 2)
    if (lengua === 'es' || lengua === 'en') return lengua
  }
  return 'es'
}

/** Zod's complaint as a refusal: which field, never what was in it. */
export function rechazoDeZod(error: z.ZodError): Rechazo {
  const primero = error.issues[0]
  const path = primero?.code === 'unrecognized_keys' ? [...primero.path, ...primero.keys.slice(0, 1)] : primero?.path
  const campo = path?.join('.')
  return new Rechazo('DATO_INVALIDO', campo || undefined)
}

function comoRechazo(error: unknown): Rechazo | undefined {
  if (error instanceof Rechazo) return error
  if (error instanceof z.ZodError) return rechazoDeZod(error)
  return undefined
}

/** The body of an error answer. */
function cuerpoDeError(rechazo: Rechazo, requestId: string, idioma: Idioma): RespuestaError {
  const { codigo, campo } = rechazo
  const cuerpo: RespuestaError = { success: false, data: null, message: textoDeCodigo(codigo, idioma), code: codigo, requestId }
  const espera = rechazo instanceof RechazoTemporal ? { esperaMs: Math.ceil(rechazo.esperaMs) } : {}
  return { ...cuerpo, ...(campo ? { campo } : {}), ...espera }
}

export function responderError(c: Context<Entorno>, rechazo: Rechazo): Response {
  if (rechazo instanceof RechazoTemporal) c.header('retry-after', String(Math.max(1, Math.ceil(rechazo.esperaMs / 1_000))))
  const requestId = c.get('requestId') ?? ''
  return c.json(cuerpoDeError(rechazo, requestId, c.get('idioma') ?? 'es'), estadoDe(rechazo.codigo))
}

/** Hono's onError. */
export const alFallar =
  (deps: Pick<Deps, 'log'>) =>
  (error: Error, c: Context<Entorno>): Response => {
    const rechazo = comoRechazo(error)
    if (rechazo) return responderError(c, rechazo)
    deps.log.error({ err: error, requestId: c.get('requestId'), metodo: c.req.method, ruta: c.req.path }, 'request failed')
    return responderError(c, new Rechazo('INTERNAL'))
  }
