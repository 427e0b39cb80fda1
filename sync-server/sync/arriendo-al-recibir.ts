/**
 * What an upload does to the lease of canjes of its sucursal (R5): the first till that is heard of has it, its holder keeps it, and an upload that is the whole
 * journal (`alDia`) says until when all that till gave is known. Read with the state of the chain, so that an upload that changes nothing costs no statement.
 */

import { SEGUNDO } from '../../schema/core/tiempo.ts'
import { RENOVAR_CON_MENOS_DE_MS } from '../../schema/domain/canjes/arriendo.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { moverVista } from '../domain/canjes/arriendo.sql.ts'
import { saberDe } from '../domain/canjes/arriendo.ts'
import type { Equipo } from './lote.ts'

/** Columns of `d` (the device), `a` (the lease of its sucursal) and `h` (its holder). */
export interface ArriendoVisto {
  /** Of a till of a sucursal of a negocio that has recompensas: nobody else leases anything. */
  conCanjes: boolean
  arriendoDe: string | null
  arriendoFin: number | null
  arriendoVista: number | null
  arriendoEspera: string | null
  arriendoAnterior: string | null
}

export const columnasDeArriendo = (sql: Tx) => sql`
  d.tipo = 'caja' and d.sucursal_id is not null and exists (select from recompensas r where r.negocio_id = d.negocio_id) as con_canjes,
  a.dispositivo_id as arriendo_de, least(a.vence_at, h.baja_at) as arriendo_fin, a.vista_hasta as arriendo_vista, a.pedido_por as arriendo_espera,
  a.anterior_id as arriendo_anterior`
export const fuentesDeArriendo = (sql: Tx) => sql`
  left join arriendos_canje a on a.negocio_id = d.negocio_id and a.sucursal_id = d.sucursal_id
  left join dispositivos h on h.negocio_id = a.negocio_id and h.id = a.dispositivo_id`

type DeCaja = Pick<Equipo, 'id' | 'negocioId' | 'sucursalId'>

/** `hasta` in ms: all that this till did until then is here. In the transaction of its entries, or alone. */
export async function ver(sql: Tx, { id, negocioId, sucursalId }: DeCaja, visto: ArriendoVisto, hasta: number): Promise<void> {
  const suyo = visto.arriendoDe === id && hasta > (visto.arriendoVista ?? 0)
  if (sucursalId !== null && visto.conCanjes && (suyo || visto.arriendoAnterior === id))
    await moverVista(sql, negocioId, sucursalId, id, hasta)
}

/** A greeting writes nothing else: a till in contact all day moves it a few times a minute at most. */
const ENTRE_SALUDOS_MS = 10 * SEGUNDO

/** After a greeting that says the journal is whole. */
export async function verAlSaludar(deps: Pick<Deps, 'db'>, caja: DeCaja, visto: ArriendoVisto, hasta: number): Promise<void> {
  if (visto.arriendoDe === caja.id && hasta - (visto.arriendoVista ?? 0) < ENTRE_SALUDOS_MS) return
  if (visto.arriendoDe !== caja.id && visto.arriendoAnterior !== caja.id) return
  await deps.db.negocio(caja.negocioId, (sql) => ver(sql, caja, visto, hasta))
}

/** After an upload: takes the lease that nobody has, renews its own. The upload is safe by then, and does not depend on it. */
export async function atenderArriendo(deps: Pick<Deps, 'db' | 'hub' | 'now' | 'log'>, caja: DeCaja, visto: ArriendoVisto): Promise<void> {
  const { id: dispositivoId, negocioId, sucursalId } = caja
  if (sucursalId === null || !visto.conCanjes || !leFalta(visto, dispositivoId, deps.now())) return
  await saberDe(deps, { negocioId, sucursalId, dispositivoId }, true).catch((err) =>
    deps.log.error({ err, negocioId, dispositivoId }, 'the lease of canjes could not be looked after'),
  )
}

function leFalta({ arriendoDe, arriendoFin, arriendoEspera }: ArriendoVisto, dispositivoId: string, ahora: number): boolean {
  if (arriendoFin === null || arriendoFin <= ahora) return true
  return arriendoDe === dispositivoId && arriendoEspera === null && arriendoFin - ahora < RENOVAR_CON_MENOS_DE_MS
}
