/** Sales of one day, as the sucursal's own calendar says (design 03, "Time and place"). */
import { z } from 'zod'
import { pesosDesdeCentavos } from '../../../schema/core/dinero.ts'
import { DIA, diaLocal } from '../../../schema/core/tiempo.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import { netoCentavos } from '../../../schema/domain/transacciones/transaccion.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

/** Money in pesos, as every documented REST body gives it. */
export const renglonDeVenta = z.object({
  id: uuid,
  folio: z.string(),
  sucursalId: uuid.nullable(),
  empleadoId: uuid.nullable(),
  clienteId: uuid.nullable(),
  cliente: z.string().nullable(),
  monto: z.number(),
  reembolsado: z.number(),
  metodoPago: z.string(),
  puntosOtorgados: z.number().int(),
  puntosDevueltos: z.number().int(),
  acreditada: z.boolean(),
  /** Its points wait for the dueño. Neither this nor acreditada: they were refused, or lapsed. */
  retenida: z.boolean(),
  estado: z.enum(['completada', 'reembolsada', 'anulada']),
  effAt: instante,
  /** IANA zone of its sucursal: the hour a person there saw. */
  zonaHoraria: z.string(),
})
export type RenglonDeVenta = z.infer<typeof renglonDeVenta>

export const resumenDelDia = z.object({
  dia: z.string(),
  /** Sales that were not cancelled. */
  ventas: z.number().int(),
  anuladas: z.number().int(),
  /** Charged, before refunds. */
  bruto: z.number(),
  reembolsado: z.number(),
  /** What stays: bruto − reembolsado. */
  total: z.number(),
  /** Granted or on hold, less those taken back. What was refused or lapsed is not among them. */
  puntos: z.number().int(),
})
export type ResumenDelDia = z.infer<typeof resumenDelDia>

interface Fila {
  id: string
  folio: string
  sucursalId: string | null
  zonaHoraria: string | null
  empleadoId: string | null
  clienteId: string | null
  cliente: string | null
  montoCentavos: number
  reembolsadoCentavos: number
  metodoPago: string
  puntosOtorgados: number
  puntosDevueltos: number
  acreditada: boolean
  retenida: boolean
  estado: 'completada' | 'reembolsada' | 'anulada'
  effAt: number
}

/** `2026-11-21`, a day that exists, of a year in which somebody may have sold something. */
export const diaDeCalendario = z.iso.date().refine((dia) => dia >= '2000-01-01' && dia < '2200-01-01')

/** Instants between which a day lies in any zone; the calendar itself is decided by diaLocal. */
export function ventanaDelDia(dia: string): { desde: Date; hasta: Date } {
  const utc = Date.parse(`${dia}T00:00:00Z`)
  return { desde: new Date(utc - DIA), hasta: new Date(utc + 2 * DIA) }
}

async function filasDelDia(sql: Tx, negocioId: string, dia: string, sucursalId: string | null): Promise<Fila[]> {
  const { desde, hasta } = ventanaDelDia(dia)
  const filas = await sql<Fila[]>`
    select t.id, t.folio, t.sucursal_id, s.zona_horaria, t.empleado_id, t.cliente_id, c.alias as cliente, t.monto_centavos,
      t.reembolsado_centavos, t.metodo_pago, t.puntos_otorgados, t.puntos_devueltos, t.acreditada, t.estado, t.eff_at,
      exists (select from retenciones r where r.negocio_id = t.negocio_id and r.transaccion_id = t.id and r.estado = 'activa') as retenida
    from transacciones t
    left join negocio_sucursales s on s.negocio_id = t.negocio_id and s.id = t.sucursal_id
    left join clientes c on c.negocio_id = t.negocio_id and c.usuario_id = t.cliente_id
    where t.negocio_id = ${negocioId} and t.eff_at >= ${desde} and t.eff_at < ${hasta}
      and (${sucursalId}::uuid is null or t.sucursal_id = ${sucursalId})
    order by t.eff_at, t.cadena_id, t.seq`
  return filas.filter((f) => diaLocal(f.effAt, f.zonaHoraria ?? ZONA_POR_DEFECTO) === dia)
}

/** As a JSON number: `325.5`. */
export const pesos = (centavos: number): number => Number(pesosDesdeCentavos(centavos))

/** Without `dia`, today of each sucursal's default zone. Oldest first. `sucursalId` null: all. */
export async function ventasDelDia(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  dia: string | undefined,
  sucursalId: string | null,
): Promise<RenglonDeVenta[]> {
  const elDia = dia ?? diaLocal(deps.now(), ZONA_POR_DEFECTO)
  const filas = await deps.db.negocio(negocioId, (sql) => filasDelDia(sql, negocioId, elDia, sucursalId))
  return filas.map(({ zonaHoraria, montoCentavos, reembolsadoCentavos, ...resto }) => ({
    ...resto,
    zonaHoraria: zonaHoraria ?? ZONA_POR_DEFECTO,
    monto: pesos(montoCentavos),
    reembolsado: pesos(reembolsadoCentavos),
  }))
}

export async function resumirDia(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  dia: string | undefined,
  sucursalId: string | null,
): Promise<ResumenDelDia> {
  const elDia = dia ?? diaLocal(deps.now(), ZONA_POR_DEFECTO)
  const filas = await deps.db.negocio(negocioId, (sql) => filasDelDia(sql, negocioId, elDia, sucursalId))
  const vivas = filas.filter((f) => f.estado !== 'anulada')
  const suma = (de: (f: Fila) => number) => vivas.reduce((total, f) => total + de(f), 0)
  return {
    dia: elDia,
    ventas: vivas.length,
    anuladas: filas.length - vivas.length,
    bruto: pesos(suma((f) => f.montoCentavos)),
    reembolsado: pesos(suma((f) => f.reembolsadoCentavos)),
    total: pesos(suma(netoCentavos)),
    puntos: suma((f) => (f.acreditada || f.retenida ? f.puntosOtorgados - f.puntosDevueltos : 0)),
  }
}
