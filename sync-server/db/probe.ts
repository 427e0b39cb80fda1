/**
 * The boot probe. A wrong role or a table without its policies would work perfectly and show everybody's rows, so the
 * server asks the database itself, every time it starts, and refuses to serve when an answer is not the right one.
 */
import { ErrorDb } from './errores.ts'
import { ROL_APP, ROLES_DE_CONTEXTO } from './roles.ts'
import type { Sql } from './tipos.ts'

const insegura = (detalle: string) => new ErrorDb('BASE_INSEGURA', detalle)

interface Tabla {
  tabla: string
  deDueno: boolean
  segura: boolean
  esVista: boolean
}

async function revisarRoles(sql: Sql): Promise<void> {
  const roles = await sql<{ rolname: string }[]>`
    select rolname from pg_roles
    where (rolsuper or rolbypassrls)
      and (rolname in ${sql([ROL_APP, ...ROLES_DE_CONTEXTO])} or rolname in (current_user, session_user))`
  if (roles[0]) throw insegura(`role ${roles[0].rolname} is superuser or bypasses row-level security`)
  const [yo] = await sql<{ yo: string; hereda: boolean }[]>`
    select current_user as yo, rolinherit as hereda from pg_roles where rolname = current_user`
  if (yo?.hereda) throw insegura(`role ${yo.yo} inherits: it must have no right of its own`)
}

/** Every table and view of ours, and whether it has a tenant's or a shopper's rows. */
async function leerTablas(sql: Sql): Promise<Tabla[]> {
  return sql<Tabla[]>`
    select c.relname as tabla, c.relkind in ('v', 'm') as es_vista,
      c.relrowsecurity and c.relforcerowsecurity as segura,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              and a.attname in ('negocio_id', 'usuario_id')) as de_dueno
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    order by c.relname`
}

/** Rows this role sees with no tenant and no shopper set. Undefined: it may not read the table at all. */
async function filasVisibles(sql: Sql, rol: string | null, tabla: string): Promise<number | undefined> {
  try {
    return await sql.begin('read only', async (tx) => {
      if (rol) await tx.unsafe(`set local role ${rol}`)
      const [fila] = await tx<{ n: number }[]>`select count(*)::int as n from ${tx(`public.${tabla}`)}`
      return fila!.n
    })
  } catch (error) {
    // Not allowed to read is as good as reading nothing.
    if ((error as { code?: string }).code === '42501') return undefined
    throw error
  }
}

/**
 * Throws `BASE_INSEGURA` naming the role or table. `sql` is the application's own login.
 * A table with a tenant or a shopper in it must force row security; without a context no table shows a row.
 */
export async function revisarAislamiento(sql: Sql): Promise<void> {
  await revisarRoles(sql)
  for (const { tabla, deDueno, segura, esVista } of await leerTablas(sql)) {
    if (deDueno && !segura && !esVista) throw insegura(`table ${tabla} does not force row-level security`)
    if ((await filasVisibles(sql, null, tabla)) !== undefined) throw insegura(`${tabla} is readable without a context role`)
    // Tables without those columns too: `usuarios` is a shopper's row under the name `id`.
    for (const rol of ['app_negocio', 'app_usuario'])
      if (await filasVisibles(sql, rol, tabla)) throw insegura(`${rol} sees rows of ${tabla} with no context set`)
  }
}
