/** `GET /v1/shape`: ElectricSQL's protocol over our own logs, for dashboards and integrations (schema/protocol/SPEC.md, SH1-SH8). */
import type { Context } from 'hono'
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { portadorDe } from '../../auth/middleware.ts'
import { sesionDeToken } from '../../auth/sesiones.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App, Entorno } from '../../http/entorno.ts'
import { documentar, leerConsulta } from '../../http/ruta.ts'
import { esquemaDe } from './columnas.ts'
import type { Forma } from './forma.ts'
import { ESQUEMA, type Mensaje, VUELVE_A_EMPEZAR } from './mensajes.ts'
import { leerOffset } from './offset.ts'
import { formaPara } from './registro.ts'
import { type PedidoDeShape, servirShape } from './servir.ts'

const bandera = z.enum(['true', 'false'])
/** What the protocol itself asks. `expired_handle` and `cache-buster` only make the address another one: our answers are kept by no cache. */
const consulta = z.object({
  table: z.string().min(1).max(100),
  offset: z.string().max(520),
  handle: z.string().max(100).optional(),
  live: bandera.optional(),
  cursor: z.string().max(100).optional(),
  log: z.enum(['full', 'changes_only']).optional(),
  replica: z.enum(['default', 'full']).optional(),
  live_sse: bandera.optional(),
  experimental_live_sse: bandera.optional(),
  expired_handle: z.string().max(100).optional(),
  'cache-buster': z.string().max(100).optional(),
})
const PROPIOS = Object.keys(consulta.shape)

const valores = z.record(z.string(), z.string().nullable())
const mensaje = z.object({
  key: z.string().optional(),
  value: valores.optional(),
  old_value: valores.optional(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
})

interface Leido {
  tabla: string
  /** What is left of the query: constants of the shape. */
  filtros: Record<string, string>
  pedido: PedidoDeShape
  sse: boolean
}

/** @throws Rechazo DATO_INVALIDO with the field; `where`, `columns`, `params` and subsets are of no shape here (SH6) */
function leerPedido(c: Context<Entorno>): Leido {
  const todo = c.req.query()
  const repetida = Object.entries(c.req.queries()).find(([, veces]) => veces.length > 1)
  if (repetida) throw new Rechazo('DATO_INVALIDO', repetida[0])
  const q = leerConsulta(consulta, todo)
  const desde = leerOffset(q.offset)
  if (desde.en === 'camino' && !q.handle) throw new Rechazo('DATO_INVALIDO', 'handle')
  const filtros = Object.fromEntries(Object.entries(todo).filter(([nombre]) => !PROPIOS.includes(nombre)))
  return {
    tabla: q.table,
    filtros,
    sse: q.live === 'true' && (q.live_sse === 'true' || q.experimental_live_sse === 'true'),
    pedido: {
      desde,
      handle: q.handle,
      viva: q.live === 'true',
      replica: q.replica === 'full' ? 'completa' : 'cambios',
      soloCambios: q.log === 'changes_only',
      conocida: c.req.header('if-none-match'),
    },
  }
}

export function montarShapes(app: App, deps: Deps): void {
  documentar(app, {
    metodo: 'get',
    camino: '/v1/shape',
    resumen:
      'Rows of a table that the server defines, and what changes in them, in the protocol of ElectricSQL (long-poll): dispositivos, negocios, veredictos, nodos, pulso for a superadmin; articulos, transacciones, avisos of a negocio for its dueño or gerente. 409 with another electric-handle: read it anew.',
    grupo: 'shapes',
    sesion: true,
    paraQuien: ['superadmin', 'dueno', 'gerente'],
    consulta: consulta.extend({ negocio: z.uuid().optional(), filtro: z.string().optional(), regla: z.string().optional() }),
    datos: z.array(mensaje),
    medio: 'application/json',
    ejemplo: { datos: EJEMPLO_DE_SHAPE },
    codigos: ['DATO_INVALIDO', 'SHAPE_DESCONOCIDA', 'DEMASIADAS_EN_VIVO', 'DISPOSITIVO_REVOCADO'],
  })
  app.get('/v1/shape', (c) => atender(deps, c))
}

async function atender(deps: Deps, c: Context<Entorno>): Promise<Response> {
  const token = portadorDe(c)
  const autorizado = async (tabla: string, filtros: Record<string, string>) => {
    const sesion = await sesionDeToken(deps, token)
    return { sesionId: sesion.sesionId, forma: await formaPara(deps, sesion, tabla, filtros) }
  }
  await sesionDeToken(deps, token) // nobody is told what is wrong with a question before it is known who asks
  const { tabla, filtros, pedido, sse } = leerPedido(c)
  // Hono answers HEAD with this route; it must not wait for a change that nobody reads.
  const efectivo = c.req.method === 'HEAD' ? { ...pedido, viva: false } : pedido
  const { forma } = await autorizado(tabla, filtros)
  const respuesta = await servirShape(deps, efectivo, () => autorizado(tabla, filtros), c.req.raw.signal)
  if (respuesta.estado === 304) return c.body(null, 304, { etag: respuesta.etiqueta })
  if (respuesta.estado === 409) return c.json([VUELVE_A_EMPEZAR], 409, { 'electric-handle': respuesta.handle, ...cursor(deps) })
  const cabeceras: Record<string, string> = {
    'electric-handle': respuesta.handle,
    'electric-offset': respuesta.offset,
    'electric-schema': esquema(forma),
    ...cursor(deps),
    ...(respuesta.alDia ? { 'electric-up-to-date': '' } : {}),
    ...(respuesta.etiqueta ? { etag: respuesta.etiqueta } : {}),
  }
  if (sse) return c.body(enEventos(respuesta.mensajes), 200, { ...cabeceras, 'content-type': 'text/event-stream' })
  return c.json(respuesta.mensajes, 200, cabeceras)
}

const esquema = ({ columnas, llave }: Forma) => esquemaDe(columnas, llave)

const BYTES_DE_CURSOR = 6
/** Fresh each time: an official client that is shown the cursor it remembers takes the answer for a cached one, and tells nobody. */
const cursor = (deps: Pick<Deps, 'azar'>) => ({
  'electric-cursor': String(Number.parseInt(Buffer.from(deps.azar(BYTES_DE_CURSOR)).toString('hex'), 16)),
})

/** A client that asks for events gets this one answer in their framing; after three of them it polls. */
const enEventos = (mensajes: Mensaje[]): string => mensajes.map((m) => `data: ${JSON.stringify(m)}\n\n`).join('')

const EJEMPLO_DE_SHAPE: z.input<typeof mensaje>[] = [
  {
    key: `"${ESQUEMA}"."pulso"/"${EJEMPLO.ahora}"`,
    value: { at: String(EJEMPLO.ahora), hechos: '42', p50: '180', p95: '950' },
    headers: { operation: 'insert', relation: [ESQUEMA, 'pulso'] },
  },
  { headers: { control: 'up-to-date', global_last_seen_lsn: '128' } },
]
