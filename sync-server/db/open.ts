/** Opens the database the environment asks for: the only door. */
import type { Db } from './db.ts'
import { abrirEnCarpeta, abrirEnMemoria } from './open-pglite.ts'
import { abrirPostgres } from './open-postgres.ts'

export interface OpcionesDb {
  /** PostgreSQL. Without it, the embedded database in `dataDir`. */
  databaseUrl?: string | undefined
  /** Default ./data */
  dataDir?: string | undefined
  /** Any length; the database login's password is derived from it. */
  secretKey: string
  /** Embedded, and gone with the process: for tests. */
  enMemoria?: boolean | undefined
  /** Size of the PostgreSQL pool, default 10. The embedded database has one connection. */
  conexiones?: number | undefined
}

/**
 * Opens, migrates and checks. Throws `DATOS_EN_USO`, `MIGRACION_CAMBIADA`, `MIGRACION_FALLIDA`, `BASE_INSEGURA`,
 * `BASE_SIN_ACCESO`, `DATOS_DE_OTRA_VERSION`, `RESTAURACION_A_MEDIAS`, or the driver's own error when the database cannot be reached.
 */
export async function openDb({ databaseUrl, dataDir = './data', secretKey, enMemoria, conexiones }: OpcionesDb): Promise<Db> {
  if (enMemoria) return (await abrirEnMemoria()).db
  if (!databaseUrl) return (await abrirEnCarpeta(dataDir)).db
  return (await abrirPostgres({ databaseUrl, secretKey, ...(conexiones ? { conexiones } : {}) })).db
}
