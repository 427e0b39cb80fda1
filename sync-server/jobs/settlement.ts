/** Settlement of lifetime points: 24 h after the sale (CARD-06, CARD-20), so that one typing error does not make a shopper oro everywhere. */
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { streamDeUsuario } from '../sync/bitacora.ts'
import { enUuids } from '../sync/filas.sql.ts'
import { anotarMias, asegurarPerfil, moverLifetime, tomarContadorDeUsuario } from '../sync/mias.sql.ts'
import { aplicarPendientes } from '../sync/projector.ts'
import { aplazadosDe } from './aplazados.ts'

const USUARIOS_POR_VUELTA = 500

/** Settles what is due, shopper by shopper; one that fails does not stop the others. Gives how many sales were settled. */
export async function asentarLifetime(deps: Pick<Deps, 'db' | 'hub' | 'now' | 'log'>): Promise<number> {
  let asentadas = 0
  const aplazados = aplazadosDe(deps, 'settlement')
  for (;;) {
    const pendientes = await usuariosPorAsentar(deps, aplazados.sin())
    if (pendientes.length === 0) return asentadas
    for (const usuarioId of pendientes) {
      try {
        asentadas += await asentarUno(deps, usuarioId)
        aplazados.bien(usuarioId)
      } catch (err) {
        aplazados.fallo(usuarioId, err)
        deps.log.error({ err, usuarioId }, 'the lifetime points of a shopper could not be settled')
      }
    }
  }
}

const usuariosPorAsentar = (deps: Pick<Deps, 'db' | 'now'>, sin: readonly string[]): Promise<string[]> =>
  deps.db.plataforma(async (sql) => {
    const filas = await sql<{ usuarioId: string }[]>`
      select distinct usuario_id from lifetime_pendiente where estado = 'pendiente' and asienta_at <= ${new Date(deps.now())}
        and not usuario_id = ${enUuids(sql, sin)} limit ${USUARIOS_POR_VUELTA}`
    return filas.map((f) => f.usuarioId)
  })

async function asentarUno(deps: Pick<Deps, 'db' | 'hub' | 'now'>, usuarioId: string): Promise<number> {
  const ahora = deps.now()
  const { seq, asentadas } = await deps.db.usuario(usuarioId, (sql) => enTransaccion(sql, usuarioId, ahora))
  if (seq !== null) deps.hub.publicar(streamDeUsuario(usuarioId), seq, ['mias'])
  return asentadas
}

async function enTransaccion(sql: Tx, usuarioId: string, ahora: number): Promise<{ seq: number | null; asentadas: number }> {
  const contador = await tomarContadorDeUsuario(sql, usuarioId)
  // A cancellation that is already in the outbox is applied first: it was there before these points were due.
  const { mias } = await aplicarPendientes(sql, usuarioId, ahora)
  const filas = await sql<{ puntos: number }[]>`
    update lifetime_pendiente set estado = 'asentado'
    where usuario_id = ${usuarioId} and estado = 'pendiente' and asienta_at <= ${new Date(ahora)} returning puntos`
  const puntos = filas.reduce((suma, f) => suma + f.puntos, 0)
  const nivel = puntos > 0 ? await moverLifetime(sql, usuarioId, puntos) : null
  const docs: MiaDoc[] = [...mias]
  if (nivel) docs.push({ id: `aviso:nivel:${nivel}`, tipo: 'aviso', codigo: 'nivel', nivel, at: ahora })
  const perfil = await asegurarPerfil(sql, usuarioId)
  if (perfil) docs.push(perfil)
  return { seq: docs.length > 0 ? await anotarMias(sql, contador, docs, ahora) : null, asentadas: filas.length }
}
