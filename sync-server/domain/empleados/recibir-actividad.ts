import type { z } from 'zod'
import { DIA } from '../../../schema/core/tiempo.ts'
import type { pedidoActividad } from '../../../schema/protocol/turnos.ts'
import type { Deps, Sesion } from '../../context.ts'

/** A till that nobody reached for longer tells of this time only. */
const MEMORIA_MS = 60 * DIA

/**
 * EMP-08, 17. What a till tells of a time without network, in the hours of its own clock, never later than now. An id that is known already, and an empleado of
 * nobody, make no row.
 */
export async function recibirActividad(
  deps: Pick<Deps, 'db' | 'now'>,
  { negocioId, dispositivoId }: Extract<Sesion, { clase: 'dispositivo' }>,
  { actividad }: z.output<typeof pedidoActividad>,
): Promise<{ recibidas: number }> {
  const ahora = deps.now()
  const filas = actividad
    .filter(({ at }) => at > ahora - MEMORIA_MS)
    .map(({ motivo, at, ...resto }) => ({ ...resto, metadata: motivo ? { motivo } : {}, at: Math.min(at, ahora) }))
  const hechas = await deps.db.negocio(
    negocioId,
    (sql) => sql`
      insert into actividad_empleado (negocio_id, id, empleado_id, dispositivo_id, tipo, resultado, metadata, created_at, offline)
      select e.negocio_id, (x ->> 'id')::uuid, e.id, ${dispositivoId}::uuid, x ->> 'tipo', x ->> 'resultado', x -> 'metadata',
        to_timestamp((x ->> 'at')::bigint / 1000.0), true
      from jsonb_array_elements(${sql.json(filas as never)}::jsonb) x
      join empleados e on e.negocio_id = ${negocioId} and e.id = (x ->> 'empleadoId')::uuid
      on conflict do nothing returning id`,
  )
  return { recibidas: hechas.length }
}
