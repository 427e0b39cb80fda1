/** Tells a shopper something that no other document of the stream says: a cupón, a canje, points that end soon. The nivel is written by the settlement, points by the projector. */
import { assert } from '../../../schema/core/rechazo.ts'
import type { TipoDeNotificacion } from '../../../schema/domain/notificaciones/notificacion.ts'
import type { AvisoDeShopper } from '../../../schema/protocol/documentos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { streamDeUsuario } from '../../sync/bitacora.ts'
import { anotarMias, type ContadorDeUsuario, tomarContadorDeUsuario } from '../../sync/mias.sql.ts'

export interface NuevoAviso extends Partial<Pick<AvisoDeShopper, 'negocioId' | 'negocioNombre' | 'puntos' | 'nombre' | 'venceAt'>> {
  tipo: Extract<TipoDeNotificacion, 'puntos_por_vencer' | 'canje' | 'cupon_nuevo' | 'cupon_por_vencer' | 'cupon_usado' | 'cupon_vencido'>
  /** With the tipo it names what happened, e.g. claveDeCupon() and `:3` three days before: told once, however often it is asked. At most 70 characters. */
  clave: string
}

/**
 * The beginning of a `clave` about a cupón: 49 characters. A Studio chooses the ids of its cupones, so the negocio is in it: by the end of its id, which the
 * server made at random, because both whole are too long for a replica's key.
 */
export const claveDeCupon = (negocioId: string, cuponId: string): string => `${cuponId}:${negocioId.slice(-12)}`

/** What a replica may be named by (workers/replica/esquemas.ts). */
const LARGO_DE_ID = 100

/** The document of an aviso. Pure. @param at server ms */
export function documentoDeAviso({ tipo, clave, ...datos }: NuevoAviso, at: number): AvisoDeShopper {
  const id = `aviso:${tipo}:${clave}` as const
  assert(id.length <= LARGO_DE_ID, 'the name of an aviso fits in a replica')
  return { id, tipo: 'aviso', codigo: tipo, nivel: '', at, ...datos }
}

/**
 * In a transaction of its own, which takes the shopper's counter and nothing else: call it after the negocio's commit, never inside its transaction.
 * It reaches CardYA by the stream and whoever subscribed by push. Gives false when it was told before.
 */
export async function notificar(deps: Pick<Deps, 'db' | 'hub' | 'now'>, usuarioId: string, aviso: NuevoAviso): Promise<boolean> {
  const ahora = deps.now()
  const seq = await deps.db.usuario(usuarioId, async (sql) => {
    const contador = await tomarContadorDeUsuario(sql, usuarioId)
    return anotarUnaVez(sql, contador, documentoDeAviso(aviso, ahora), ahora)
  })
  if (seq === null) return false
  deps.hub.publicar(streamDeUsuario(usuarioId), seq, ['mias'])
  return true
}

async function anotarUnaVez(sql: Tx, contador: ContadorDeUsuario, doc: AvisoDeShopper, ahora: number): Promise<number | null> {
  const [ya] = await sql`select from mias where usuario_id = ${contador.usuarioId} and id = ${doc.id}`
  return ya ? null : anotarMias(sql, contador, [doc], ahora)
}
