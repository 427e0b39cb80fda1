/** Login, and the refresh that keeps a person in for 90 days without a password kept anywhere (design 04 §6). */
import { uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { esDeTelefonoDadoDeBaja } from '../domain/tarjetas/telefonos.ts'
import { anotarIntento, olvidarIntentos } from './bloqueos.ts'
import { contrasenaCorrecta } from './contrasenas.ts'
import { abrirSesion, revocarFamilia, type SesionAbierta } from './sesiones.ts'
import { huella, nuevoToken, sucesorDe } from './tokens.ts'

export const APPS = ['tienda', 'caja', 'tarjeta', 'panel'] as const
export type AppDeCuenta = (typeof APPS)[number]

/** Sliding: each refresh starts it again. */
export const REFRESH_MS = 90 * DIA
/** A lost answer is normal offline: the old token still gets the same successor this long. */
const GRACIA_MS = 60 * SEGUNDO

export interface Entrada extends SesionAbierta {
  refresh: string
  usuarioId: string
}

/** @throws Rechazo CREDENCIALES (same answer and time for an unknown correo), CUENTA_BLOQUEADA */
export async function entrar(
  deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar'>,
  pedido: { correo: string; contrasena: string; app: AppDeCuenta },
): Promise<Entrada> {
  await anotarIntento(deps, pedido.correo)
  const [cuenta] = await deps.db.plataforma(
    (sql) => sql<{ id: string; contrasenaHash: string }[]>`
      select id, contrasena_hash from usuarios where correo = ${pedido.correo} and borrado_at is null`,
  )
  const correcta = await contrasenaCorrecta(deps.env.secretKey, cuenta?.contrasenaHash, pedido.contrasena)
  if (!cuenta || !correcta) throw new Rechazo('CREDENCIALES')
  await olvidarIntentos(deps, pedido.correo)
  return abrirFamilia(deps, cuenta.id, pedido.app)
}

/** A new login of a person whose identity is already proven. */
export function abrirFamilia(deps: Pick<Deps, 'db' | 'now' | 'azar'>, usuarioId: string, app: AppDeCuenta): Promise<Entrada> {
  return deps.db.plataforma(async (sql) => {
    const familia = uuidv7(deps.now(), deps.azar)
    const refresh = nuevoToken(deps)
    await guardarRefresh(sql, { tokenHash: huella(refresh), familia, usuarioId, app }, deps.now())
    return { ...(await abrirSesion(sql, deps, { clase: 'cuenta', usuarioId, app, familia })), refresh, usuarioId }
  })
}

async function guardarRefresh(
  sql: Tx,
  r: { tokenHash: string; familia: string; usuarioId: string; app: string },
  ahora: number,
): Promise<void> {
  await sql`insert into refresh_tokens ${sql({
    token_hash: r.tokenHash,
    familia: r.familia,
    cuenta_id: r.usuarioId,
    app: r.app,
    vence_at: new Date(ahora + REFRESH_MS),
    created_at: new Date(ahora),
  })} on conflict (token_hash) do nothing`
}

interface FilaDeRefresh {
  tokenHash: string
  familia: string
  cuentaId: string
  app: AppDeCuenta
  usadoAt: number | null
  revocadoAt: number | null
  venceAt: number
  cuentaBorrada: boolean
  sucesorHash: string | null
  /** Its successor was shown, or is not one any more. */
  sucesorUsado: boolean
}

/**
 * Rotation. The token becomes its successor; used again within 60 s it gives the same one. Later it gives another one if the first was never shown: a
 * browser killed before it wrote the cookie down comes back with the old token (decisions/0021). The first then ends the family if anybody shows it, as
 * does a token whose successor was shown: two hold it.
 * @throws Rechazo SESION_REQUERIDA (no cookie), SESION_VENCIDA, DISPOSITIVO_REVOCADO (the phone was taken away from the card)
 */
export async function refrescar(
  deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar'>,
  token: string | undefined,
  app: AppDeCuenta,
): Promise<Entrada> {
  if (!token) throw new Rechazo('SESION_REQUERIDA')
  const ahora = deps.now()
  // The revocation of a family must be committed, so the refusal is thrown after the transaction.
  const entrada = await deps.db.plataforma(async (sql) => {
    const fila = await leerRefresh(sql, token)
    if (fila && fila.revocadoAt !== null && (await esDeTelefonoDadoDeBaja(sql, fila.cuentaId, fila.familia)))
      throw new Rechazo('DISPOSITIVO_REVOCADO')
    if (!fila || fila.app !== app || fila.revocadoAt !== null || fila.cuentaBorrada || fila.venceAt <= ahora) return undefined
    if (fila.usadoAt === null || ahora <= fila.usadoAt + GRACIA_MS)
      return rotar(sql, deps, fila, sucesorDe(deps.env.secretKey, token), ahora)
    if (fila.sucesorUsado) {
      await revocarFamilia(sql, fila.familia, ahora)
      return undefined
    }
    await sql`update refresh_tokens set usado_at = to_timestamp(0), sucesor_hash = null where token_hash = ${fila.sucesorHash}`
    return rotar(sql, deps, fila, nuevoToken(deps), ahora)
  })
  if (!entrada) throw new Rechazo('SESION_VENCIDA')
  return entrada
}

async function leerRefresh(sql: Tx, token: string): Promise<FilaDeRefresh | undefined> {
  const [fila] = await sql<FilaDeRefresh[]>`
    select r.token_hash, r.familia, r.cuenta_id, r.app, r.usado_at, r.revocado_at, r.vence_at, u.borrado_at is not null as cuenta_borrada, r.sucesor_hash,
      not exists (select from refresh_tokens s where s.token_hash = r.sucesor_hash and s.usado_at is null and s.revocado_at is null) as sucesor_usado
    from refresh_tokens r join usuarios u on u.id = r.cuenta_id where r.token_hash = ${huella(token)} for update of r`
  return fila
}

async function rotar(sql: Tx, deps: Pick<Deps, 'now' | 'azar'>, fila: FilaDeRefresh, refresh: string, ahora: number): Promise<Entrada> {
  const { familia, cuentaId: usuarioId, app } = fila
  await sql`update refresh_tokens set usado_at = coalesce(usado_at, ${new Date(ahora)}), sucesor_hash = ${huella(refresh)}
    where token_hash = ${fila.tokenHash}`
  await guardarRefresh(sql, { tokenHash: huella(refresh), familia, usuarioId, app }, ahora)
  return { ...(await abrirSesion(sql, deps, { clase: 'cuenta', usuarioId, app, familia })), refresh, usuarioId }
}

/** Ends the login that holds this refresh token or this access token, and what waits for news in its name; both may be missing or unknown. */
export async function salir(
  deps: Pick<Deps, 'db' | 'now' | 'hub'>,
  refresh: string | undefined,
  acceso: string | undefined,
): Promise<void> {
  const sesiones = await deps.db.plataforma(async (sql) => {
    const familias = await sql<{ familia: string }[]>`
      select familia from refresh_tokens where token_hash = ${refresh ? huella(refresh) : ''}
      union select familia from sesiones where clase = 'cuenta' and token_hash = ${acceso ? huella(acceso) : ''}`
    const idas: string[] = []
    for (const { familia } of familias) idas.push(...(await revocarFamilia(sql, familia, deps.now())))
    return idas
  })
  for (const id of sesiones) deps.hub.revocar(id)
}
