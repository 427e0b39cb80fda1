/** ADM-51, 63. What somebody of the platform did leaves a row, in the transaction that does it where it changes something. */
import { uuidv7 } from '../../../schema/core/ids.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

export interface AccionDeAdmin {
  adminId: string
  accion: 'revocar_dispositivo' | 'exportar_diario' | 'publicar_configuracion'
  modulo: 'dispositivos' | 'configuracion'
  detalles: Record<string, string | number | boolean | null>
}

export async function anotarAccion(
  sql: Tx,
  deps: Pick<Deps, 'azar'>,
  { adminId, accion, modulo, detalles }: AccionDeAdmin,
  at: number,
): Promise<void> {
  await sql`
    insert into log_admin (id, admin_id, accion, modulo, detalles, created_at)
    values (${uuidv7(at, deps.azar)}, ${adminId}, ${accion}, ${modulo}, ${sql.json(detalles)}, ${new Date(at)})`
}
