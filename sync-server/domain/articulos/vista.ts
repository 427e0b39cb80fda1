import { Rechazo } from '../../../schema/core/rechazo.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import { estaVivo } from './leer.sql.ts'

/**
 * CAT-08. Somebody looked at an articulo on the public page: one more on the negocio's own day. Nothing is kept of who.
 * @throws Rechazo NO_ENCONTRADO when nobody shows it
 */
export async function contarVista(deps: Pick<Deps, 'db' | 'now'>, articuloId: string): Promise<void> {
  const { count } = await deps.db.plataforma(
    (sql) => sql`
      insert into articulo_vistas (negocio_id, articulo_id, dia, vistas)
      select negocio_id, id, (${new Date(deps.now())}::timestamptz at time zone coalesce(
          (select s.zona_horaria from negocio_sucursales s where s.negocio_id = a.negocio_id and s.principal limit 1),
          ${ZONA_POR_DEFECTO}))::date, 1
      from articulos a where id = ${articuloId} and visible and ${estaVivo(sql)}
      on conflict (negocio_id, articulo_id, dia) do update set vistas = articulo_vistas.vistas + 1`,
  )
  if (count === 0) throw new Rechazo('NO_ENCONTRADO')
}
