/** Ways to break the isolation on purpose, each with what undoes it. The boot probe must refuse every one, and name the culprit. */
export interface Rotura {
  que: string
  romper: string
  componer: string
  /** What the refusal must name. */
  nombra: RegExp
  /** Changes a role of the whole cluster: only where no other test lives. */
  deCluster?: true
}

/** Rows that a leak would show. Runs once, as superuser. */
export const FILAS = `
  insert into usuarios (id, correo, contrasena_hash, nombre) values
    ('00000000-0000-4000-8000-000000000001', 'x@ejemplo.mx', '-', 'X');
  insert into negocios (negocio_id, numero, nombre, codigo_caja) values
    ('00000000-0000-4000-8000-00000000000a', 1, 'A', 'a');`

export const ROTURAS: Rotura[] = [
  {
    que: 'a context role that bypasses row security',
    romper: 'alter role app_negocio bypassrls',
    componer: 'alter role app_negocio nobypassrls',
    nombra: /app_negocio/,
    deCluster: true,
  },
  {
    que: 'a superuser application role',
    romper: 'alter role anunciaya_app superuser',
    componer: 'alter role anunciaya_app nosuperuser',
    nombra: /anunciaya_app/,
    deCluster: true,
  },
  {
    que: 'an application role that inherits',
    romper: 'alter role anunciaya_app inherit',
    componer: 'alter role anunciaya_app noinherit',
    nombra: /inherits/,
    deCluster: true,
  },
  {
    que: 'row security not forced',
    romper: 'alter table articulos no force row level security',
    componer: 'alter table articulos force row level security',
    nombra: /articulos/,
  },
  {
    que: 'row security not enabled',
    romper: 'alter table mias disable row level security',
    componer: 'alter table mias enable row level security',
    nombra: /mias/,
  },
  {
    que: 'a new tenant table nobody protected',
    romper: 'create table nueva (negocio_id uuid primary key)',
    componer: 'drop table nueva',
    nombra: /nueva/,
  },
  {
    que: 'a new shopper table nobody protected',
    romper: 'create table nueva_mia (usuario_id uuid primary key)',
    componer: 'drop table nueva_mia',
    nombra: /nueva_mia/,
  },
  {
    que: 'a policy that lets a tenant in without a context',
    romper: 'create policy agujero on negocios to app_negocio using (true)',
    componer: 'drop policy agujero on negocios',
    nombra: /app_negocio sees rows of negocios/,
  },
  {
    que: 'a policy that lets a shopper in without a context, on a table whose key has another name',
    romper: 'create policy agujero on usuarios to app_usuario using (true); grant select on usuarios to app_usuario',
    componer: 'drop policy agujero on usuarios; revoke select on usuarios from app_usuario',
    nombra: /app_usuario sees rows of usuarios/,
  },
  {
    que: 'a view that reads with its owner’s eyes',
    romper: 'create view mirilla as select * from negocios; grant select on mirilla to app_negocio',
    componer: 'drop view mirilla',
    nombra: /app_negocio sees rows of mirilla/,
  },
  {
    que: 'a table everybody may read',
    romper: 'grant usage on schema public to public; grant select on nodos to public',
    componer: 'revoke usage on schema public from public; revoke select on nodos from public',
    nombra: /nodos is readable/,
  },
]
