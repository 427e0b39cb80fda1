/** Access sessions: rows of ours, so that a revocation counts from the next request on. 10 minutes each. */

import { uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { MINUTO } from '../../schema/core/tiempo.ts'
import type { PermisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import type { Deps, Sesion } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { enTextos } from '../sync/filas.sql.ts'
import { huella, nuevoToken } from './tokens.ts'

export const SESION_MS = 10 * MINUTO

export type Quien =
  | { clase: 'cuenta'; usuarioId: string; app: string; familia: string }
  | { clase: 'dispositivo'; dispositivoId: string; negocioId: string; tipo: 'caja' | 'studio' }
  | { clase: 'empleado'; empleadoId: string; dispositivoId: string; negocioId: string }

export interface SesionAbierta {
  token: string
  /** ms */
  venceAt: number
}

/** Opens a session inside a plataforma transaction. The token is in the answer and nowhere else. */
export async function abrirSesion(sql: Tx, deps: Pick<Deps, 'now' | 'azar'>, quien: Quien): Promise<SesionAbierta> {
  const ahora = deps.now()
  const token = nuevoToken(deps)
  const venceAt = ahora + SESION_MS
  const id = uuidv7(ahora, deps.azar)
  const cuenta = quien.clase === 'cuenta' ? quien : undefined
  const equipo = quien.clase === 'cuenta' ? undefined : quien
  const fila = {
    id,
    token_hash: huella(token),
    clase: quien.clase,
    cuenta_id: cuenta?.usuarioId ?? null,
    de_negocio: equipo?.negocioId ?? null,
    dispositivo_id: equipo?.dispositivoId ?? null,
    empleado_id: quien.clase === 'empleado' ? quien.empleadoId : null,
    familia: cuenta?.familia ?? id,
    app: quien.clase === 'cuenta' ? quien.app : quien.clase === 'empleado' ? 'caja' : quien.tipo,
    vence_at: new Date(venceAt),
    created_at: new Date(ahora),
  }
  await sql`insert into sesiones ${sql(fila)}`
  return { token, venceAt }
}

interface FilaDeSesion {
  id: string
  tokenHash: string
  clase: Quien['clase']
  cuentaId: string | null
  esSuperadmin: boolean | null
  cuentaBorrada: boolean
  deNegocio: string | null
  dispositivoId: string | null
  sucursalId: string | null
  tipo: 'caja' | 'studio' | null
  empleadoId: string | null
  permisosScanYa: PermisosScanYA | null
  /** The empleado left, or has a newer PIN than this session. */
  empleadoFuera: boolean
  app: string
  venceAt: number
  revocadaAt: number | null
  bajaAt: number | null
}

/**
 * Who holds this token, now.
 * @throws Rechazo SESION_REQUERIDA (none, or unknown), SESION_VENCIDA (expired or revoked; the empleado left, EMP-19), DISPOSITIVO_REVOCADO
 */
export async function sesionDeToken(deps: Pick<Deps, 'db' | 'now'>, token: string | undefined): Promise<Sesion> {
  if (!token) throw new Rechazo('SESION_REQUERIDA')
  const [fila] = await deps.db.plataforma((sql) => sql<FilaDeSesion[]>`${filasDeSesion(sql)} where s.token_hash = ${huella(token)}`)
  return vigente(deps, fila)
}

/** The same of many tokens in one transaction, in their order; null for whoever would be refused. */
export async function sesionesDeTokens(deps: Pick<Deps, 'db' | 'now'>, tokens: readonly string[]): Promise<(Sesion | null)[]> {
  const huellas = tokens.map(huella)
  const filas = await deps.db.plataforma(
    (sql) => sql<FilaDeSesion[]>`${filasDeSesion(sql)} where s.token_hash = ${enTextos(sql, huellas)}`,
    { soloLectura: true },
  )
  const porHuella = new Map(filas.map((fila) => [fila.tokenHash, fila]))
  return huellas.map((una) => {
    try {
      return vigente(deps, porHuella.get(una))
    } catch (error) {
      if (error instanceof Rechazo) return null
      throw error
    }
  })
}

const filasDeSesion = (sql: Tx) => sql`
      select s.id, s.token_hash, s.clase, s.cuenta_id, u.es_superadmin, u.borrado_at is not null as cuenta_borrada, s.de_negocio, s.dispositivo_id,
        d.sucursal_id, d.tipo, s.app, s.vence_at, s.revocada_at, d.baja_at, s.empleado_id, e.permisos_scan_ya,
        s.empleado_id is not null and (e.activo is not true or s.created_at < coalesce(e.acceso_at, '-infinity')) as empleado_fuera
      from sesiones s
      left join usuarios u on u.id = s.cuenta_id
      left join dispositivos d on d.negocio_id = s.de_negocio and d.id = s.dispositivo_id
      left join empleados e on e.negocio_id = s.de_negocio and e.id = s.empleado_id`

function vigente(deps: Pick<Deps, 'now'>, fila: FilaDeSesion | undefined): Sesion {
  if (!fila) throw new Rechazo('SESION_REQUERIDA')
  if (fila.bajaAt !== null) throw new Rechazo('DISPOSITIVO_REVOCADO')
  if (fila.revocadaAt !== null || fila.cuentaBorrada || fila.empleadoFuera || fila.venceAt <= deps.now())
    throw new Rechazo('SESION_VENCIDA')
  return comoSesion(fila)
}

function comoSesion(fila: FilaDeSesion): Sesion {
  if (fila.clase === 'cuenta')
    return { clase: 'cuenta', sesionId: fila.id, usuarioId: fila.cuentaId!, app: fila.app, esSuperadmin: fila.esSuperadmin === true }
  const equipo = { sesionId: fila.id, dispositivoId: fila.dispositivoId!, negocioId: fila.deNegocio!, sucursalId: fila.sucursalId }
  if (fila.clase === 'empleado') return { ...equipo, clase: 'empleado', empleadoId: fila.empleadoId!, permisos: fila.permisosScanYa! }
  return { ...equipo, clase: 'dispositivo', tipo: fila.tipo! }
}

/** Ends every session of a device at once, also those of who works at it. */
export async function revocarSesionesDeDispositivo(sql: Tx, negocioId: string, dispositivoId: string, ahora: number): Promise<void> {
  await sql`update sesiones set revocada_at = ${new Date(ahora)}
    where de_negocio = ${negocioId} and dispositivo_id = ${dispositivoId} and revocada_at is null`
}

/** Ends every session of an empleado, on whatever till. */
export async function revocarSesionesDeEmpleado(sql: Tx, negocioId: string, empleadoId: string, ahora: number): Promise<void> {
  await sql`update sesiones set revocada_at = ${new Date(ahora)}
    where de_negocio = ${negocioId} and empleado_id = ${empleadoId} and revocada_at is null`
}

/** Ends a login: its access sessions and its refresh tokens. Gives the ids of the sessions that ended. */
export async function revocarFamilia(sql: Tx, familia: string, ahora: number): Promise<string[]> {
  const sesiones = await sql<{ id: string }[]>`
    update sesiones set revocada_at = ${new Date(ahora)} where familia = ${familia} and revocada_at is null returning id`
  await sql`update refresh_tokens set revocado_at = ${new Date(ahora)} where familia = ${familia} and revocado_at is null`
  return sesiones.map((s) => s.id)
}
