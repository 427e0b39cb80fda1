import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { versionVigente } from '../../../schema/domain/puntos/puntos.ts'
import type { Tx } from '../../db/db.ts'

/** The rules of a negocio in force at an instant (R12). */
export async function configuracionVigente(sql: Tx, negocioId: string, ahora: number): Promise<Configuracion | undefined> {
  const versiones = await sql<Configuracion[]>`
    select version, participa, valor_punto_centavos, multiplicadores_pct, umbrales, vigente_at from configuraciones
    where negocio_id = ${negocioId} order by version`
  return versionVigente(versiones, ahora)
}
