/** What a shopper asks about the own card: nivel, points per negocio, movements (CARD-32, 34, 35). Every read is inside the shopper's context. */
import { z } from 'zod'
import { pesosDesdeCentavos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { reglasDeLaPlataforma } from '../../../schema/domain/configuracion-app/reglas.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { NIVELES, type Nivel } from '../../../schema/domain/niveles/nivel.ts'
import { getMultiplicador, getProgresoNivel } from '../../../schema/domain/niveles/niveles.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'

export const puntosEnNegocio = z.object({
  negocioId: uuid,
  nombre: z.string(),
  puntosDisponibles: z.number().int(),
  puntosAcumulados: z.number().int(),
  /** On hold; not part of the available ones. */
  puntosRetenidos: z.number().int(),
  ultimaVisitaAt: instante.nullable(),
})
export type PuntosEnNegocio = z.infer<typeof puntosEnNegocio>

export const miTarjeta = z.object({
  usuario: z.object({ id: uuid, nombre: z.string(), apellidos: z.string() }),
  nivelCardya: z.enum(NIVELES),
  /** 1, 1.25 or 1.5 */
  multiplicador: z.number(),
  puntosLifetime: z.number().int(),
  /** CARD-43: the sum over every negocio; points of one are of no use in another (CARD-05). */
  puntosDisponibles: z.number().int(),
  progreso: z.object({ progreso: z.number(), siguiente: z.enum(NIVELES).nullable(), faltantes: z.number().int() }),
  negocios: z.array(puntosEnNegocio),
})
export type MiTarjeta = z.infer<typeof miTarjeta>

export const movimiento = z.object({
  id: uuid,
  negocioId: uuid,
  tipo: z.enum(['ganado', 'canjeado', 'expirado', 'devuelto', 'anulado']),
  /** Signed. */
  puntos: z.number().int(),
  /** Pesos; null when no purchase is behind it. */
  montoCompra: z.number().nullable(),
  multiplicador: z.number().nullable(),
  nivelAlMomento: z.enum(NIVELES).nullable(),
  transaccionId: uuid.nullable(),
  descripcion: z.string(),
  fecha: instante,
})
export const historialDeMovimientos = z.object({
  movimientos: z.array(movimiento),
  page: z.number().int(),
  limit: z.number().int(),
  total: z.number().int(),
})
export type HistorialDeMovimientos = z.infer<typeof historialDeMovimientos>

interface Persona {
  id: string
  nombre: string
  apellidos: string
  nivelCardya: Nivel
  puntosLifetime: number
}

/** @throws Rechazo SESION_VENCIDA when the account was erased meanwhile */
export function leerMiTarjeta(deps: Pick<Deps, 'db'>, usuarioId: string): Promise<MiTarjeta> {
  return deps.db.usuario(usuarioId, async (sql) => {
    const [persona] = await sql<Persona[]>`
      select id, nombre, apellidos, nivel_cardya, puntos_lifetime from usuarios where id = ${usuarioId} and borrado_at is null`
    if (!persona) throw new Rechazo('SESION_VENCIDA')
    const { nivelCardya, puntosLifetime, ...usuario } = persona
    const negocios = await leerPuntos(sql, usuarioId, null)
    const { umbrales, multiplicadoresPct } = reglasDeLaPlataforma((await configuracionDeApp(sql)).contenido)
    return {
      usuario,
      nivelCardya,
      multiplicador: getMultiplicador(nivelCardya, multiplicadoresPct) / 100,
      puntosLifetime,
      puntosDisponibles: negocios.reduce((suma, n) => suma + n.puntosDisponibles, 0),
      progreso: getProgresoNivel(puntosLifetime, umbrales, nivelCardya),
      negocios,
    }
  })
}

/** A negocio where the shopper never bought, and one that does not exist, answer alike: NO_ENCONTRADO. */
export async function leerPuntosEn(deps: Pick<Deps, 'db'>, usuarioId: string, negocioId: string): Promise<PuntosEnNegocio> {
  const [puntos] = await deps.db.usuario(usuarioId, (sql) => leerPuntos(sql, usuarioId, negocioId))
  if (!puntos) throw new Rechazo('NO_ENCONTRADO')
  return puntos
}

/** Names are the ones frozen in the shopper's own stream: a negocio's table is not a shopper's to read. */
const leerPuntos = (sql: Tx, usuarioId: string, negocioId: string | null): Promise<PuntosEnNegocio[]> =>
  sql<PuntosEnNegocio[]>`
    select p.negocio_id, m.doc->>'negocioNombre' as nombre, p.puntos_disponibles, p.puntos_acumulados, p.puntos_retenidos,
      c.ultima_visita_at
    from puntos_por_negocio p
    join mias m on m.usuario_id = p.usuario_id and m.id = 'puntos:' || p.negocio_id
    left join clientes c on c.negocio_id = p.negocio_id and c.usuario_id = p.usuario_id
    where p.usuario_id = ${usuarioId} and (${negocioId}::uuid is null or p.negocio_id = ${negocioId})
    order by c.ultima_visita_at desc nulls last, p.negocio_id`.then((filas) => [...filas])

interface FilaDeMovimiento extends Omit<z.infer<typeof movimiento>, 'montoCompra' | 'multiplicador'> {
  montoCentavos: number | null
  multiplicadorPct: number | null
}

/** Newest first. `page` from 1, `limit` 1 to 100. */
export function leerHistorial(
  deps: Pick<Deps, 'db'>,
  usuarioId: string,
  { negocioId = null, page, limit }: { negocioId?: string | null | undefined; page: number; limit: number },
): Promise<HistorialDeMovimientos> {
  return deps.db.usuario(usuarioId, async (sql) => {
    const [cuenta] = await sql<{ total: number }[]>`
      select count(*)::int as total from historial_puntos
      where usuario_id = ${usuarioId} and (${negocioId}::uuid is null or negocio_id = ${negocioId})`
    const filas = await sql<FilaDeMovimiento[]>`
      select id, negocio_id, tipo, puntos, monto_centavos, multiplicador_pct, nivel_al_momento, transaccion_id, descripcion, eff_at as fecha
      from historial_puntos
      where usuario_id = ${usuarioId} and (${negocioId}::uuid is null or negocio_id = ${negocioId})
      order by eff_at desc, id desc limit ${limit} offset ${(page - 1) * limit}`
    return { movimientos: filas.map(alFrente), page, limit, total: cuenta?.total ?? 0 }
  })
}

const alFrente = ({ montoCentavos, multiplicadorPct, ...fila }: FilaDeMovimiento): z.infer<typeof movimiento> => ({
  ...fila,
  montoCompra: montoCentavos === null ? null : Number(pesosDesdeCentavos(montoCentavos)),
  multiplicador: multiplicadorPct === null ? null : multiplicadorPct / 100,
})
