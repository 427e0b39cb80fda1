import { Rechazo } from '../../../schema/core/rechazo.ts'
import { revocarSesionesDeDispositivo } from '../../auth/sesiones.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { tomarContador } from '../../sync/bitacora.ts'
import { libretaDe } from '../../sync/plataforma/notas.ts'

/**
 * Takes a device's rights away, now: its sessions end and its streams close. What it sold and has not sent is still received (DI9); points of
 * what comes after are held (R10). Doing it twice changes nothing. `sucursalId` null: any sucursal (dueño).
 * `alHacerlo` runs in the same transaction.
 * @throws Rechazo NO_ENCONTRADO, also for another's device
 */
export async function darDeBajaDispositivo(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  dispositivoId: string,
  motivo: string,
  sucursalId: string | null = null,
  alHacerlo?: (sql: Tx, ahora: number) => Promise<void>,
): Promise<{ bajaAt: number }> {
  const bajaAt = await deps.db.plataforma(async (sql) => {
    // The counter orders this against the sales being received: one that was accepted before is never later than bajaAt.
    const contador = await tomarContador(sql, negocioId)
    const ahora = Math.max(deps.now(), contador.ultimoRecibidoAt)
    const [fila] = await sql<{ bajaAt: number }[]>`
      update dispositivos set baja_at = coalesce(baja_at, ${new Date(ahora)}), baja_motivo = coalesce(baja_motivo, ${motivo})
      where negocio_id = ${negocioId} and id = ${dispositivoId} and (${sucursalId}::uuid is null or sucursal_id = ${sucursalId})
      returning baja_at`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    await revocarSesionesDeDispositivo(sql, negocioId, dispositivoId, ahora)
    await alHacerlo?.(sql, ahora)
    return fila.bajaAt
  })
  deps.hub.revocar(dispositivoId)
  libretaDe(deps).revisar({ dispositivoId, negocioId })
  return { bajaAt }
}
