-- Cupones, recompensas, canjes, shifts; what a sale is corrected by. Rules R3, R4, R5, R6 (decision 0035).

-- CUP-25. An editable: every field of the document merges by itself. `usados` is the ledger's, in the order of acceptance (R3).
create table cupones (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  titulo text not null,
  descripcion text not null default '',
  tipo varchar(12) not null check (tipo in ('porcentaje', 'monto', 'dos_por_uno', 'regalo')),
  valor bigint not null check (valor >= 0),
  compra_minima_centavos bigint not null default 0 check (compra_minima_centavos >= 0),
  desde_at bigint not null,                                     -- ms, as the document says it
  vence_at bigint not null,
  limite_por_cliente integer not null default 1 check (limite_por_cliente >= 1),
  limite_total integer check (limite_total >= 1),
  codigo varchar(20) not null,
  imagen varchar(64),
  nivel_requerido varchar(10) check (nivel_requerido in ('bronce', 'plata', 'oro')),
  solo_con_conexion boolean not null default false,
  activo boolean not null default true,
  publico boolean not null default true,                        -- anybody may keep and use it; false: only whoever was given it
  sucursales jsonb not null default '[]',
  articulos jsonb not null default '[]',
  borrado boolean not null default false,
  sellos jsonb not null default '{}',
  usados integer not null default 0 check (usados >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id)
);
create index idx_cupones_codigo on cupones (negocio_id, codigo);
create index idx_cupones_vence on cupones (negocio_id, vence_at);

-- CUP-24. A row is made when a cupón is given to somebody, saved, or used; what is for everybody has none until then.
create table cupon_usuarios (
  negocio_id uuid not null references negocios (negocio_id),
  cupon_id uuid not null,
  usuario_id uuid not null,
  origen varchar(10) not null check (origen in ('asignado', 'guardado', 'usado')),
  codigo_unico varchar(20),                                     -- what this client reads out instead of showing the QR
  usados integer not null default 0 check (usados >= 0),
  guardado_at timestamptz not null,
  usado_at timestamptz,                                         -- the last time
  primary key (negocio_id, cupon_id, usuario_id),
  unique (negocio_id, codigo_unico)
);
create index idx_cupon_usuarios_usuario on cupon_usuarios (negocio_id, usuario_id);

-- CUP-17, 23. One use: a part of a sale. `cupon`: the definition it was judged by, for it may be edited later and the ledger is a fold of what was accepted.
create table cupon_usos (
  negocio_id uuid not null references negocios (negocio_id),
  transaccion_id uuid not null,
  cupon_id uuid not null,
  de_usuario uuid,
  sucursal_id uuid,
  descuento_centavos bigint not null check (descuento_centavos >= 0),
  costo_centavos bigint not null default 0 check (costo_centavos >= 0), -- what should not have been given: the merchant's (R3)
  motivo text,
  estado varchar(10) not null check (estado in ('usado', 'excedido', 'devuelto')),
  cupon jsonb,                                                  -- null: no such cupón
  eff_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (negocio_id, transaccion_id)
);
create index idx_cupon_usos_cupon on cupon_usos (negocio_id, cupon_id, eff_at);
create index idx_cupon_usos_usuario on cupon_usos (negocio_id, de_usuario, eff_at);

-- CARD-31. An editable.
create table recompensas (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  nombre text not null,
  descripcion text not null default '',
  puntos integer not null check (puntos >= 1),
  valor_centavos bigint not null default 0 check (valor_centavos >= 0),
  imagen varchar(64),
  activa boolean not null default true,
  sucursales jsonb not null default '[]',
  borrado boolean not null default false,
  sellos jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id)
);

-- CARD-31, SCAN-30..33; R4, R5. id = the hecho that made it. What it buys was frozen then.
create table canjes (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  numero bigint not null,                                       -- 48 bits; its low 30 are the code people read out
  usuario_id uuid not null,
  card_id varchar(16) not null,
  recompensa_id uuid not null,
  nombre text not null,
  puntos integer not null check (puntos >= 1),
  valor_centavos bigint not null check (valor_centavos >= 0),
  sucursal_id uuid,                                             -- where it is given; null: anywhere
  qr text not null,
  vence_at timestamptz not null,
  estado varchar(12) not null check (estado in ('pendiente', 'confirmado', 'expirado', 'cancelado')),
  apartado boolean not null,                                    -- its points are in puntos_apartados
  creado_at timestamptz not null,
  cerrado_at timestamptz,
  dispositivo_id uuid,                                          -- that confirmed it, as the two below; null: over HTTP, or nobody
  cadena_id uuid,
  empleado_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id),
  unique (negocio_id, numero),
  foreign key (negocio_id, usuario_id) references clientes (negocio_id, usuario_id)
);
create index idx_canjes_usuario on canjes (negocio_id, usuario_id, creado_at);
create index idx_canjes_fecha on canjes (negocio_id, creado_at);
create index idx_canjes_apartados on canjes (negocio_id, vence_at) where apartado;

-- Which till of a sucursal may confirm canjes with no network, and until when everything it did is known here (R5).
create table arriendos_canje (
  negocio_id uuid not null references negocios (negocio_id),
  sucursal_id uuid not null,
  dispositivo_id uuid not null,
  emitido_at timestamptz not null,
  vence_at timestamptz not null,
  vista_hasta timestamptz not null,
  pedido_por uuid,                                              -- the till that waits for it
  primary key (negocio_id, sucursal_id),
  foreign key (negocio_id, sucursal_id) references negocio_sucursales (negocio_id, id),
  foreign key (negocio_id, dispositivo_id) references dispositivos (negocio_id, id)
);

-- Shifts of a till. id = what its opening said; `resumen` is what the till counted, `contado_centavos` what the cashier did.
create table turnos_caja (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  dispositivo_id uuid,
  sucursal_id uuid,
  abierto_por uuid,
  cerrado_por uuid,
  fondo_centavos bigint not null default 0 check (fondo_centavos >= 0),
  contado_centavos bigint check (contado_centavos >= 0),
  resumen jsonb,
  nota text,
  abierto_at timestamptz not null,
  cerrado_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id)
);
create index idx_turnos_caja_fecha on turnos_caja (negocio_id, abierto_at);

-- SCAN-28, 34. What a cupón took off; the photo of the sale; what was charged before a correction. A sale that a cupón paid whole is of 0.
alter table transacciones
  add column cupon_id uuid,
  add column descuento_centavos bigint not null default 0 check (descuento_centavos >= 0),
  add column foto varchar(64),
  add column monto_original_centavos bigint,                    -- null: never corrected
  add column sin_licencia boolean not null default false,       -- R15: what a client claims of it waits
  drop constraint transacciones_monto_centavos_check,
  add constraint transacciones_monto_centavos_check check (monto_centavos between 0 and 9999999999);
create index idx_transacciones_cupon on transacciones (negocio_id, cupon_id, eff_at) where cupon_id is not null;

-- Points set apart for a canje, out of puntos_disponibles.
alter table puntos_por_negocio add column puntos_apartados bigint not null default 0 check (puntos_apartados >= 0);

do $$
declare t text;
begin
  foreach t in array array['cupones', 'cupon_usuarios', 'cupon_usos', 'recompensas', 'canjes', 'arriendos_canje', 'turnos_caja'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma, app_negocio', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
    execute format('create policy negocio on %I to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio())', t);
  end loop;
end $$;
