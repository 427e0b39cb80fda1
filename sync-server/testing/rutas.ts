/** Every route of the server as its OpenAPI document tells it, and requests to it made of its own examples with other ids in them. */
import type { Quien } from '../http/ruta.ts'
import type { ServidorDePrueba } from './servidor.ts'

type Objeto = Record<string, unknown>
interface Parametro {
  name: string
  in: string
  required?: boolean
  schema?: { enum?: string[]; default?: unknown }
}

export interface Operacion {
  /** `get /api/negocios/{negocioId}/empleados` */
  nombre: string
  metodo: string
  camino: string
  paraQuien: readonly Quien[]
  parametros: Parametro[]
  cuerpo: { medio: string; ejemplo: unknown } | undefined
}

/** One document a server. */
export async function operacionesDe(servidor: Pick<ServidorDePrueba, 'fetch'>): Promise<Operacion[]> {
  const respuesta = await servidor.fetch('http://localhost:8080/api/openapi.json')
  const { paths } = (await respuesta.json()) as { paths: Record<string, Record<string, Objeto>> }
  return Object.entries(paths).flatMap(([camino, metodos]) => Object.entries(metodos).map(([metodo, op]) => leer(metodo, camino, op)))
}

function leer(metodo: string, camino: string, op: Objeto): Operacion {
  const contenido = (op.requestBody as { content: Record<string, { example?: unknown }> } | undefined)?.content
  const [medio, dentro] = Object.entries(contenido ?? {})[0] ?? []
  return {
    nombre: `${metodo} ${camino}`,
    metodo: metodo.toUpperCase(),
    camino,
    paraQuien: (op['x-para-quien'] ?? []) as Quien[],
    parametros: (op.parameters ?? []) as Parametro[],
    cuerpo: medio ? { medio, ejemplo: dentro?.example } : undefined,
  }
}

/** What an id is of. A new kind of thing with routes of its own gets a line here, and something real in `dos-mundos.ts`. */
export type Clase =
  | 'negocio'
  | 'sucursal'
  | 'dispositivo'
  | 'empleado'
  | 'usuario'
  | 'transaccion'
  | 'articulo'
  | 'cupon'
  | 'codigoDeCupon'
  | 'imagen'
  | 'aviso'
  | 'cadena'
  | 'licencia'
  | 'identificacion'
  | 'codigo'
  | 'veredicto'
  | 'llave'
  | 'enlace'
  | 'recompensa'
  | 'canje'
  | 'codigoDeCanje'
export type Ids = Record<Clase, string>

/** By the name of a field, in a path, a query or a body. */
const POR_NOMBRE: Record<string, Clase> = {
  negocioId: 'negocio',
  sucursalId: 'sucursal',
  sucursales: 'sucursal',
  dispositivoId: 'dispositivo',
  empleadoId: 'empleado',
  usuarioId: 'usuario',
  clienteId: 'usuario',
  transaccionId: 'transaccion',
  articuloId: 'articulo',
  cuponId: 'cupon',
  codigoDeCupon: 'codigoDeCupon',
  clientes: 'usuario',
  imagenes: 'imagen',
  hash: 'imagen',
  cadenaId: 'cadena',
  licenciaId: 'licencia',
  identificacionId: 'identificacion',
  codigo: 'codigo',
  codigoCaja: 'codigo',
  negocio: 'negocio',
  llave: 'llave',
  recompensaId: 'recompensa',
  canjeId: 'canje',
}
/** A word that means something else there. */
const POR_CAMINO: Record<string, Record<string, Clase>> = {
  '/api/scanya/validar-canje': { codigo: 'codigoDeCanje' },
}
/** `:id` is of what stands before it in the path. */
const POR_SEGMENTO: Record<string, Clase> = {
  dispositivos: 'dispositivo',
  empleados: 'empleado',
  articulos: 'articulo',
  cupones: 'cupon',
  avisos: 'aviso',
  veredictos: 'veredicto',
  negocios: 'negocio',
  transacciones: 'transaccion',
  revision: 'transaccion',
  enlaces: 'enlace',
  canjes: 'canje',
}

function claseDe(camino: string, nombre: string): Clase {
  const antes = camino.split(`/{${nombre}}`)[0]?.split('/').at(-1) ?? ''
  const clase = nombre === 'id' ? POR_SEGMENTO[antes] : POR_NOMBRE[nombre]
  if (!clase)
    throw new Error(`${camino}: sync-server/testing/rutas.ts does not know what {${nombre}} is of; say it in POR_NOMBRE or POR_SEGMENTO`)
  return clase
}

/** The same value with every id in it, by the name of its field, replaced. */
function conIds(camino: string, valor: unknown, ids: Ids, nombre = ''): unknown {
  if (Array.isArray(valor)) return valor.map((uno) => conIds(camino, uno, ids, nombre))
  if (typeof valor === 'object' && valor !== null)
    return Object.fromEntries(Object.entries(valor).map(([llave, dentro]) => [llave, conIds(camino, dentro, ids, llave)]))
  const clase = POR_CAMINO[camino]?.[nombre] ?? POR_NOMBRE[nombre]
  return clase && typeof valor === 'string' ? ids[clase] : valor
}

/** What one route answers to differs by these; each is a request of its own. */
export interface Variante {
  camino?: Record<string, string>
  consulta?: Record<string, string>
  cuerpo?: unknown
}

export interface Pedido {
  url: string
  init: RequestInit
}

/** The request that the document describes, about these ids. */
export function pedidoDe(op: Operacion, ids: Ids, variante: Variante = {}): Pedido {
  const camino = op.camino.replaceAll(/\{(\w+)\}/g, (_, nombre: string) =>
    encodeURIComponent(variante.camino?.[nombre] ?? ids[claseDe(op.camino, nombre)]),
  )
  const consulta = new URLSearchParams()
  for (const p of op.parametros.filter((uno) => uno.in === 'query')) {
    const clase = POR_NOMBRE[p.name]
    const valor = clase ? ids[clase] : p.required ? (p.schema?.enum?.[0] ?? String(p.schema?.default ?? '')) : undefined
    if (valor !== undefined) consulta.set(p.name, valor)
  }
  for (const [nombre, valor] of Object.entries(variante.consulta ?? {})) consulta.set(nombre, valor)
  const headers: Record<string, string> = { 'idempotency-key': 'una-llave-de-prueba' }
  if (op.cuerpo) headers['content-type'] = op.cuerpo.medio
  const ejemplo = variante.cuerpo ?? op.cuerpo?.ejemplo
  const body = op.cuerpo?.medio === 'application/json' ? JSON.stringify(conIds(op.camino, ejemplo, ids)) : op.cuerpo && String(ejemplo)
  const texto = consulta.toString()
  return {
    url: `http://localhost:8080${camino}${texto ? `?${texto}` : ''}`,
    init: { method: op.metodo, headers, ...(body ? { body } : {}) },
  }
}

export interface Respuesta {
  estado: number
  code: string | undefined
  /** As it came. */
  texto: string
  cabeceras: Headers
}

export async function hacer(servidor: Pick<ServidorDePrueba, 'fetch'>, { url, init }: Pedido, token: string): Promise<Respuesta> {
  const headers = { ...(init.headers as Record<string, string>), ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const r = await servidor.fetch(url, { ...init, headers, redirect: 'manual' })
  const sinFin = r.headers.get('content-type')?.startsWith('text/event-stream')
  if (sinFin) await r.body?.cancel()
  const texto = sinFin ? '' : await r.text()
  const code = /"code":"(\w+)"/.exec(texto)?.[1]
  return { estado: r.status, code: r.ok ? undefined : code, texto, cabeceras: r.headers }
}

/** Of one request only: they say nothing of what was asked. */
const PROPIAS = new Set(['x-request-id', 'date', 'content-length', 'etag', 'set-cookie', 'electric-handle', 'electric-cursor'])

/**
 * What an answer tells, for comparing it with another: status, headers and body, with the ids that were sent put back as a word. Of a success, the
 * names and kinds of its fields: what it made has ids and keys of its own.
 */
export function loQueDice({ estado, texto, cabeceras }: Respuesta, enviados: Ids): string {
  const sinRastro = [...new Set(Object.values(enviados))].reduce((t, id) => t.replaceAll(id, '(sent)'), texto)
  const cuerpo = estado < 300 ? forma(leerJson(sinRastro)) : sinRastro.replaceAll(/"requestId":"[^"]*"/g, '')
  const suyas = [...cabeceras].filter(([nombre]) => !PROPIAS.has(nombre)).map(([nombre, valor]) => `${nombre}: ${valor}`)
  return [estado, ...suyas.sort(), cuerpo].join('\n')
}

function leerJson(texto: string): unknown {
  try {
    return JSON.parse(texto)
  } catch {
    return texto.length > 0
  }
}

function forma(valor: unknown): string {
  if (Array.isArray(valor)) return `[${[...new Set(valor.map(forma))].join()}]`
  if (typeof valor === 'object' && valor !== null)
    return `{${Object.entries(valor)
      .map(([llave, dentro]) => `${llave}:${forma(dentro)}`)
      .join()}}`
  return valor === null ? 'null' : typeof valor
}
