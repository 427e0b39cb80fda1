/** The right of an empleado to work on one device without contact (design 04 §4): 72 hours, renewed in silence while it lives (TU4). */
import { uuidv7 } from '../../../schema/core/ids.ts'
import { HORA } from '../../../schema/core/tiempo.ts'
import { DURACION_DE_LICENCIA_MS } from '../../../schema/domain/dispositivos/limites.ts'
import { trabajaEn } from '../../../schema/domain/empleados/empleado.ts'
import type { PermisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import type { LicenciaEmpleado, RespuestaLicencias } from '../../../schema/protocol/turnos.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

/** With more than this left a lease is not written again: a till that reconnects ten times an hour writes it once. */
const SIN_PRISA_MS = 60 * HORA

interface Para {
  negocioId: string
  empleadoId: string
  dispositivoId: string
  permisos: PermisosScanYA
}

/** A new lease. Earlier ones of the same pair live on until they end: whoever lost this answer still holds one of them. */
export async function emitirLicenciaEmpleado(sql: Tx, deps: Pick<Deps, 'now' | 'azar'>, para: Para): Promise<LicenciaEmpleado> {
  const emitidaAt = deps.now()
  const licencia = { id: uuidv7(emitidaAt, deps.azar), emitidaAt, venceAt: emitidaAt + DURACION_DE_LICENCIA_MS }
  await sql`insert into licencias_empleado ${sql({
    negocio_id: para.negocioId,
    id: licencia.id,
    empleado_id: para.empleadoId,
    dispositivo_id: para.dispositivoId,
    emitida_at: new Date(emitidaAt),
    vence_at: new Date(licencia.venceAt),
    permisos: sql.json(para.permisos) as never,
  })}`
  return licencia
}

/** Ends every lease of an empleado, in the transaction that changes the PIN or the empleado: no clock has a say. */
export async function terminarLicencias(sql: Tx, negocioId: string, empleadoId: string): Promise<void> {
  await sql`delete from licencias_empleado where negocio_id = ${negocioId} and empleado_id = ${empleadoId}`
}

interface Fila {
  id: string
  emitidaAt: number
  venceAt: number
  activo: boolean
  accesoAt: number | null
  sucursalId: string | null
  todasLasSucursales: boolean
}

/**
 * What became of the leases a device holds; those that live get their 72 hours again. One of another device, or of nobody, is `terminada` like one
 * whose empleado left.
 */
export function renovarLicencias(
  deps: Pick<Deps, 'db' | 'now'>,
  equipo: Extract<Sesion, { clase: 'dispositivo' }>,
  ids: readonly string[],
): Promise<RespuestaLicencias> {
  const ahora = deps.now()
  const { negocioId, dispositivoId, sucursalId } = equipo
  return deps.db.negocio(negocioId, async (sql) => {
    const filas = await sql<Fila[]>`
      select l.id, l.emitida_at, l.vence_at, e.activo, e.acceso_at, e.sucursal_id, e.todas_las_sucursales
      from licencias_empleado l join empleados e on e.negocio_id = l.negocio_id and e.id = l.empleado_id
      where l.negocio_id = ${negocioId} and l.dispositivo_id = ${dispositivoId}
        and l.id = any(array(select jsonb_array_elements_text(${sql.json([...ids])})::uuid))`
    const porId = new Map(filas.map((fila) => [fila.id, fila]))
    const licencias = [...new Set(ids)].map((id) => comoEsta(id, porId.get(id), sucursalId, ahora))
    const renovables = licencias.filter((l) => l.estado === 'viva' && l.venceAt < ahora + SIN_PRISA_MS)
    for (const licencia of renovables) {
      licencia.venceAt = ahora + DURACION_DE_LICENCIA_MS
      await sql`update licencias_empleado set vence_at = ${new Date(licencia.venceAt)} where negocio_id = ${negocioId} and id = ${licencia.id}`
    }
    return { licencias }
  })
}

type Estado = RespuestaLicencias['licencias'][number]

function comoEsta(id: string, fila: Fila | undefined, sucursalId: string | null, ahora: number): Estado {
  const sigue = fila?.activo && fila.emitidaAt >= (fila.accesoAt ?? 0) && (sucursalId === null || trabajaEn(fila, sucursalId))
  if (!fila || !sigue) return { id, estado: 'terminada', venceAt: 0 }
  return { id, estado: fila.venceAt > ahora ? 'viva' : 'vencida', venceAt: fila.venceAt }
}
