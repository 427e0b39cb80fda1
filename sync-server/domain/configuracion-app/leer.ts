/** ConfiguracionApp as the Panel sees it: what is in force, what was before, how far it has reached. */

import type { Umbrales } from '../../../schema/domain/niveles/niveles.ts'
import {
  type RespuestaConfiguracionApp,
  type RespuestaDeEfecto,
  VERSIONES_CONTADAS,
  type VersionPublicada,
} from '../../../schema/protocol/configuracion-app.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'

type Deplo = Pick<Deps, 'db' | 'now'>

export const leerConfiguracion = (deps: Deplo): Promise<RespuestaConfiguracionApp> =>
  deps.db.plataforma((sql) => comoRespuesta(sql, deps.now()), { soloLectura: true })

/** The same inside a transaction. `hora`: server ms. */
export async function comoRespuesta(sql: Tx, hora: number): Promise<RespuestaConfiguracionApp> {
  const vigente = await configuracionDeApp(sql)
  const historial = await sql<VersionPublicada[]>`
    select c.version, c.contenido, c.motivo, c.publicada_at,
      case when u.borrado_at is null then coalesce(trim(u.nombre || ' ' || u.apellidos), '') else '' end as publicada_por
    from configuracion_app c left join usuarios u on u.id = c.publicada_por
    order by c.version desc limit ${VERSIONES_CONTADAS}`
  const [cuenta] = await sql<{ negocios: number; alDia: number }[]>`
    select count(*) as negocios, count(*) filter (where config_app_version >= ${vigente.version}) as al_dia from negocios`
  return { hora, ...vigente, historial: [...historial], negocios: 0, alDia: 0, ...cuenta }
}

/** Who has the points for a nivel above the own one, by thresholds that are not in force yet. Nobody falls (CARD-20). */
export const leerEfecto = (deps: Deplo, umbrales: Umbrales): Promise<RespuestaDeEfecto> =>
  deps.db.plataforma(
    async (sql) => {
      const [suben] = await sql<RespuestaDeEfecto['suben'][]>`
        select count(*) filter (where nivel_cardya = 'bronce' and puntos_lifetime < ${umbrales.oro}) as plata,
          count(*) filter (where puntos_lifetime >= ${umbrales.oro}) as oro
        from usuarios where ${conMasNivel(sql, umbrales)}`
      return { hora: deps.now(), suben: { plata: 0, oro: 0, ...suben } }
    },
    { soloLectura: true },
  )

/** People whose points give more than the nivel they have. */
export const conMasNivel = (sql: Tx, { plata, oro }: Umbrales) => sql`
  borrado_at is null and nivel_cardya <> 'oro'
  and puntos_lifetime >= case when nivel_cardya = 'bronce' then least(${plata}::bigint, ${oro}::bigint) else ${oro}::bigint end`
