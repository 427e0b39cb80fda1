/** The platform's configuration in force (CARD-15, 19). Read in the context of the platform, or of a shopper: a negocio has its own version of the rules. */
import { CONFIGURACION_POR_DEFECTO, type ContenidoDeConfiguracionApp } from '../../schema/domain/configuracion-app/configuracion-app.ts'
import type { Umbrales } from '../../schema/domain/niveles/niveles.ts'
import type { Tx } from '../db/db.ts'

export interface ConfiguracionApp {
  /** 0: nobody published one yet. */
  version: number
  contenido: ContenidoDeConfiguracionApp
}

export async function configuracionDeApp(sql: Tx): Promise<ConfiguracionApp> {
  const [fila] = await sql<ConfiguracionApp[]>`select version, contenido from configuracion_app order by version desc limit 1`
  return fila ? { ...fila } : { version: 0, contenido: CONFIGURACION_POR_DEFECTO }
}

/** CARD-09..11. Where plata and oro begin now. */
export const umbralesDeApp = async (sql: Tx): Promise<Umbrales> => (await configuracionDeApp(sql)).contenido.umbrales
