import { z } from 'zod'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { NIVELES } from '../../schema/domain/configuracion/configuracion.ts'
import { permisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import { uuid } from '../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../context.ts'

/** AUTH-46. The person of the session, with the negocios in which it is somebody. */
export const yo = z.object({
  id: uuid,
  correo: z.string(),
  nombre: z.string(),
  apellidos: z.string(),
  nivelCardya: z.enum(NIVELES),
  puntosLifetime: z.number().int(),
  esSuperadmin: z.boolean(),
  negocios: z.array(
    z.object({
      negocioId: uuid,
      nombre: z.string(),
      papel: z.enum(['dueno', 'gerente']),
      sucursalId: uuid.nullable(),
      /** Of a gerente at a till; null: everything (SCAN-05). */
      permisosScanYA: permisosScanYA.nullable(),
      sucursales: z.array(z.object({ id: uuid, nombre: z.string() })),
    }),
  ),
})
export type Yo = z.infer<typeof yo>

/** @throws Rechazo SESION_VENCIDA when the account was erased meanwhile */
export async function leerYo(deps: Pick<Deps, 'db'>, usuarioId: string): Promise<Yo> {
  return deps.db.plataforma(async (sql) => {
    const [persona] = await sql<Omit<Yo, 'negocios'>[]>`
      select id, correo, nombre, apellidos, nivel_cardya, puntos_lifetime, es_superadmin from usuarios
      where id = ${usuarioId} and borrado_at is null`
    if (!persona) throw new Rechazo('SESION_VENCIDA')
    const negocios = await sql<Yo['negocios']>`
      select c.negocio_id, n.nombre, c.papel, c.sucursal_id, case when c.papel = 'gerente' then c.permisos_scan_ya end as "permisosScanYA",
        coalesce((select json_agg(json_build_object('id', s.id, 'nombre', s.nombre) order by s.numero) from negocio_sucursales s
          where s.negocio_id = c.negocio_id and s.activa and (c.sucursal_id is null or s.id = c.sucursal_id)), '[]'::json) as sucursales
      from negocio_cuentas c join negocios n on n.negocio_id = c.negocio_id
      where c.usuario_id = ${usuarioId} order by n.numero`
    return { ...persona, negocios: [...negocios] }
  })
}
