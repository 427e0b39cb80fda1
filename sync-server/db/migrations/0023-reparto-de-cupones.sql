-- Cupones given to clients, told in time, and sales whose client was named without a QR (CUP-04, 18..22; SCAN-38).

-- One sending of a cupón: a job goes through its clients in chunks, by usuario_id, and remembers the last.
create table cupon_envios (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  cupon_id uuid not null,
  destino varchar(10) not null check (destino in ('todos', 'nivel', 'elegidos', 'inactivos', 'quienes')),
  criterio jsonb not null default '{}',                         -- { nivel }, { usuarioIds }, { dias }
  creado_por text not null default '',                          -- as that person was called then
  total integer not null check (total >= 0),                    -- whom it was for when it was asked
  hechos integer not null default 0 check (hechos >= 0),
  nuevos integer not null default 0 check (nuevos >= 0),        -- of them, who did not hold it yet
  ultimo uuid,                                                  -- the last client done
  estado varchar(10) not null default 'pendiente' check (estado in ('pendiente', 'terminado')),
  terminado_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (negocio_id, id),
  foreign key (negocio_id, cupon_id) references cupones (negocio_id, id)
);
create index idx_cupon_envios_pendientes on cupon_envios (created_at) where estado = 'pendiente';
create index idx_cupon_envios_cupon on cupon_envios (negocio_id, cupon_id, created_at);

-- Whoever holds a cupón sees its edits: up to which one they were told. And how near to its end they were told of it: 1 three days, 2 one day, 3 over.
alter table cupones
  add column difundido_at timestamptz,
  add column aviso_de_fin smallint not null default 0 check (aviso_de_fin between 0 and 3);
create index idx_cupones_por_difundir on cupones (updated_at) where difundido_at is distinct from updated_at;
create index idx_cupones_por_avisar on cupones (vence_at) where aviso_de_fin < 3;

-- Of how many uses the client was told.
alter table cupon_usuarios add column usos_avisados integer not null default 0 check (usos_avisados >= 0);
create index idx_cupon_usuarios_por_avisar on cupon_usuarios (negocio_id, cupon_id, usuario_id) where usados > usos_avisados;

-- SCAN-38. A dueño or gerente named the client: who did, and how many a day.
create table ventas_sin_qr (
  negocio_id uuid not null references negocios (negocio_id),
  transaccion_id uuid not null,
  dia varchar(10) not null,                                     -- of the sucursal's calendar
  de_usuario uuid not null,                                     -- the client
  cuenta_id uuid not null,                                      -- who named them
  created_at timestamptz not null default now(),
  primary key (negocio_id, transaccion_id)
);
create index idx_ventas_sin_qr_dia on ventas_sin_qr (negocio_id, dia);

-- What a shopper's stream holds besides: canjes and cupones.
alter table mias
  drop constraint mias_tipo_check,
  add constraint mias_tipo_check check (tipo in ('perfil', 'puntos', 'historial', 'venta', 'canje', 'cupon', 'aviso'));

do $$
declare t text;
begin
  foreach t in array array['cupon_envios', 'ventas_sin_qr'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma, app_negocio', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
    execute format('create policy negocio on %I to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio())', t);
  end loop;
end $$;
