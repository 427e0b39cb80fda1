/**
 * Roles belong to the whole cluster, not to one database, so they are made by code that finds them already made.
 *
 *   app_negocio, app_usuario, app_plataforma   cannot log in; tables and policies name them
 *   anunciaya_app                              owns nothing, inherits nothing, may become any of the three
 *   anunciaya_app_<hash>                       the login of one database on a shared cluster, same rights: two installations
 *                                              on one cluster have two SECRET_KEYs and must not fight over one password
 */
import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Sql } from './tipos.ts'

export const ROLES_DE_CONTEXTO = ['app_negocio', 'app_usuario', 'app_plataforma'] as const
export const ROL_APP = 'anunciaya_app'

/** The login role of a database: stable, lower case, safe to put in SQL. */
export function rolDeAcceso(baseDeDatos: string): string {
  return `${ROL_APP}_${createHash('sha256').update(baseDeDatos).digest('hex').slice(0, 8)}`
}

/** The login's password: derived, so that it is kept nowhere. */
export function claveDeAcceso(secretKey: string): string {
  return Buffer.from(hkdfSync('sha256', secretKey, 'anunciaya', 'acceso a la base de datos', 32)).toString('base64url')
}

/** What PostgreSQL stores for a SCRAM password. Sent in its place, the password never reaches the server's log. */
export function verificadorScram(clave: string): string {
  const sal = randomBytes(16)
  const salada = pbkdf2Sync(clave, sal, 4096, 32, 'sha256')
  const hmac = (texto: string) => createHmac('sha256', salada).update(texto).digest()
  const guardada = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$4096:${sal.toString('base64')}$${guardada}:${hmac('Server Key').toString('base64')}`
}

// Another database of the cluster may be doing the same at this instant: its row wins and ours is not an error.
const crear = (rol: string, atributos: string) => `
do $$ begin
  if not exists (select from pg_roles where rolname = '${rol}') then
    begin
      create role ${rol} ${atributos};
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
end $$;`

const hacerMiembro = (rol: string) =>
  ROLES_DE_CONTEXTO.map(
    (grupo) => `
do $$ begin
  if not pg_has_role('${rol}', '${grupo}', 'member') then
    begin
      grant ${grupo} to ${rol};
    exception when unique_violation then null;
    end;
  end if;
end $$;`,
  ).join('')

const sqlDeRoles = [
  ...ROLES_DE_CONTEXTO.map((rol) => crear(rol, 'nologin noinherit nosuperuser nobypassrls')),
  crear(ROL_APP, 'nologin noinherit nosuperuser nobypassrls'),
  hacerMiembro(ROL_APP),
].join('')

/** Two databases changing the same row of pg_authid at once: PostgreSQL answers XX000 and asks for nothing but patience. */
async function conPaciencia<T>(fn: () => Promise<T>): Promise<T> {
  for (let intento = 1; ; intento++) {
    try {
      return await fn()
    } catch (error) {
      const choque = /tuple concurrently (updated|deleted)/.test(String((error as Error).message))
      if (!choque || intento === 20) throw error
      await new Promise((listo) => setTimeout(listo, 20 * intento))
    }
  }
}

/** Makes the four roles when they are missing. Any number of processes may run it at once. */
export async function crearRoles(sql: Sql): Promise<void> {
  await conPaciencia(async () => void (await sql.unsafe(sqlDeRoles)))
}

/** Makes the login role of this database when it is missing, without a password yet. */
export async function crearRolDeAcceso(sql: Sql, rol: string): Promise<void> {
  await conPaciencia(async () => void (await sql.unsafe(crear(rol, 'login noinherit nosuperuser nobypassrls') + hacerMiembro(rol))))
}

export async function ponerClave(sql: Sql, rol: string, clave: string): Promise<void> {
  const verificador = verificadorScram(clave)
  await conPaciencia(async () => void (await sql.unsafe(`alter role ${rol} password '${verificador}'`)))
}
