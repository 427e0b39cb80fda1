/** EMP-08, 16, 17. The log of who works at the tills, a page at a time. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA, diaLocal } from '../../../schema/core/tiempo.ts'
import { inicioDeDia, otroDia, TIPOS_DE_ACTIVIDAD } from '../../../schema/domain/empleados/actividad.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { diaDeCalendario, pesos } from '../transacciones/consultar.ts'
import { leerRenglones, type Renglon, type Ventana } from './actividad.sql.ts'

const DIAS_MAXIMOS = 92
/** Of one reading, the newest. */
export const FILAS_MAXIMAS = 20_000

/** Days of the calendar of the sucursal (of the first one, when none is named), both included; absent: today. */
export const consultaDeResumen = z.object({
  desde: diaDeCalendario.optional(),
  hasta: diaDeCalendario.optional(),
  empleadoId: uuid.optional(),
  sucursalId: uuid.optional(),
})
export const consultaDeActividad = consultaDeResumen.extend({
  tipo: z.enum(TIPOS_DE_ACTIVIDAD).optional(),
  resultado: z.enum(['ok', 'rechazado']).optional(),
  /** `siguiente` of the page before. */
  antesDe: z
    .string()
    .regex(/^\d{1,16}\|[\w|-]{1,120}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const renglonDeActividad = z.object({
  id: z.string(),
  at: instante,
  empleadoId: uuid.nullable(),
  tipo: z.enum(TIPOS_DE_ACTIVIDAD),
  /** `ok`, or the code of the refusal. */
  resultado: z.string(),
  folio: z.string().nullable(),
  /** Pesos. */
  monto: z.number().nullable(),
  puntos: z.number().int().nullable(),
  cliente: z.string().nullable(),
  equipo: z.string().nullable(),
  detalle: z.string().nullable(),
  /** Told by the till later: there was no network. */
  offline: z.boolean(),
})
export const paginaDeActividad = z.object({
  renglones: z.array(renglonDeActividad),
  siguiente: z.string().nullable(),
  /** IANA, of the hours and days told. */
  zona: z.string(),
})
export type ConsultaDePagina = z.output<typeof consultaDeActividad>

/** Newest first. @throws Rechazo DATO_INVALIDO `hasta` (before `desde`, or more than 92 days) */
export function leerActividad(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  q: ConsultaDePagina,
): Promise<z.infer<typeof paginaDeActividad>> {
  return deps.db.negocio(negocioId, async (sql) => {
    const { ventana, zona } = await ventanaDe(sql, deps, negocioId, q)
    const [antesDe = null, ultimo = ''] = q.antesDe ? partir(q.antesDe) : []
    // Filtered here: a page may need more than one round of rows.
    const hallados: Renglon[] = []
    let corte = antesDe === null ? null : { at: antesDe, id: ultimo }
    for (let quedan = true; quedan && hallados.length <= q.limit; ) {
      const tope = q.limit + 1
      const leidos = (await leerRenglones(sql, { ...ventana, antesDe: corte?.at ?? null, tope: tope + EMPATADOS_MAXIMOS })).sort(masNuevo)
      const nuevos = leidos.filter((r) => corte === null || masNuevo(corte, r) < 0).slice(0, tope)
      hallados.push(...nuevos.filter((r) => pasa(r, q)))
      quedan = nuevos.length === tope
      corte = nuevos.at(-1) ?? corte
    }
    const renglones = hallados.slice(0, q.limit)
    const ultima = renglones.at(-1)
    return {
      renglones: renglones.map(comoRest),
      siguiente: hallados.length > q.limit && ultima ? `${ultima.at}|${ultima.id}` : null,
      zona,
    }
  })
}

/** Rows of one instant are read again with the page behind them; a till makes few at once. */
const EMPATADOS_MAXIMOS = 50
const partir = (cursor: string): [number, string] => {
  const corte = cursor.indexOf('|')
  return [Number(cursor.slice(0, corte)), cursor.slice(corte + 1)]
}
/** Newest first. */
export const masNuevo = (a: { at: number; id: string }, b: { at: number; id: string }): number =>
  b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
export const pasa = (r: Renglon, { tipo, resultado }: Pick<ConsultaDePagina, 'tipo' | 'resultado'>): boolean =>
  (tipo === undefined || r.tipo === tipo) && (resultado === undefined || (r.resultado === 'ok') === (resultado === 'ok'))
const comoRest = ({ montoCentavos, dispositivoId: _, ...resto }: Renglon) => ({
  ...resto,
  monto: montoCentavos === null ? null : pesos(montoCentavos),
})

/** Days of a negocio: which instants they are, and where. Absent: not asked. */
export interface Periodo {
  desde?: string | undefined
  hasta?: string | undefined
  empleadoId?: string | undefined
  sucursalId?: string | undefined
}

/** @throws Rechazo DATO_INVALIDO `hasta` */
export async function ventanaDe(
  sql: Tx,
  deps: Pick<Deps, 'now'>,
  negocioId: string,
  { desde, hasta, empleadoId, sucursalId }: Periodo,
): Promise<{ ventana: Ventana; zona: string }> {
  const [lugar] = await sql<{ zonaHoraria: string }[]>`
    select zona_horaria from negocio_sucursales where negocio_id = ${negocioId} and (${sucursalId ?? null}::uuid is null or id = ${sucursalId ?? null})
    order by numero limit 1`
  const zona = lugar?.zonaHoraria ?? ZONA_POR_DEFECTO
  const primero = desde ?? hasta ?? diaLocal(deps.now(), zona)
  const ultimo = hasta ?? primero
  const entre = { desde: inicioDeDia(primero, zona), hasta: inicioDeDia(otroDia(ultimo, 1), zona) }
  if (entre.hasta <= entre.desde || entre.hasta - entre.desde > (DIAS_MAXIMOS + 1) * DIA) throw new Rechazo('DATO_INVALIDO', 'hasta')
  return { ventana: { negocioId, ...entre, empleadoId: empleadoId ?? null, sucursalId: sucursalId ?? null, antesDe: null, tope: 0 }, zona }
}
