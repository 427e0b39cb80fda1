import type { Deps } from '../../context.ts'
import { darDeBajaDispositivo } from '../dispositivos/baja.ts'
import { negocioDe } from './diario-recibido.ts'
import { anotarAccion } from './log-admin.ts'

/**
 * The platform revokes a device of any negocio (a stolen tablet, a cloned key): what its dueño could do, and a row in the log that says who did it.
 * Doing it twice changes nothing but the log. @throws Rechazo NO_ENCONTRADO
 */
export async function revocarDesdePlataforma(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>,
  adminId: string,
  dispositivoId: string,
  motivo: string,
): Promise<{ bajaAt: number }> {
  const negocioId = await deps.db.plataforma((sql) => negocioDe(sql, dispositivoId), { soloLectura: true })
  return darDeBajaDispositivo(deps, negocioId, dispositivoId, motivo, null, (sql, ahora) =>
    anotarAccion(
      sql,
      deps,
      { adminId, accion: 'revocar_dispositivo', modulo: 'dispositivos', detalles: { negocioId, dispositivoId, motivo } },
      ahora,
    ),
  )
}
