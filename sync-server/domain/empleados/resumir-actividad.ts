/** EMP-14, 16. What each empleado sold, gave back and was refused in some days, and how long they were at a till. */
import { z } from 'zod'
import { type PasoDeSesion, tiempoDeSesion } from '../../../schema/domain/empleados/actividad.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { pesos } from '../transacciones/consultar.ts'
import { leerRenglones, type Renglon, type Ventana } from './actividad.sql.ts'
import { FILAS_MAXIMAS, type Periodo, ventanaDe } from './consultar-actividad.ts'

export const resumenDeEmpleado = z.object({
  empleadoId: uuid,
  nombre: z.string(),
  nick: z.string(),
  ventas: z.number().int(),
  /** Pesos, refunds taken off. */
  total: z.number(),
  clientes: z.number().int(),
  puntosOtorgados: z.number().int(),
  cupones: z.number().int(),
  canjes: z.number().int(),
  reembolsos: z.number().int(),
  rechazados: z.number().int(),
  sesionMs: z.number().int(),
})
export type ResumenDeEmpleado = z.infer<typeof resumenDeEmpleado>

/** EMP-14, 16. One for each empleado who did or tried something; without `empleadoId`, of everybody. By total, then by name. @throws as leerActividad */
export function resumirActividad(deps: Pick<Deps, 'db' | 'now'>, negocioId: string, q: Periodo): Promise<ResumenDeEmpleado[]> {
  return deps.db.negocio(negocioId, async (sql) => {
    const { ventana } = await ventanaDe(sql, deps, negocioId, q)
    // A session that began the evening before is no part of this day; the shift that goes on past midnight is of the day it began.
    const [renglones, totales, gente] = await Promise.all([
      leerRenglones(sql, { ...ventana, tope: FILAS_MAXIMAS }),
      totalesDe(sql, ventana),
      sql<{ id: string; nombre: string; nick: string }[]>`select id, nombre, nick from empleados where negocio_id = ${negocioId}`,
    ])
    const deQuien = porPersona(renglones)
    const hasta = Math.min(ventana.hasta, deps.now())
    return gente
      .filter(({ id }) => deQuien.has(id) || totales.has(id))
      .map(({ id, nombre, nick }): ResumenDeEmpleado => {
        const suyos = deQuien.get(id) ?? []
        const cuantos = (...tipos: Renglon['tipo'][]) => suyos.filter((r) => tipos.includes(r.tipo) && r.resultado === 'ok').length
        const { totalCentavos = 0, ...hechos } = totales.get(id) ?? SIN_VENTAS
        return {
          ...{ empleadoId: id, nombre, nick, ...hechos, total: pesos(totalCentavos), canjes: cuantos('canje') },
          reembolsos: cuantos('reembolso', 'anulacion'),
          rechazados: suyos.filter((r) => r.resultado !== 'ok').length,
          sesionMs: tiempoDeSesion(pasosDe(suyos), hasta),
        }
      })
      .sort((a, b) => b.total - a.total || a.nombre.localeCompare(b.nombre, 'es'))
  })
}

const SIN_VENTAS = { ventas: 0, totalCentavos: 0, clientes: 0, puntosOtorgados: 0, cupones: 0 }
const pasosDe = (renglones: readonly Renglon[]): PasoDeSesion[] =>
  renglones.flatMap(({ tipo, resultado, dispositivoId, at }) =>
    (tipo === 'login' || tipo === 'logout') && resultado === 'ok' ? [{ tipo, dispositivoId, at }] : [],
  )

/** What was cancelled was no sale. */
async function totalesDe(sql: Tx, v: Ventana): Promise<Map<string, typeof SIN_VENTAS>> {
  const filas = await sql<(typeof SIN_VENTAS & { empleadoId: string })[]>`
    select empleado_id, count(*)::int as ventas, sum(monto_centavos - reembolsado_centavos)::bigint as total_centavos,
      count(distinct coalesce(cliente_id::text, card_id))::int as clientes, sum(puntos_otorgados - puntos_devueltos)::int as puntos_otorgados,
      count(cupon_id)::int as cupones
    from transacciones
    where negocio_id = ${v.negocioId} and estado <> 'anulada' and eff_at >= ${new Date(v.desde)} and eff_at < ${new Date(v.hasta)}
      and empleado_id is not null ${v.empleadoId === null ? sql`` : sql`and empleado_id = ${v.empleadoId}`}
      ${v.sucursalId === null ? sql`` : sql`and sucursal_id = ${v.sucursalId}`}
    group by empleado_id`
  return new Map(filas.map(({ empleadoId, ...resto }) => [empleadoId, resto]))
}

function porPersona(renglones: readonly Renglon[]): Map<string | null, Renglon[]> {
  const grupos = new Map<string | null, Renglon[]>()
  for (const r of renglones) {
    const suyos = grupos.get(r.empleadoId)
    if (suyos) suyos.push(r)
    else grupos.set(r.empleadoId, [r])
  }
  return grupos
}
