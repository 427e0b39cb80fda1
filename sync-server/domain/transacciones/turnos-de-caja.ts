/** Shifts of the tills, as their hechos left them (schema/domain/hechos/juzgar-turno.ts). Money in pesos. */
import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import type { ResumenDeTurno } from '../../../schema/domain/hechos/tipos.ts'
import { esperadoEnCajon, RESUMEN_EN_CERO, vendidoDe } from '../../../schema/domain/turnos/cajon.ts'
import type { Deps } from '../../context.ts'
import { pesos } from './consultar.ts'

export const turnoDeCaja = z.object({
  id: uuid,
  sucursalId: uuid.nullable(),
  dispositivoId: uuid.nullable(),
  caja: z.string().nullable(),
  abiertoPor: z.string().nullable(),
  cerradoPor: z.string().nullable(),
  abiertoAt: instante,
  /** Null: it goes on. */
  cerradoAt: instante.nullable(),
  fondo: z.number(),
  /** What should be in the drawer: fondo + cash − refunds in cash. Null while it goes on. */
  esperado: z.number().nullable(),
  /** What was counted; null: it was not. */
  contado: z.number().nullable(),
  ventas: z.number().int(),
  total: z.number(),
  reembolsado: z.number(),
  descuento: z.number(),
  puntos: z.number().int(),
  cupones: z.number().int(),
  canjes: z.number().int(),
  anuladas: z.number().int(),
  nota: z.string().nullable(),
})
export type TurnoDeCajaRest = z.infer<typeof turnoDeCaja>

const TURNOS_POR_PAGINA = 100

interface Fila {
  id: string
  sucursalId: string | null
  dispositivoId: string | null
  caja: string | null
  abiertoPor: string | null
  cerradoPor: string | null
  abiertoAt: number
  cerradoAt: number | null
  fondoCentavos: number
  contadoCentavos: number | null
  resumen: ResumenDeTurno | null
  nota: string | null
}

/** Newest first, at most 100 that opened before `antesDe` (ms). `sucursalId` null: of all. */
export async function leerTurnosDeCaja(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  sucursalId: string | null,
  antesDe: number = deps.now() + 1,
): Promise<TurnoDeCajaRest[]> {
  const filas = await deps.db.negocio(
    negocioId,
    (sql) => sql<Fila[]>`
      select t.id, t.sucursal_id, t.dispositivo_id, d.nombre as caja, coalesce(a.nombre, '') as abierto_por, c.nombre as cerrado_por, t.abierto_at,
        t.cerrado_at, t.fondo_centavos, t.contado_centavos, t.resumen, t.nota
      from turnos_caja t
      left join dispositivos d on d.negocio_id = t.negocio_id and d.id = t.dispositivo_id
      left join empleados a on a.negocio_id = t.negocio_id and a.id = t.abierto_por
      left join empleados c on c.negocio_id = t.negocio_id and c.id = t.cerrado_por
      where t.negocio_id = ${negocioId} and t.abierto_at < ${new Date(antesDe)} and (${sucursalId}::uuid is null or t.sucursal_id = ${sucursalId})
      order by t.abierto_at desc, t.id limit ${TURNOS_POR_PAGINA}`,
  )
  return filas.map(comoRest)
}

function comoRest({ resumen, fondoCentavos, contadoCentavos, abiertoPor, ...t }: Fila): TurnoDeCajaRest {
  const r = resumen ?? RESUMEN_EN_CERO
  return {
    ...t,
    abiertoPor: abiertoPor || null,
    fondo: pesos(fondoCentavos),
    esperado: resumen && pesos(esperadoEnCajon(fondoCentavos, r)),
    contado: contadoCentavos === null ? null : pesos(contadoCentavos),
    ventas: r.ventas,
    total: pesos(vendidoDe(r)),
    reembolsado: pesos(r.reembolsadoCentavos),
    descuento: pesos(r.descuentoCentavos),
    ...{ puntos: r.puntos, cupones: r.cupones, canjes: r.canjes, anuladas: r.anuladas },
  }
}
