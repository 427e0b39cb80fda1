/** SCAN-34. Whoever sees a sale sees its photo, and nobody else. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { puede } from '../../../schema/domain/empleados/permisos.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { portadorDelCatalogo } from '../articulos/portador.ts'
import { almacenDe } from '../imagenes/almacen.ts'

interface Mirada {
  negocioId: string
  /** Null: all of them. */
  sucursalId: string | null
  /** Only sales of this empleado; null: of anybody. */
  empleadoId: string | null
}

/** @throws Rechazo SIN_PERMISO (an empleado without any history), and those of portadorDelCatalogo */
async function miradaDe(deps: Deps, sesion: Sesion, negocioId: string | undefined): Promise<Mirada> {
  if (sesion.clase === 'dispositivo' && sesion.tipo === 'caja')
    return { negocioId: sesion.negocioId, sucursalId: sesion.sucursalId, empleadoId: null }
  if (sesion.clase !== 'empleado') {
    const { negocioId: suyo, sucursalId } = await portadorDelCatalogo(deps, sesion, negocioId)
    return { negocioId: suyo, sucursalId, empleadoId: null }
  }
  const todo = puede(sesion.permisos, 'verHistorialCompleto')
  if (!todo && !puede(sesion.permisos, 'verHistorialPropio')) throw new Rechazo('SIN_PERMISO')
  return { negocioId: sesion.negocioId, sucursalId: sesion.sucursalId, empleadoId: todo ? null : sesion.empleadoId }
}

/** The webp. `negocioId`: of an account that has several. @throws Rechazo NO_ENCONTRADO (also one of a sale that is not theirs to see), SIN_PERMISO */
export async function leerEvidencia(
  deps: Deps,
  sesion: Sesion,
  hash: string,
  negocioId: string | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const mirada = await miradaDe(deps, sesion, negocioId)
  const archivo = await deps.db.negocio(mirada.negocioId, (sql) => archivoDe(sql, mirada, hash))
  const bytes = archivo && (await almacenDe(deps.env).leer(mirada.negocioId, archivo))
  if (!bytes) throw new Rechazo('NO_ENCONTRADO')
  return bytes
}

async function archivoDe(sql: Tx, { negocioId, sucursalId, empleadoId }: Mirada, hash: string): Promise<string | null> {
  const [fila] = await sql<{ archivo: string }[]>`
    select e.archivo from evidencias_foto e
    where e.negocio_id = ${negocioId} and e.hash = ${hash} and e.completa_at is not null and exists (
      select from transacciones t where t.negocio_id = ${negocioId} and t.foto = ${hash}
        and (${sucursalId}::uuid is null or t.sucursal_id = ${sucursalId}) and (${empleadoId}::uuid is null or t.empleado_id = ${empleadoId}))`
  return fila?.archivo ?? null
}
