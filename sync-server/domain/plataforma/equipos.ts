import { z } from 'zod'
import { MINUTO } from '../../../schema/core/tiempo.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'

/** A device as the platform sees it. What it says of itself (pendientes, reloj, versión) is as old as its last contact; null: it never said. */
export const equipoDePlataforma = z.object({
  id: uuid,
  negocioId: uuid,
  negocio: z.string(),
  sucursal: z.string().nullable(),
  nombre: z.string(),
  tipo: z.enum(['caja', 'studio']),
  serie: z.string(),
  bajaAt: instante.nullable(),
  ultimoContactoAt: instante.nullable(),
  pendientes: z.number().int().nullable(),
  /** When the oldest of them happened. */
  masAntiguoAt: instante.nullable(),
  /** Server − device, ms. */
  offsetMs: z.number().int().nullable(),
  almacenBytes: z.number().int().nullable(),
  versionApp: z.string().nullable(),
  /** Entries received from it, ever. */
  recibidos: z.number().int(),
  /** Of those, entries that no judge could process. */
  sinProcesar: z.number().int(),
})

export const nodoDePlataforma = z.object({ id: z.string(), version: z.string(), iniciadoAt: instante, latidoAt: instante })

export const estadoDePlataforma = z.object({
  hora: instante,
  motor: z.enum(['pglite', 'postgres']),
  equipos: z.array(equipoDePlataforma),
  /** Nodes heard of in the last minute. */
  nodos: z.array(nodoDePlataforma),
})
export type EstadoDePlataforma = z.infer<typeof estadoDePlataforma>

/** A node writes its heartbeat every 10 s. */
const NODO_VIVO_MS = MINUTO

/** Every device of every negocio, those with the oldest pending entry first, and the nodes that serve them. */
export function leerPlataforma(deps: Pick<Deps, 'db' | 'now'>): Promise<EstadoDePlataforma> {
  const hora = deps.now()
  return deps.db.plataforma(async (sql) => {
    const equipos = await sql<EstadoDePlataforma['equipos']>`
      select d.id, d.negocio_id, n.nombre as negocio, s.nombre as sucursal, d.nombre, d.tipo, d.serie, d.baja_at, e.ultimo_contacto_at,
        e.pendientes, e.mas_antiguo_at, e.offset_ms, e.almacen_usado_bytes as almacen_bytes, e.version_app,
        coalesce(e.recibidos, 0) as recibidos, coalesce(e.sin_procesar, 0) as sin_procesar
      from dispositivos d
      join negocios n on n.negocio_id = d.negocio_id
      left join negocio_sucursales s on s.negocio_id = d.negocio_id and s.id = d.sucursal_id
      left join estado_dispositivos e on e.id = d.id
      order by d.baja_at is not null, e.mas_antiguo_at nulls last, n.numero, d.created_at, d.serie`
    const nodos = await sql<EstadoDePlataforma['nodos']>`
      select id, version, iniciado_at, latido_at from nodos where latido_at > ${new Date(hora - NODO_VIVO_MS)} order by iniciado_at`
    return { hora, motor: deps.db.motor, equipos: [...equipos], nodos: [...nodos] }
  })
}
