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

/** Tries every table and view of ours as whoever runs it: what may be read at all, and whether a row was seen. */
const PROBAR = `
  do $probe$
  declare
    t text;
    ve boolean;
    vistas jsonb := '{}';
  begin
    for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') loop
      begin
        execute format('select exists (select from public.%I)', t) into ve;
        vistas := vistas || jsonb_build_object(t, ve);
      exception when insufficient_privilege then
        null; -- not allowed to read is as good as reading nothing
      end;
    end loop;
    perform set_config('aya.probe', vistas::text, true);
  end $probe$`

/** Of what this role may read with no tenant and no shopper set: whether it sees a row. One transaction for all tables. */
async function loQueVe(sql: Sql, rol: string | null): Promise<Map<string, boolean>> {
  return sql.begin('read only', async (tx) => {
    if (rol) await tx.unsafe(`set local role ${rol}`)
    await tx.unsafe(PROBAR)
    const [fila] = await tx<{ vistas: string }[]>`select current_setting('aya.probe') as vistas`
    return new Map(Object.entries(JSON.parse(fila!.vistas) as Record<string, boolean>))
  })
}

/**
 * Throws `BASE_INSEGURA` naming the role or table. `sql` is the application's own login.
 * A table with a tenant or a shopper in it must force row security; without a context no table shows a row.
 */
export async function revisarAislamiento(sql: Sql): Promise<void> {
  await revisarRoles(sql)
  const tablas = await leerTablas(sql)
  const legibles = await loQueVe(sql, null)
  for (const { tabla, deDueno, segura, esVista } of tablas) {
    if (deDueno && !segura && !esVista) throw insegura(`table ${tabla} does not force row-level security`)
    if (legibles.has(tabla)) throw insegura(`${tabla} is readable without a context role`)
  }
  // Tables without those columns too: `usuarios` is a shopper's row under the name `id`.
  for (const rol of ['app_negocio', 'app_usuario'])
    for (const [tabla, ve] of await loQueVe(sql, rol)) if (ve) throw insegura(`${rol} sees rows of ${tabla} with no context set`)
}
