/** EMP-08, 17. What an empleado tried at a till, with its result. */
import type { Codigo } from '../../../schema/core/codigos.ts'
import { uuidv7 } from '../../../schema/core/ids.ts'
import type { AccionScanYA } from '../../../schema/domain/empleados/permisos.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

export interface Actividad {
  negocioId: string
  /** Null: the nick is of nobody. */
  empleadoId: string | null
  dispositivoId: string | null
  tipo: 'login' | 'logout' | 'venta' | 'cupon' | 'reembolso' | 'pin'
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

/** Looking at a list is no activity of EMP-08. */
const TIPOS: Partial<Record<AccionScanYA, Actividad['tipo']>> = {
  escanearQR: 'venta',
  registrarVentas: 'venta',
  modificarMontos: 'venta',
  reembolsos: 'reembolso',
  cancelaciones: 'reembolso',
  validarCupones: 'cupon',
  validarCanjes: 'cupon',
}

/** EMP-17, SCAN-49. An empleado asked for what the permissions do not include. What they do do is in the journal. */
export async function anotarNegada(deps: Pick<Deps, 'db' | 'now' | 'azar'>, sesion: Sesion, accion: AccionScanYA): Promise<void> {
  const tipo = TIPOS[accion]
  if (sesion.clase !== 'empleado' || !tipo) return
  const { negocioId, empleadoId, dispositivoId } = sesion
  const negada = { negocioId, empleadoId, dispositivoId, tipo, resultado: 'SIN_PERMISO' as const, metadata: { accion } }
  await deps.db.negocio(negocioId, (sql) => anotarActividad(sql, deps, negada))
}
