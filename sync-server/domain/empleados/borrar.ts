import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps } from '../../context.ts'
import { darDeBajaEmpleado } from './baja.ts'
import { suyo } from './listar.ts'

/**
 * EMP-14. Deactivates and takes off every list, for good. Phone and PIN are forgotten; name and nick stay in the ledger, and the nick is given to nobody
 * else: a ledger that names a cashier names one person.
 * @throws Rechazo NO_ENCONTRADO
 */
export async function borrarEmpleado(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  empleadoId: string,
  sucursalId: string | null,
): Promise<{ borradoAt: number }> {
  await darDeBajaEmpleado(deps, negocioId, empleadoId, sucursalId)
  const borradoAt = deps.now()
  const hechas = await deps.db.negocio(
    negocioId,
    (sql) => sql`
      update empleados e set borrado_at = ${new Date(borradoAt)}, telefono = null, pin_hash = null
      where ${suyo(sql, negocioId, empleadoId, sucursalId)} returning e.id`,
  )
  if (!hechas.length) throw new Rechazo('NO_ENCONTRADO')
  return { borradoAt }
}
