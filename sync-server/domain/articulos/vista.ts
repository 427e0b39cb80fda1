import { Rechazo } from '../../../schema/core/rechazo.ts'
import { diaLocal } from '../../../schema/core/tiempo.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import { estaVivo } from './leer.sql.ts'

export interface Vistas {
  articuloId: string
  /** ms; counted on the negocio's own day of it. */
  at: number
  vistas: number
}

/**
 * CAT-08. Somebody looked at an articulo on the public page: one more on that day. Nothing is kept of who.
 * @throws Rechazo NO_ENCONTRADO when nobody shows it
 */
export async function contarVista(deps: Pick<Deps, 'db' | 'now'>, articuloId: string): Promise<void> {
  const filas = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string }[]>`select negocio_id from articulos where id = ${articuloId} and visible and ${estaVivo(sql)}`,
  )
  if (filas.length === 0) throw new Rechazo('NO_ENCONTRADO')
  // Ids are made by devices: another negocio that took this one for its own does not take the looks away.
  for (const { negocioId } of filas) await sumarVistas(deps, negocioId, [{ articuloId, at: deps.now(), vistas: 1 }])
}

/** Adds looks at articulos of one negocio, each (articulo, day) at most once in the list. */
export async function sumarVistas(deps: Pick<Deps, 'db'>, negocioId: string, vistas: readonly Vistas[]): Promise<void> {
  await deps.db.negocio(negocioId, async (sql) => {
    const [sucursal] = await sql<{ zona: string }[]>`
      select zona_horaria as zona from negocio_sucursales where negocio_id = ${negocioId} and principal limit 1`
    const zona = sucursal?.zona ?? ZONA_POR_DEFECTO
    const filas = vistas.map((v) => ({ articulo_id: v.articuloId, dia: diaLocal(v.at, zona), vistas: v.vistas }))
    await sql`
      insert into articulo_vistas (negocio_id, articulo_id, dia, vistas)
      select ${negocioId}::uuid, x.articulo_id, x.dia, x.vistas
      from jsonb_to_recordset(${sql.json(filas)}) as x(articulo_id uuid, dia date, vistas integer)
      on conflict (negocio_id, articulo_id, dia) do update set vistas = articulo_vistas.vistas + excluded.vistas`
  })
}
