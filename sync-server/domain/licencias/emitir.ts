/** R15: the right of a till to work without contact. 72 hours and 1,500 sales, renewed in silence at each session. */
import { SignJWT } from 'jose'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { HORA } from '../../../schema/core/tiempo.ts'
import { DURACION_DE_LICENCIA_MS, VENTAS_POR_LICENCIA } from '../../../schema/domain/dispositivos/limites.ts'
import type { LicenciaFirmada } from '../../../schema/protocol/dispositivos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

/** A lease with more than this left is handed out again: a till that reconnects ten times an hour needs no ten leases. */
const REUTILIZABLE_MS = 60 * HORA

type Renglon = Omit<LicenciaFirmada, 'jws'>

/** The living lease of a device, or a new one; inside the transaction of the caller, in any context that sees the negocio. */
export async function emitirLicencia(
  sql: Tx,
  deps: Pick<Deps, 'now' | 'azar' | 'llaves'>,
  negocioId: string,
  dispositivoId: string,
): Promise<LicenciaFirmada> {
  const ahora = deps.now()
  const [viva] = await sql<Renglon[]>`
    select id, dispositivo_id, emitida_at, vence_at, max_ventas from licencias
    where negocio_id = ${negocioId} and dispositivo_id = ${dispositivoId} and vence_at > ${new Date(ahora + REUTILIZABLE_MS)}
      and emitida_at <= ${new Date(ahora)} and ventas < max_ventas / 2
    order by vence_at desc limit 1`
  return firmar(deps, negocioId, viva ?? (await nueva(sql, deps, negocioId, dispositivoId, ahora)))
}

async function nueva(sql: Tx, deps: Pick<Deps, 'azar'>, negocioId: string, dispositivoId: string, ahora: number): Promise<Renglon> {
  const id = uuidv7(ahora, deps.azar)
  const venceAt = ahora + DURACION_DE_LICENCIA_MS
  await sql`insert into licencias ${sql({
    negocio_id: negocioId,
    id,
    dispositivo_id: dispositivoId,
    emitida_at: new Date(ahora),
    vence_at: new Date(venceAt),
    max_ventas: VENTAS_POR_LICENCIA,
  })}`
  return { id, dispositivoId, emitidaAt: ahora, venceAt, maxVentas: VENTAS_POR_LICENCIA }
}

/** JWS ES256 by the platform's key in use; its kid is in the header. */
async function firmar({ llaves }: Pick<Deps, 'llaves'>, negocioId: string, licencia: Renglon): Promise<LicenciaFirmada> {
  const jws = await new SignJWT({ ...licencia, negocioId })
    .setProtectedHeader({ alg: 'ES256', kid: String(llaves.actual.kid), typ: 'licencia+jwt' })
    .sign(llaves.actual.privada)
  return { ...licencia, jws }
}
