/** What the catalog alone can say about the isolation. Each check answers with what is wrong, in words; nothing wrong is an empty list. */
import type { Tx } from './db.ts'

/** The only tables that join a tenant to a person: its clients, and who may manage it. */
const PUENTES = ['clientes', 'negocio_cuentas']

const consultas: Record<string, string> = {
  'row security is not forced on table': `
    select relname as que from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migraciones'
      and not (relrowsecurity and relforcerowsecurity)`,

  'the owner’s history of migrations is granted to a role, table': `
    select 'migraciones to ' || rolname as que from pg_roles
    where rolname in ('app_negocio', 'app_usuario', 'app_plataforma', 'anunciaya_app')
      and has_table_privilege(rolname, 'public.migraciones', 'select, insert, update, delete')`,

  // A key without the tenant tells by a 23505 that somebody else's row exists.
  'a unique key does not begin with its owner': `
    select i.indexrelid::regclass::text as que
    from pg_index i join pg_class c on c.oid = i.indrelid
    join lateral (
      select a.attnum from pg_attribute a
      where a.attrelid = c.oid and not a.attisdropped and a.attname in ('negocio_id', 'usuario_id')
      order by a.attname limit 1) dueno on true
    where c.relnamespace = 'public'::regnamespace and i.indisunique and i.indkey[0] <> dueno.attnum`,

  'a foreign key between tenant tables does not begin with negocio_id': `
    select k.conname as que from pg_constraint k
    join pg_attribute de on de.attrelid = k.conrelid and de.attname = 'negocio_id'
    join pg_attribute a on a.attrelid = k.confrelid and a.attname = 'negocio_id'
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace
      and not (k.conkey[1] = de.attnum and k.confkey[1] = a.attnum)`,

  'a tenant table points at a person without going through clientes': `
    select k.conname as que from pg_constraint k
    join pg_attribute de on de.attrelid = k.conrelid and de.attname = 'negocio_id'
    where k.contype = 'f' and k.confrelid = to_regclass('public.usuarios')
      and k.conrelid::regclass::text not in (${PUENTES.map((p) => `'${p}'`).join(', ')})`,

  'a policy contains OR': `
    select tablename || '.' || policyname as que from pg_policies
    where schemaname = 'public' and concat(qual, ' ', with_check) ~* '\\mor\\M'`,

  // Permissive policies of one role are OR-ed by PostgreSQL itself.
  'two policies of one role and command add up on table': `
    select tablename || ' for ' || rol as que
    from pg_policies p, unnest(p.roles) as rol
    where schemaname = 'public' and permissive = 'PERMISSIVE'
    group by tablename, rol
    having count(*) filter (where cmd = 'ALL') + max(case when cmd <> 'ALL' then 1 else 0 end) > 1
      or count(*) filter (where cmd <> 'ALL') > count(distinct cmd) filter (where cmd <> 'ALL')`,

  'a policy is for everybody': `
    select tablename || '.' || policyname as que from pg_policies where schemaname = 'public' and 'public' = any (roles)`,

  'a view reads with its owner’s eyes (security_invoker is missing)': `
    select relname as que from pg_class
    where relnamespace = 'public'::regnamespace
      and (relkind = 'm' or (relkind = 'v' and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']))`,

  'a function runs as its owner': `
    select p.oid::regprocedure::text as que from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef`,

  // It could change rows it cannot see, and the walk would not notice.
  'a role may write what it may not read': `
    select c.relname || ' by ' || rol as que
    from pg_class c, unnest(array['app_negocio', 'app_usuario']) as rol
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (has_any_column_privilege(rol, c.oid, 'update') or has_table_privilege(rol, c.oid, 'delete'))
      and not has_any_column_privilege(rol, c.oid, 'select')`,

  'row security does not bind TRUNCATE, granted on': `
    select c.relname || ' to ' || rol as que
    from pg_class c, unnest(array['app_negocio', 'app_usuario', 'app_plataforma']) as rol
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege(rol, c.oid, 'truncate')`,
}

/** Reads the catalog as superuser. */
export async function hallazgosDelCatalogo(sql: Tx): Promise<string[]> {
  const hallazgos: string[] = []
  for (const [frase, consulta] of Object.entries(consultas))
    for (const { que } of await sql.unsafe<{ que: string }[]>(consulta)) hallazgos.push(`${frase}: ${que}`)
  return hallazgos
}
