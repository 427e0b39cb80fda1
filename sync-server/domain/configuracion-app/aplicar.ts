import { cumpleReglas, reglasDeLaPlataforma } from '../../../schema/domain/configuracion-app/reglas.ts'
import type { Deps } from '../../context.ts'
import type { ConfiguracionApp } from '../../sync/configuracion-app.sql.ts'
import { anadirVersion } from '../configuraciones/cambiar.ts'
import { ultimaConfiguracion } from '../configuraciones/insertar.sql.ts'
import { escribirEnNegocio } from '../escribir.ts'

/**
 * CARD-15, CARD-19, R12. One negocio's rules become what this version of ConfiguracionApp says: a new version of its own, in force after everything it accepted so
 * far, which its tills read as any other. Nothing is added where they say so already. Again, or after a later one, nothing happens. Gives whether one was added.
 */
export function aplicarEnNegocio(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  negocioId: string,
  { version, contenido }: ConfiguracionApp,
  publicadaPor: string,
): Promise<boolean> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    // Under the counter: whoever applied it meanwhile is seen.
    const pendiente = await sql`
      update negocios set config_app_version = ${version} where negocio_id = ${negocioId} and config_app_version < ${version} returning 1`
    const anterior = await ultimaConfiguracion(sql, negocioId)
    const reglas = reglasDeLaPlataforma(contenido)
    if (pendiente.length === 0 || cumpleReglas(anterior, reglas)) return { resultado: false, cambios: [] }
    const { cambio } = await anadirVersion(sql, negocioId, publicadaPor, anterior, reglas, ahora)
    return { resultado: true, cambios: [cambio] }
  })
}
