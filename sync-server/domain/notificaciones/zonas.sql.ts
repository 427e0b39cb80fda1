/** The server speaks of days to a phone it does not see: it says them by the calendar of the shop. */
import { cuponDeNotificacion, type Notificacion } from '../../../schema/domain/notificaciones/notificacion.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import { zonaDondeVale } from '../cupones/zona.sql.ts'

/**
 * The IANA zone of each of these that names a day: of its cupón, else of its negocio. It reads across negocios, so never inside a shopper's context; where no
 * day is named it reads nothing.
 */
export async function leerZonas({ db }: Pick<Deps, 'db'>, ns: readonly Notificacion[]): Promise<(n: Pick<Notificacion, 'id'>) => string> {
  const deDias = ns.filter(({ negocioId, venceAt }) => negocioId !== null && venceAt !== null)
  const filas = deDias.map((n) => ({ id: n.id, negocio_id: n.negocioId, cupon_id: cuponDeNotificacion(n) }))
  const zonas =
    filas.length === 0
      ? []
      : await db.plataforma(
          (sql) => sql<{ id: string; zona: string }[]>`
      select x.id, ${zonaDondeVale(sql, sql`x.negocio_id`, sql`c.sucursales`)} as zona
      from jsonb_to_recordset(${sql.json(filas)}) as x(id text, negocio_id uuid, cupon_id uuid)
      left join cupones c on c.negocio_id = x.negocio_id and c.id = x.cupon_id`,
          { soloLectura: true },
        )
  const porId = new Map(zonas.map(({ id, zona }) => [id, zona]))
  return ({ id }) => porId.get(id) ?? ZONA_POR_DEFECTO
}
