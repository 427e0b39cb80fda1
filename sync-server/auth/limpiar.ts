/** Forgets sessions, refresh tokens, leases of empleados and lockouts that can no longer matter to anybody. */
import { DIA } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { PREFIJO_DE_PIN } from './bloqueos-pin.ts'

/** Ended sessions stay this long, so that a client that comes back late is told SESION_VENCIDA and not SESION_REQUERIDA. */
const SESION_TERMINADA_MS = 7 * DIA
/** A used or revoked refresh token must be known for as long as it could be shown again: its own life. */
const BLOQUEO_OLVIDADO_MS = 2 * DIA
/** Wrong PINs in a row are counted over weeks: nine a month lead nowhere. */
const PIN_OLVIDADO_MS = 30 * DIA
/** A till that was away for less is still told that a lease ran out, and keeps what it sealed for the next login. */
const LICENCIA_OLVIDADA_MS = 35 * DIA

/** Returns how many rows went. Safe on several nodes at once. */
export function limpiarAccesos(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const ahora = deps.now()
  const antes = (ms: number) => new Date(ahora - ms)
  return deps.db.plataforma(async (sql) => {
    const sesiones = await sql`delete from sesiones where vence_at < ${antes(SESION_TERMINADA_MS)}`
    const refrescos = await sql`delete from refresh_tokens where vence_at < ${antes(0)}`
    const bloqueos = await sql`
      delete from bloqueos_acceso
      where greatest(desde_at, bloqueado_hasta) < case when starts_with(clave, ${PREFIJO_DE_PIN}) then ${antes(PIN_OLVIDADO_MS)}::timestamptz
        else ${antes(BLOQUEO_OLVIDADO_MS)}::timestamptz end`
    const licencias = await sql`delete from licencias_empleado where vence_at < ${antes(LICENCIA_OLVIDADA_MS)}`
    return sesiones.count + refrescos.count + bloqueos.count + licencias.count
  })
}
