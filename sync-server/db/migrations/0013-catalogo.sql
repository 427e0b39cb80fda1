-- The catálogo as its merchant works on it: where each articulo is sold, its pictures, who looked at it; the inbox as something that is decided.

-- CAT-05, 12, 13. Lists, merged as one field each: the column is what the document of the wire carries.
alter table articulos
  add column sucursales jsonb not null default '[]',            -- ids; empty: everywhere
  add column imagenes jsonb not null default '[]';              -- hashes, the first one is its face
-- The public page counts a look at an articulo before it knows whose it is.
create index idx_articulos_id on articulos (id);

-- CAT-13. Derived from articulos.sucursales at each write; an articulo without rows is sold everywhere.
create table articulo_sucursales (
  negocio_id uuid not null references negocios (negocio_id),
  articulo_id uuid not null,
  sucursal_id uuid not null,
  primary key (negocio_id, articulo_id, sucursal_id),
  foreign key (negocio_id, articulo_id) references articulos (negocio_id, id) on delete cascade,
  foreign key (negocio_id, sucursal_id) references negocio_sucursales (negocio_id, id)
);
create index idx_articulo_sucursales on articulo_sucursales (negocio_id, sucursal_id);

-- CAT-05, 16. Pictures kept in the folder of pictures, under the hash of what was uploaded; what is kept is always webp.
create table imagenes (
  negocio_id uuid not null references negocios (negocio_id),
  hash varchar(64) not null check (hash ~ '^[0-9a-f]{64}$'),
  tipo varchar(4) not null check (tipo in ('webp', 'jpeg', 'png')), -- as it was uploaded
  bytes integer not null check (bytes > 0),                     -- as it is kept
  ancho integer not null check (ancho > 0),
  alto integer not null check (alto > 0),
  created_at timestamptz not null default now(),
  sin_uso_desde_at timestamptz,                                 -- since when nothing refers to it
  primary key (negocio_id, hash)
);
create index idx_imagenes_sin_uso on imagenes (sin_uso_desde_at) where sin_uso_desde_at is not null;

-- CAT-08. Looks at an articulo of the public page, by day of the negocio.
create table articulo_vistas (
  negocio_id uuid not null references negocios (negocio_id),
  articulo_id uuid not null,
  dia date not null,
  vistas integer not null default 0,
  primary key (negocio_id, articulo_id, dia),
  foreign key (negocio_id, articulo_id) references articulos (negocio_id, id) on delete cascade
);

-- R7-R9. Who wrote a value and where, as they were called then.
alter table ediciones
  add column quien text not null default '',
  add column equipo text not null default '';

-- The inbox is an editable of one field. resuelto_at and resuelto_por follow from the stamp of `resolucion`.
alter table avisos
  add column resolucion varchar(12) check (resolucion in ('queda', 'restaurada', 'editada', 'atendida')),
  add column resuelto_por_nombre text,
  add column sellos jsonb not null default '{}';
create index idx_avisos_abiertos on avisos (negocio_id, tipo, creado_at) where resuelto_at is null;

-- A Studio acts for the account that enrolled it.
alter table dispositivos
  add column usuario_id uuid,
  add column usuario_nombre text not null default '';
alter table dispositivos no force row level security;
alter table enlaces_alta no force row level security;
alter table usuarios no force row level security;
update dispositivos d set usuario_id = e.creado_por from enlaces_alta e
  where e.negocio_id = d.negocio_id and e.dispositivo_id = d.id and d.tipo = 'studio';
update dispositivos d set usuario_nombre = trim(u.nombre || ' ' || u.apellidos) from usuarios u where u.id = d.usuario_id;
alter table dispositivos force row level security;
alter table enlaces_alta force row level security;
alter table usuarios force row level security;

do $$
declare t text;
begin
  foreach t in array array['articulo_sucursales', 'imagenes', 'articulo_vistas'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma, app_negocio', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
    execute format('create policy negocio on %I to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio())', t);
  end loop;
end $$;
