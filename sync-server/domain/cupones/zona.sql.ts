/** Where the calendar of a cupón is: its days begin and end there (CUP-03, 11). */
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Tx } from '../../db/db.ts'

/**
 * The IANA zone of the sucursal a cupón is for; of the principal one where it is for several with that one, or for all. `negocioId`, `sucursales` (its jsonb, null
 * for none): of the row around it.
 */
export const zonaDondeVale = (sql: Tx, negocioId: ReturnType<Tx>, sucursales: ReturnType<Tx>) => sql`
  coalesce((
    select s.zona_horaria from negocio_sucursales s where s.negocio_id = ${negocioId}
    order by coalesce(${sucursales}, '[]') @> to_jsonb(s.id::text) desc, s.principal desc, s.numero limit 1), ${ZONA_POR_DEFECTO})`
