/** EMP-08, 17. What an empleado tried at a till, with its result. */
import type { Codigo } from '../../../schema/core/codigos.ts'
import { uuidv7 } from '../../../schema/core/ids.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

export interface Actividad {
  negocioId: string
  /** Null: the nick is of nobody. */
  empleadoId: string | null
  dispositivoId: string | null
  tipo: 'login' | 'logout' | 'pin'
  resultado: Codigo | 'ok'
  metadata?: Record<string, string | number | null>
}

/** One row, in the transaction of the caller. */
export async function anotarActividad(sql: Tx, deps: Pick<Deps, 'now' | 'azar'>, a: Actividad): Promise<void> {
  const ahora = deps.now()
  await sql`insert into actividad_empleado ${sql({
    negocio_id: a.negocioId,
    id: uuidv7(ahora, deps.azar),
    empleado_id: a.empleadoId,
    dispositivo_id: a.dispositivoId,
    tipo: a.tipo,
    resultado: a.resultado,
    metadata: sql.json(a.metadata ?? {}) as never,
    created_at: new Date(ahora),
  })}`
}
