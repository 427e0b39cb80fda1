/** The browsers that asked to be told. A subscription belongs to a person and to the login it was made in: it ends with either. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Idioma } from '../../schema/core/textos-de-codigo.ts'
import type { SesionDeCuenta } from '../auth/middleware.ts'
import { huella } from '../auth/tokens.ts'
import type { Deps } from '../context.ts'
import { tomarContadorDeUsuario } from '../sync/mias.sql.ts'
import { sonLlaves } from './cifrado.ts'
import { esDestino } from './destinos.ts'
import type { Destino } from './entregar.ts'

/** A shopper's phones and browsers; the oldest gives way. */
const POR_PERSONA = 10

/**
 * Takes a browser's subscription, or the same again with what changed: one that was waiting after failures waits no longer. What happened before is not
 * told. An endpoint is one browser's: whoever entered there before is told nothing more.
 * @throws Rechazo DATO_INVALIDO (endpoint: not of a known push service; llaves: not a browser's), NO_ENCONTRADO (the person is gone)
 */
export async function suscribir(
  deps: Pick<Deps, 'db' | 'env' | 'now'>,
  { usuarioId, sesionId }: Pick<SesionDeCuenta, 'usuarioId' | 'sesionId'>,
  { endpoint, p256dh, auth, idioma }: Destino & { idioma: Idioma },
): Promise<{ id: string }> {
  if (!esDestino(endpoint, deps.env.pushExtra)) throw new Rechazo('DATO_INVALIDO', 'endpoint')
  if (!sonLlaves({ p256dh, auth })) throw new Rechazo('DATO_INVALIDO', 'llaves')
  const id = huella(endpoint)
  const ahora = new Date(deps.now())
  await deps.db.plataforma(async (sql) => {
    const [persona] = await sql`select from usuarios where id = ${usuarioId} and borrado_at is null`
    const [sesion] = await sql<{ familia: string }[]>`select familia from sesiones where id = ${sesionId}`
    if (!persona || !sesion) throw new Rechazo('NO_ENCONTRADO')
    const { seq } = await tomarContadorDeUsuario(sql, usuarioId)
    await sql`delete from suscripciones_push where id = ${id} and usuario_id <> ${usuarioId}`
    const fila = { usuario_id: usuarioId, id, endpoint, p256dh, auth, idioma, familia: sesion.familia }
    await sql`
      insert into suscripciones_push ${sql({ ...fila, seq_enviado: seq, proximo_at: ahora, created_at: ahora })}
      on conflict (usuario_id, id) do update set p256dh = excluded.p256dh, auth = excluded.auth, idioma = excluded.idioma,
        familia = excluded.familia, fallos = 0,
        proximo_at = case when suscripciones_push.fallos > 0 then excluded.proximo_at else suscripciones_push.proximo_at end`
    await sql`
      delete from suscripciones_push where usuario_id = ${usuarioId} and id in (
        select id from suscripciones_push where usuario_id = ${usuarioId} order by created_at desc, id desc offset ${POR_PERSONA})`
  })
  return { id }
}

/** Gives whether there was one. */
export async function darDeBaja(deps: Pick<Deps, 'db'>, usuarioId: string, endpoint: string): Promise<boolean> {
  const idas = await deps.db.usuario(
    usuarioId,
    (sql) => sql`delete from suscripciones_push where usuario_id = ${usuarioId} and id = ${huella(endpoint)}`,
  )
  return idas.count > 0
}
