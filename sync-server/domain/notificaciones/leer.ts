/** What a shopper was told, how far it was read, and what the shopper wants to hear of. Every read is inside the shopper's context. */
import { z } from 'zod'
import type { Idioma } from '../../../schema/core/textos-de-codigo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import {
  ID_DE_LEIDAS,
  type Notificacion,
  notificacionesDe,
  type Preferencias,
  TIPOS_DE_NOTIFICACION,
} from '../../../schema/domain/notificaciones/notificacion.ts'
import { textoDeNotificacion } from '../../../schema/domain/notificaciones/textos.ts'
import type { AvisoDeShopper, MiaDoc } from '../../../schema/protocol/documentos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { leerPreferencias } from '../../push/enviar.ts'
import { streamDeUsuario } from '../../sync/bitacora.ts'
import { anotarMias, tomarContadorDeUsuario } from '../../sync/mias.sql.ts'
import { leerZonas } from './zonas.sql.ts'

/** What is older is history, not news. */
const SE_CUENTAN_MS = 90 * DIA

export const notificacionDeRest = z.object({
  id: z.string(),
  tipo: z.enum(TIPOS_DE_NOTIFICACION),
  titulo: z.string(),
  cuerpo: z.string(),
  negocioId: uuid.nullable(),
  negocioNombre: z.string().nullable(),
  /** Signed. */
  puntos: z.number().int().nullable(),
  leida: z.boolean(),
  fecha: instante,
})
export const paginaDeNotificaciones = z.object({
  notificaciones: z.array(notificacionDeRest),
  page: z.number().int(),
  limit: z.number().int(),
  total: z.number().int(),
  sinLeer: z.number().int(),
})
export const marcaDeLectura = z.object({ leidasHasta: instante, sinLeer: z.number().int() })
export const preferencias = z.object({ puntos: z.boolean(), nivel: z.boolean(), canjes: z.boolean(), cupones: z.boolean() })

async function leerTodas(sql: Tx, usuarioId: string, ahora: number): Promise<{ notificaciones: Notificacion[]; leidasHasta: number }> {
  const filas = await sql<{ doc: MiaDoc }[]>`
    select doc from mias where usuario_id = ${usuarioId} and tipo in ('historial', 'venta', 'aviso')
      and coalesce((doc->>'at')::bigint, (doc->>'effAt')::bigint) > ${ahora - SE_CUENTAN_MS}`
  return notificacionesDe(filas.map(({ doc }) => doc))
}

const sinLeer = (ns: readonly Notificacion[], hasta: number): number => ns.filter(({ at }) => at > hasta).length

/** Those of 90 days, newest first. `page` from 1, `limit` 1 to 100. */
export async function leerNotificaciones(
  deps: Pick<Deps, 'db' | 'now'>,
  usuarioId: string,
  { page, limit, idioma }: { page: number; limit: number; idioma: Idioma },
): Promise<z.infer<typeof paginaDeNotificaciones>> {
  const { notificaciones, leidasHasta } = await deps.db.usuario(usuarioId, (sql) => leerTodas(sql, usuarioId, deps.now()))
  const suyas = notificaciones.slice((page - 1) * limit, page * limit)
  const zonaDe = await leerZonas(deps, suyas)
  const pagina = suyas.map(({ nivel, nombre, venceAt, at, ...n }) => ({
    ...n,
    ...textoDeNotificacion({ ...n, nivel, nombre, venceAt, at }, idioma, zonaDe(n)),
    leida: at <= leidasHasta,
    fecha: at,
  }))
  return { notificaciones: pagina, page, limit, total: notificaciones.length, sinLeer: sinLeer(notificaciones, leidasHasta) }
}

/** All up to `hasta` (ms) was read, on this phone and so on every other. The mark never goes back, nor beyond the newest there is. */
export async function marcarLeidas(
  deps: Pick<Deps, 'db' | 'now' | 'hub'>,
  usuarioId: string,
  hasta: number,
): Promise<z.infer<typeof marcaDeLectura>> {
  const ahora = deps.now()
  const { seq, ...dicho } = await deps.db.usuario(usuarioId, async (sql) => {
    const contador = await tomarContadorDeUsuario(sql, usuarioId)
    const { notificaciones, leidasHasta } = await leerTodas(sql, usuarioId, ahora)
    const nueva = Math.max(leidasHasta, Math.min(hasta, notificaciones[0]?.at ?? 0))
    const doc: AvisoDeShopper = { id: ID_DE_LEIDAS, tipo: 'aviso', codigo: 'leidas', nivel: '', at: nueva }
    const seq = nueva > leidasHasta ? await anotarMias(sql, contador, [doc], ahora) : null
    return { seq, leidasHasta: nueva, sinLeer: sinLeer(notificaciones, nueva) }
  })
  if (seq !== null) deps.hub.publicar(streamDeUsuario(usuarioId), seq, ['mias'])
  return dicho
}

export const preferenciasDe = (deps: Pick<Deps, 'db'>, usuarioId: string): Promise<Preferencias> =>
  deps.db.usuario(usuarioId, (sql) => leerPreferencias(sql, usuarioId))

export async function ponerPreferencias(deps: Pick<Deps, 'db' | 'now'>, usuarioId: string, quiere: Preferencias): Promise<Preferencias> {
  const fila = { usuario_id: usuarioId, ...quiere, updated_at: new Date(deps.now()) }
  await deps.db.usuario(
    usuarioId,
    (sql) => sql`
      insert into preferencias_notificacion ${sql(fila)} on conflict (usuario_id) do update set puntos = excluded.puntos, nivel = excluded.nivel,
        canjes = excluded.canjes, cupones = excluded.cupones, updated_at = excluded.updated_at`,
  )
  return quiere
}
