/**
 * Requests that may come twice. The Idempotency-Key names the hecho: the same key with the same body is the same hecho, for 30 days; with another body it
 * is refused, because one of the two would be lost in silence.
 */
import type { Context } from 'hono'
import { textoCanonico } from '../../../schema/core/canonico.ts'
import { sha256, uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { hechoDeLlave } from '../../../schema/protocol/repetible.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Mostrador } from './mostrador.ts'

const RECORDADA_MS = 30 * DIA
const LLAVE = /^[\x21-\x7e]{8,100}$/

/** Whose key it is: a counter, or an account that edits its catálogo. */
export type Atado = Pick<Mostrador, 'negocioId' | 'atadura'>

export interface Repetible {
  hechoId: string
  /** Null: sent without a key, each request is its own. */
  llave: string | null
  huella: string
}

/**
 * The hecho a request stands for.
 * @throws Rechazo IDEMPOTENCIA_REQUERIDA (an empleado without a key), DATO_INVALIDO `Idempotency-Key`
 */
export async function leerRepetible(
  deps: Pick<Deps, 'now' | 'azar'>,
  c: Context,
  m: Atado & { clase: Mostrador['clase']; sucursalId: string | null },
  pedido: object,
): Promise<Repetible> {
  const llave = c.req.header('idempotency-key') ?? null
  const huella = await sha256(textoCanonico({ sucursalId: m.sucursalId, ...pedido }))
  if (llave === null) {
    if (m.clase !== 'cuenta') throw new Rechazo('IDEMPOTENCIA_REQUERIDA')
    return { hechoId: uuidv7(deps.now(), deps.azar), llave, huella }
  }
  if (!LLAVE.test(llave)) throw new Rechazo('DATO_INVALIDO', 'Idempotency-Key')
  return { hechoId: await hechoDeLlave(m.negocioId, m.atadura, llave), llave, huella }
}

/** Whether this very request was done before. @throws Rechazo IDEMPOTENCIA_DISTINTA when the key was used for another one */
export async function yaSeHizo(deps: Pick<Deps, 'db'>, { negocioId, atadura }: Atado, { llave, huella }: Repetible): Promise<boolean> {
  if (llave === null) return false
  const [previa] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ huella: string }[]>`
      select huella from idempotencias where negocio_id = ${negocioId} and atadura = ${atadura} and llave = ${llave}`,
  )
  if (previa && previa.huella !== huella) throw new Rechazo('IDEMPOTENCIA_DISTINTA')
  return previa !== undefined
}

/**
 * The hecho of this key was there already: another request with it was quicker, or it is older than the 30 days keys are known. What that one said
 * cannot be compared any more, and to answer with it would lose this one in silence.
 * @throws Rechazo IDEMPOTENCIA_DISTINTA
 */
export async function exigirElMismo(deps: Pick<Deps, 'db'>, m: Atado, r: Repetible): Promise<void> {
  if (!(await yaSeHizo(deps, m, r))) throw new Rechazo('IDEMPOTENCIA_DISTINTA')
}

/** Keeps the key, in the transaction of its hecho. @throws Rechazo IDEMPOTENCIA_DISTINTA when another request took it meanwhile */
export async function recordar(sql: Tx, ahora: number, { negocioId, atadura }: Atado, r: Repetible): Promise<void> {
  if (r.llave === null) return
  const fila = { negocio_id: negocioId, atadura, llave: r.llave, huella: r.huella, hecho_id: r.hechoId, created_at: new Date(ahora) }
  const puesta = await sql`insert into idempotencias ${sql(fila)} on conflict do nothing returning llave`
  if (puesta.length === 0) throw new Rechazo('IDEMPOTENCIA_DISTINTA')
}

/** Forgets keys older than 30 days and identifications that ended a day ago. Gives how many rows went. */
export function limpiarMostrador(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  const antes = (ms: number) => new Date(deps.now() - ms)
  return deps.db.plataforma(async (sql) => {
    const llaves = await sql`delete from idempotencias where created_at < ${antes(RECORDADA_MS)}`
    const vencidas = await sql`delete from identificaciones where vence_at < ${antes(DIA)}`
    return llaves.count + vencidas.count
  })
}
