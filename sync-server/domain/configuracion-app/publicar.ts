import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { PedidoDeConfiguracionApp, RespuestaConfiguracionApp } from '../../../schema/protocol/configuracion-app.ts'
import type { Deps } from '../../context.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { anotarAccion } from '../plataforma/log-admin.ts'
import { comoRespuesta } from './leer.ts'

/**
 * CARD-19, ADM-36. The next version, in force for everything the platform itself decides; each negocio's own rules follow by a job (jobs/aplicar-configuracion.ts),
 * each from what it had accepted until then (R12).
 * @throws Rechazo CONFIGURACION_CAMBIO: another version than the one it was made from is in force
 */
export function publicarConfiguracion(
  deps: Pick<Deps, 'db' | 'now' | 'azar'>,
  adminId: string,
  { version, contenido, motivo }: PedidoDeConfiguracionApp,
): Promise<RespuestaConfiguracionApp> {
  const ahora = deps.now()
  return deps.db.plataforma(async (sql) => {
    const vigente = await configuracionDeApp(sql)
    // Two at once: the key lets one in, and the other waits here and finds it taken.
    const hechas =
      vigente.version === version
        ? await sql`
            insert into configuracion_app (version, contenido, motivo, publicada_por, publicada_at)
            values (${version + 1}, ${sql.json(contenido)}, ${motivo}, ${adminId}, ${new Date(ahora)})
            on conflict do nothing returning version`
        : []
    if (hechas.length === 0) throw new Rechazo('CONFIGURACION_CAMBIO', 'version')
    const detalles = { version: version + 1, motivo }
    await anotarAccion(sql, deps, { adminId, accion: 'publicar_configuracion', modulo: 'configuracion', detalles }, ahora)
    return comoRespuesta(sql, ahora)
  })
}
