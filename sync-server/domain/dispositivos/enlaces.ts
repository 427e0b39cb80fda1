/** PWA-14, 15. The links a negocio gave out: what became of each, letting in the till that waits, taking one back. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import type { EnlaceEmitido } from '../../../schema/protocol/dispositivos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

/** A link is told of for this long after it was made. */
const MEMORIA_MS = 3 * DIA

/** Newest first. `sucursalId` null: all of them; else a gerente's. */
export function listarEnlaces(deps: Pick<Deps, 'db' | 'now'>, negocioId: string, sucursalId: string | null): Promise<EnlaceEmitido[]> {
  const ahora = new Date(deps.now())
  return deps.db.negocio(
    negocioId,
    (sql) => sql<EnlaceEmitido[]>`
      select id, nombre, sucursal_id, empleado_id, created_at as creado_at, vence_at, modelo, cotejo,
        case when usado_at is not null then 'usado' when cancelado_at is not null then 'cancelado' when vence_at <= ${ahora} then 'vencido'
          when aprobado_at is not null then 'aprobado' when clave_pedida is not null then 'por_aprobar' else 'abierto' end as estado
      from enlaces_alta where negocio_id = ${negocioId} and created_at > ${new Date(deps.now() - MEMORIA_MS)} and ${deLaSucursal(sql, sucursalId)}
      order by created_at desc, id`,
  )
}

/**
 * The digits on the screen of the till are the ones the dueño reads in Studio: it may enter.
 * @throws Rechazo NO_ENCONTRADO (another's; nobody waits; used, expired or taken back), DATO_INVALIDO `cotejo`: the till that waits is another one
 */
export async function aprobarEnlace(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  enlaceId: string,
  cotejo: string,
  sucursalId: string | null,
): Promise<{ aprobadoAt: number }> {
  const ahora = new Date(deps.now())
  return deps.db.negocio(negocioId, async (sql) => {
    const [fila] = await sql<{ cotejo: string | null; aprobadoAt: number | null }[]>`
      select cotejo, aprobado_at from enlaces_alta where negocio_id = ${negocioId} and id = ${enlaceId} and clave_pedida is not null
        and usado_at is null and cancelado_at is null and vence_at > ${ahora} and ${deLaSucursal(sql, sucursalId)} for update`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    if (fila.cotejo !== cotejo) throw new Rechazo('DATO_INVALIDO', 'cotejo')
    if (fila.aprobadoAt === null)
      await sql`update enlaces_alta set aprobado_at = ${ahora} where negocio_id = ${negocioId} and id = ${enlaceId}`
    return { aprobadoAt: fila.aprobadoAt ?? ahora.getTime() }
  })
}

/** PWA-15. Taken back, or its digits did not match: it opens nothing. Doing it twice changes nothing. @throws Rechazo NO_ENCONTRADO (also a used one) */
export async function cancelarEnlace(
  deps: Pick<Deps, 'db' | 'now'>,
  negocioId: string,
  enlaceId: string,
  sucursalId: string | null,
): Promise<{ canceladoAt: number }> {
  return deps.db.negocio(negocioId, async (sql) => {
    const [fila] = await sql<{ canceladoAt: number }[]>`
      update enlaces_alta set cancelado_at = coalesce(cancelado_at, ${new Date(deps.now())})
      where negocio_id = ${negocioId} and id = ${enlaceId} and usado_at is null and ${deLaSucursal(sql, sucursalId)} returning cancelado_at`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    return fila
  })
}

const deLaSucursal = (sql: Tx, sucursalId: string | null) => sql`(${sucursalId}::uuid is null or sucursal_id = ${sucursalId})`
