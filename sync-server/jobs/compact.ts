/**
 * Compacting: the change log is kept as long as a replica may be away. Older rows go and the horizon rises; whoever comes from below it takes the
 * snapshot again (PU4). Events that were applied go too.
 */
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { tomarContador } from '../sync/bitacora.ts'
import { tomarContadorDeUsuario } from '../sync/mias.sql.ts'

/** Days of log kept, the same as a till keeps of its journal. */
export const DIAS_DE_BITACORA = 35
const POR_VUELTA = 200

/** Compacts every stream with something older. Gives how many streams were touched. */
export async function compactar(deps: Pick<Deps, 'db' | 'now' | 'log'>): Promise<number> {
  const limite = new Date(deps.now() - DIAS_DE_BITACORA * DIA)
  const { negocios, usuarios } = await deps.db.plataforma(async (sql) => ({
    negocios: await sql<{ id: string }[]>`
      select c.negocio_id as id from contadores_negocio c where exists (
        select from cambios_negocio x where x.negocio_id = c.negocio_id and x.seq = c.horizonte + 1 and x.at < ${limite}) limit ${POR_VUELTA}`,
    usuarios: await sql<{ id: string }[]>`
      select c.usuario_id as id from contadores_usuario c where exists (
        select from cambios_usuario x where x.usuario_id = c.usuario_id and x.seq = c.horizonte + 1 and x.at < ${limite}) limit ${POR_VUELTA}`,
  }))
  let hechos = 0
  const intentar = async (id: string, fn: () => Promise<void>) => {
    try {
      await fn()
      hechos++
    } catch (err) {
      deps.log.error({ err, id }, 'a stream could not be compacted')
    }
  }
  for (const { id } of negocios) await intentar(id, () => compactarNegocio(deps, id, limite))
  for (const { id } of usuarios) await intentar(id, () => compactarUsuario(deps, id, limite))
  return hechos
}

/** Only a whole prefix goes: `at` may repeat, and a clock that stepped back must not leave a hole below the horizon. */
function compactarNegocio(deps: Pick<Deps, 'db'>, negocioId: string, limite: Date): Promise<void> {
  return deps.db.negocio(negocioId, async (sql) => {
    await tomarContador(sql, negocioId)
    await sql`
      with hasta as (
        select coalesce((select min(seq) - 1 from cambios_negocio where negocio_id = ${negocioId} and at >= ${limite}),
          (select max(seq) from cambios_negocio where negocio_id = ${negocioId})) as seq),
      idos as (delete from cambios_negocio where negocio_id = ${negocioId} and seq <= (select seq from hasta))
      update contadores_negocio set horizonte = greatest(horizonte, (select seq from hasta)) where negocio_id = ${negocioId}`
    await sql`delete from usuario_eventos where negocio_id = ${negocioId} and aplicado_at < ${limite}`
  })
}

function compactarUsuario(deps: Pick<Deps, 'db'>, usuarioId: string, limite: Date): Promise<void> {
  return deps.db.usuario(usuarioId, async (sql) => {
    await tomarContadorDeUsuario(sql, usuarioId)
    await sql`
      with hasta as (
        select coalesce((select min(seq) - 1 from cambios_usuario where usuario_id = ${usuarioId} and at >= ${limite}),
          (select max(seq) from cambios_usuario where usuario_id = ${usuarioId})) as seq),
      idos as (delete from cambios_usuario where usuario_id = ${usuarioId} and seq <= (select seq from hasta))
      update contadores_usuario set horizonte = greatest(horizonte, (select seq from hasta)) where usuario_id = ${usuarioId}`
  })
}

/** The platform's log is written whole for every row that moves, and its reader is a screen: whoever was away longer takes the rows anew (SH5). */
export const BITACORA_DE_PLATAFORMA_MS = HORA

/** Compacts the platform's own log. Gives how many rows went. */
export function compactarPlataforma(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const limite = new Date(deps.now() - BITACORA_DE_PLATAFORMA_MS)
  return deps.db.plataforma(async (sql) => {
    await sql`select from contador_plataforma where id = 1 for update`
    const [fila] = await sql<{ idas: number }[]>`
      with hasta as (
        select coalesce((select seq - 1 from cambios_plataforma where at >= ${limite} order by seq limit 1),
          (select max(seq) from cambios_plataforma)) as seq),
      idas as (delete from cambios_plataforma where seq <= (select seq from hasta) returning seq),
      movido as (
        update contador_plataforma set horizonte = greatest(horizonte, (select seq from hasta)) where id = 1 and (select seq from hasta) is not null)
      select count(*) as idas from idas`
    return fila?.idas ?? 0
  })
}
