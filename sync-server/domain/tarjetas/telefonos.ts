/**
 * The phones of a card (design 04 §1.3): each signs the QR with a key of its own, so one that was lost is taken away alone, and the points, which are
 * the person's, stay where they are.
 *
 *     baja ─► the key's row and what the judge reads (at once) ─► its login ends, its streams close ─► tills are told with their next exchange (bajas.ts)
 */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { revocarFamilia } from '../../auth/sesiones.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'

export interface Telefono {
  /** Name of its key, 32 hex. */
  llave: string
  /** As it describes itself; empty: it said nothing. */
  nombre: string
  /** ms */
  altaAt: number
  /** Its last certificate, ms: a phone renews it once a run and every hour that it is open. */
  vistoAt: number
  /** The one that asks. */
  este: boolean
}

/** Which phone speaks: what it calls itself, and the login it speaks in. */
export interface QuienLlama {
  nombre?: string | undefined
  /** Null: no browser of a person (the demo's own phone). */
  sesionId: string | null
}

/** Phones whose key lives, the one that asks first, then the last seen. */
export async function listarTelefonos(deps: Pick<Deps, 'db'>, usuarioId: string, sesionId: string): Promise<Telefono[]> {
  const familia = await familiaDe(deps, sesionId)
  const filas = await deps.db.usuario(
    usuarioId,
    (sql) => sql<Telefono[]>`
      select llave, nombre, created_at as alta_at, coalesce(visto_at, created_at) as visto_at, coalesce(familia = ${familia}, false) as este
      from tarjeta_llaves where usuario_id = ${usuarioId} and baja_at is null
      order by este desc, visto_at desc, llave`,
  )
  return [...filas]
}

/**
 * Takes a phone away, now: its key earns nothing any more and its login ends, unless it is the one that asks. Doing it twice changes nothing. A phone enrolled before its login was
 * noted takes with it those logins of the card that no phone is known of, other than the one that asks.
 * @throws Rechazo NO_ENCONTRADO, also for another person's
 */
export async function darDeBajaTelefono(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  usuarioId: string,
  sesionId: string,
  llave: string,
): Promise<{ bajaAt: number }> {
  const { bajaAt, idas } = await deps.db.plataforma(async (sql) => {
    // As in emitirTarjeta: the person's row is what two phones of one person meet at.
    await sql`select from usuarios where id = ${usuarioId} for update`
    const [fila] = await sql<{ cardId: string; familia: string | null; bajaAt: number | null }[]>`
      select card_id, familia, baja_at from tarjeta_llaves where usuario_id = ${usuarioId} and llave = ${llave}`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    if (fila.bajaAt !== null) return { bajaAt: fila.bajaAt, idas: [] }
    const ahora = deps.now()
    await sql`update tarjeta_llaves set baja_at = ${new Date(ahora)} where usuario_id = ${usuarioId} and llave = ${llave}`
    await sql`update tarjetas_emitidas set baja_at = ${new Date(ahora)} where card_id = ${fila.cardId} and llave = ${llave}`
    // The login of who asks ends by its own logout.
    const familias = fila.familia ? [fila.familia] : await familiasSinTelefono(sql, usuarioId)
    const [propia] = await sql<{ familia: string }[]>`select familia from sesiones where id = ${sesionId}`
    const idas: string[] = []
    for (const familia of familias) if (familia !== propia?.familia) idas.push(...(await revocarFamilia(sql, familia, ahora)))
    return { bajaAt: ahora, idas }
  })
  for (const id of idas) deps.hub.revocar(id)
  return { bajaAt }
}

/** What the phone is and when it was seen, noted with each certificate. */
export async function anotarTelefono(
  sql: Tx,
  { usuarioId, llave, ahora }: { usuarioId: string; llave: string; ahora: number },
  { nombre, sesionId }: QuienLlama,
): Promise<void> {
  await sql`
    update tarjeta_llaves set visto_at = ${new Date(ahora)}, nombre = coalesce(${nombre?.slice(0, 60) ?? null}, nombre),
      familia = coalesce((select familia from sesiones where id = ${sesionId}), familia)
    where usuario_id = ${usuarioId} and llave = ${llave}`
}

/** Whether this login ended because its phone was taken away: then the phone has no card any more, and is told so. */
export async function esDeTelefonoDadoDeBaja(sql: Tx, usuarioId: string, familia: string): Promise<boolean> {
  const [fila] =
    await sql`select from tarjeta_llaves where usuario_id = ${usuarioId} and familia = ${familia} and baja_at is not null limit 1`
  return fila !== undefined
}

async function familiaDe(deps: Pick<Deps, 'db'>, sesionId: string): Promise<string | null> {
  const [fila] = await deps.db.plataforma((sql) => sql<{ familia: string }[]>`select familia from sesiones where id = ${sesionId}`)
  return fila?.familia ?? null
}

async function familiasSinTelefono(sql: Tx, usuarioId: string): Promise<string[]> {
  const filas = await sql<{ familia: string }[]>`
    select distinct r.familia from refresh_tokens r
    where r.cuenta_id = ${usuarioId} and r.app = 'tarjeta' and r.revocado_at is null
      and r.familia not in (select familia from tarjeta_llaves where usuario_id = ${usuarioId} and baja_at is null and familia is not null)`
  return filas.map((f) => f.familia)
}
