-- The shopper's own stream, the platform's stream, and who sees what.

create table contadores_usuario (
  usuario_id uuid primary key references usuarios (id),
  epoca uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  horizonte bigint not null default 0
);
create table cambios_usuario (
  usuario_id uuid not null references usuarios (id),
  seq bigint not null,
  coleccion text not null,
  pk text not null,
  antes jsonb,
  despues jsonb,
  at timestamptz not null,
  primary key (usuario_id, seq)
);
-- Everything a shopper's replica shows, one document per row: perfil, puntos:<negocio>, historial:<id>, venta:<id>.
create table mias (
  usuario_id uuid not null references usuarios (id),
  id text not null,
  tipo varchar(12) not null check (tipo in ('perfil', 'puntos', 'historial', 'venta', 'aviso')),
  doc jsonb not null,
  primary key (usuario_id, id)
);
-- Points on their way to puntos_lifetime: they settle 24 h after effAt (design 03).
create table lifetime_pendiente (
  usuario_id uuid not null references usuarios (id),
  transaccion_id uuid not null,
  de_negocio uuid not null,
  puntos integer not null,
  eff_at timestamptz not null,
  asienta_at timestamptz not null,
  estado varchar(10) not null check (estado in ('pendiente', 'asentado', 'anulado')),
  primary key (usuario_id, transaccion_id)
);
create index idx_lifetime_pendiente on lifetime_pendiente (asienta_at) where estado = 'pendiente';

-- plataforma is written only by the flusher.
create table contador_plataforma (
  id smallint primary key check (id = 1),
  epoca uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  horizonte bigint not null default 0
);
insert into contador_plataforma (id) values (1);
create table cambios_plataforma (
  seq bigint primary key,
  coleccion text not null,
  pk text not null,
  antes jsonb,
  despues jsonb,
  at timestamptz not null
);
create table estado_dispositivos (
  id uuid primary key,                                          -- dispositivo
  de_negocio uuid not null,
  nombre text not null,
  ultimo_contacto_at timestamptz not null,
  pendientes integer not null default 0,
  mas_antiguo_at timestamptz,
  offset_ms bigint,
  almacen_usado_bytes bigint,
  version_app text,
  recibidos bigint not null default 0,
  sin_procesar bigint not null default 0
);
create table nodos (id text primary key, iniciado_at timestamptz not null, latido_at timestamptz not null, version text not null);

-- Rows of a shopper in any negocio are visible to that shopper; rows of a tenant to that tenant; the platform role sees and writes all.
do $$
declare t text;
declare del_negocio text[] := array['negocios','negocio_sucursales','negocio_cuentas','empleados','dispositivos','enlaces_alta','licencias','configuraciones',
  'contadores_negocio','cadenas','hechos_recibidos','veredictos','clientes','articulos','ediciones','transacciones','retenciones','usos_qr',
  'ventas_por_tarjeta','puntos_por_negocio','historial_puntos','avisos','cambios_negocio','usuario_eventos'];
declare del_usuario text[] := array['tarjetas','tarjeta_llaves','contadores_usuario','cambios_usuario','mias','lifetime_pendiente'];
declare leidas_por_usuario text[] := array['clientes','puntos_por_negocio','historial_puntos'];
declare de_plataforma text[] := array['usuarios','negocio_numeros','tarjetas_emitidas','tarjeta_numeros','llaves_plataforma','secretos','sesiones','refresh_tokens',
  'bloqueos_acceso','contador_plataforma','cambios_plataforma','estado_dispositivos','nodos'];
begin
  foreach t in array del_negocio || del_usuario || de_plataforma loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
  end loop;
  foreach t in array del_negocio loop
    execute format('grant select, insert, update, delete on %I to app_negocio', t);
    execute format('create policy negocio on %I to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio())', t);
  end loop;
  foreach t in array del_usuario loop
    execute format('grant select, insert, update, delete on %I to app_usuario', t);
    execute format('create policy usuario on %I to app_usuario using (usuario_id = ctx_usuario()) with check (usuario_id = ctx_usuario())', t);
  end loop;
  foreach t in array leidas_por_usuario loop
    execute format('grant select on %I to app_usuario', t);
    execute format('create policy usuario on %I for select to app_usuario using (usuario_id = ctx_usuario())', t);
  end loop;
end $$;

-- The projector reads and marks a shopper's events, and nothing else of a tenant.
grant select, update (aplicado_at) on usuario_eventos to app_usuario;
create policy usuario on usuario_eventos to app_usuario using (usuario_id = ctx_usuario()) with check (usuario_id = ctx_usuario());
-- A shopper's own person row: read it, and the projector raises lifetime and nivel.
grant select (id, nombre, apellidos, puntos_lifetime, nivel_cardya, borrado_at, created_at, updated_at), update (puntos_lifetime, nivel_cardya, updated_at) on usuarios to app_usuario;
create policy usuario on usuarios to app_usuario using (id = ctx_usuario()) with check (id = ctx_usuario());
-- The judge looks an issued card up by its exact pair; the alias is what the shopper agreed to show at a counter.
grant select on tarjetas_emitidas to app_negocio;
create policy negocio on tarjetas_emitidas for select to app_negocio using (ctx_negocio() is not null);
grant usage on schema public to app_negocio, app_usuario, app_plataforma;
revoke all on schema public from public;
revoke execute on all functions in schema public from public;
grant execute on function ctx_negocio(), ctx_usuario() to app_negocio, app_usuario, app_plataforma;
