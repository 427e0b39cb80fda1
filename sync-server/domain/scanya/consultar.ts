/** The day at the counter: history (SCAN-39, 52) and "mi resumen de hoy" (SCAN-11, 47). Of one sucursal, by its own calendar. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { diaLocal } from '../../../schema/core/tiempo.ts'
import { puede } from '../../../schema/domain/empleados/permisos.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import { netoCentavos } from '../../../schema/domain/transacciones/transaccion.ts'
import type { Deps } from '../../context.ts'
import { diaDeCalendario, pesos, ventanaDelDia } from '../transacciones/consultar.ts'
import { columnas, comoRest, type FilaDeTransaccion, fuentes, type TransaccionRest, transaccionRest } from './documento.ts'
import type { Mostrador } from './mostrador.ts'

export const consultaDeHistorial = z.object({
  fecha: diaDeCalendario.optional(),
  empleadoId: uuid.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** Read by the middleware. */
  sucursalId: uuid.optional(),
})
export type ConsultaDeHistorial = z.output<typeof consultaDeHistorial>

export const historial = z.object({
  transacciones: z.array(transaccionRest),
  page: z.number().int(),
  limit: z.number().int(),
  total: z.number().int(),
})

/** The person's own sales, unless the history of all was granted. Newest first. @throws Rechazo SIN_PERMISO */
export async function leerHistorial(deps: Deps, m: Mostrador, q: ConsultaDeHistorial): Promise<z.infer<typeof historial>> {
  const filas = await ventasDe(deps, m, q.fecha, quienSeVe(m, q.empleadoId))
  const desde = (q.page - 1) * q.limit
  const transacciones: TransaccionRest[] = filas.slice(desde, desde + q.limit).map(comoRest)
  return { transacciones, page: q.page, limit: q.limit, total: filas.length }
}

/** Null: everybody's. */
function quienSeVe(m: Mostrador, pedido: string | undefined): string | null {
  if (m.permisos === null || puede(m.permisos, 'verHistorialCompleto')) return pedido ?? null
  const propio = m.operador?.id ?? null
  if (!puede(m.permisos, 'verHistorialPropio') || propio === null) throw new Rechazo('SIN_PERMISO')
  if (pedido !== undefined && pedido !== propio) throw new Rechazo('SIN_PERMISO')
  return propio
}

/** Sales of one sucursal (EMP-24) on a day of its own calendar; absent: today. They are hundreds of rows: the calendar is decided here. */
async function ventasDe(deps: Deps, m: Mostrador, fecha: string | undefined, empleadoId: string | null): Promise<FilaDeTransaccion[]> {
  const { negocioId, sucursalId } = m
  return deps.db.negocio(negocioId, async (sql) => {
    const [sucursal] = await sql<{ zonaHoraria: string }[]>`
      select zona_horaria from negocio_sucursales where negocio_id = ${negocioId} and id = ${sucursalId}`
    const zona = sucursal?.zonaHoraria ?? ZONA_POR_DEFECTO
    const dia = fecha ?? diaLocal(deps.now(), zona)
    const { desde, hasta } = ventanaDelDia(dia)
    const filas = await sql<FilaDeTransaccion[]>`
      select ${columnas(sql)} from ${fuentes(sql)}
      where t.negocio_id = ${negocioId} and t.sucursal_id = ${sucursalId} and t.eff_at >= ${desde} and t.eff_at < ${hasta}
        and (${empleadoId}::uuid is null or t.empleado_id = ${empleadoId})
      order by t.eff_at desc, t.id`
    return filas.filter((f) => diaLocal(f.effAt, zona) === dia)
  })
}

export const miResumen = z.object({
  ventas: z.number().int(),
  /** Pesos, refunds taken off. */
  total: z.number(),
  /** Those in the balance of a client, less what refunds took back: not those that are held, were refused or lapsed. */
  puntosOtorgados: z.number().int(),
  /** How many sales had a cupón, and pesos it took off. */
  cupones: z.number().int(),
  descuento: z.number(),
})

/** The numbers of today of who asks: an empleado's own sales; a dueño's, those made without an empleado (SCAN-07). */
export async function leerMiResumen(deps: Deps, m: Mostrador): Promise<z.infer<typeof miResumen>> {
  const empleadoId = m.operador?.tipo === 'empleado' ? m.operador.id : null
  const filas = await ventasDe(deps, m, undefined, empleadoId)
  const vivas = filas.filter((f) => f.estado !== 'anulada' && (empleadoId !== null || f.empleadoId === null))
  const suma = (de: (f: FilaDeTransaccion) => number) => vivas.reduce((total, f) => total + de(f), 0)
  return {
    ventas: vivas.length,
    total: pesos(suma(netoCentavos)),
    puntosOtorgados: suma((f) => (f.acreditada ? f.puntosOtorgados - f.puntosDevueltos : 0)),
    cupones: vivas.filter((f) => f.cuponId !== null).length,
    descuento: pesos(suma((f) => f.descuentoCentavos)),
  }
}
