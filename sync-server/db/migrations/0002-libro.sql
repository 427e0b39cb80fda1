-- The journal as received, the ledger judged from it, and the change logs.

-- One counter per negocio: taken first by every transaction that writes the negocio's tables. seq orders the change log, aceptados orders hechos.
create table contadores_negocio (
  negocio_id uuid primary key references negocios (negocio_id),
  epoca uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  horizonte bigint not null default 0,
  aceptados bigint not null default 0,
  ultimo_recibido_at timestamptz not null default 'epoch'
);

create table cadenas (
  negocio_id uuid not null references negocios (negocio_id),
  cadena_id uuid not null,
  dispositivo_id uuid,                                          -- null: the server's own chain
  esperado bigint not null default 0,                           -- next seq the server wants
  hash_cabeza text not null default '',
  ultimo_eff_at timestamptz not null default 'epoch',
  hueco boolean not null default false,
  bifurcada boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (negocio_id, cadena_id),
  foreign key (negocio_id, dispositivo_id) references dispositivos (negocio_id, id)
);

-- Acceptance: the bytes as they came. variante > 0: another body for the same seq (fork), kept for review and not judged.
create table hechos_recibidos (
  negocio_id uuid not null references negocios (negocio_id),
  n bigint not null,
  cadena_id uuid not null,
  seq bigint not null,
  variante smallint not null default 0,
  hecho_id uuid,
  tipo text,
  hash text not null,
  cuerpo text,                                                  -- null: a signed `perdido`
  recibido_at timestamptz not null,
  estado varchar(12) not null check (estado in ('recibido', 'juzgado', 'en_espera', 'sin_procesar', 'perdido', 'bifurcado')),
  espera_de uuid,
  espera_vence_at timestamptz,
  primary key (negocio_id, n),
  unique (negocio_id, cadena_id, seq, variante)
);
create index idx_hechos_hecho on hechos_recibidos (negocio_id, hecho_id);
create index idx_hechos_espera on hechos_recibidos (negocio_id, espera_de) where estado = 'en_espera';
create index idx_hechos_sin_procesar on hechos_recibidos (negocio_id, estado) where estado in ('sin_procesar', 'recibido');

create table veredictos (
  negocio_id uuid not null references negocios (negocio_id),
  cadena_id uuid not null,
  seq bigint not null,
  hecho_id uuid not null,
  tipo text not null,
  dispositivo_id uuid,
  estado varchar(12) not null check (estado in ('aceptado', 'retenido', 'en_revision', 'en_espera', 'huerfano', 'duplicado', 'sin_procesar')),
  motivos jsonb not null default '[]',
  puntos integer not null default 0,
  eff_at timestamptz not null,
  hueco boolean not null default false,
  seq_stream bigint not null,                                   -- its effects are in the negocio's stream at this seq
  primary key (negocio_id, cadena_id, seq)
);
create index idx_veredictos_dispositivo on veredictos (negocio_id, dispositivo_id, seq_stream);

-- PTS-15: made by the first sale; the only bridge from a tenant to a person.
create table clientes (
  negocio_id uuid not null references negocios (negocio_id),
  usuario_id uuid not null references usuarios (id),
  card_id varchar(16) not null,
  alias text not null,
  nivel_ultima_visita varchar(10) not null,
  visitas integer not null,
  gastado_centavos bigint not null,
  primera_visita_at timestamptz not null,
  ultima_visita_at timestamptz not null,
  primary key (negocio_id, usuario_id)
);
create index idx_clientes_visita on clientes (negocio_id, ultima_visita_at);

-- CAT-03. sellos: per-field stamps of the merge (R7, R8, R9).
create table articulos (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  nombre text not null,
  descripcion text not null default '',
  precio_centavos bigint not null check (precio_centavos >= 0),
  categoria text not null default '',
  tipo varchar(10) not null check (tipo in ('producto', 'servicio')),
  visible boolean not null default true,
  agotado boolean not null default false,
  destacado boolean not null default false,
  desde boolean not null default false,
  borrado boolean not null default false,
  sellos jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id)
);
-- Field history, and what makes a resent edit harmless: the first receipt of (field, device, stamp) fixes its clamp.
create table ediciones (
  negocio_id uuid not null references negocios (negocio_id),
  tabla text not null,
  pk text not null,
  campo text not null,
  dispositivo text not null,
  eff_at_original bigint not null,
  eff_at bigint not null,
  valor jsonb,
  recibido_at timestamptz not null,
  primary key (negocio_id, tabla, pk, campo, dispositivo, eff_at_original)
);

-- SCAN-34, 35, 36.
create table transacciones (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  sucursal_id uuid,
  dispositivo_id uuid,
  cadena_id uuid not null,
  seq bigint not null,
  folio text not null,
  cliente_id uuid,
  card_id varchar(16),
  empleado_id uuid,
  monto_centavos bigint not null check (monto_centavos between 1 and 9999999999),
  monto numeric(10, 2) generated always as (monto_centavos / 100.0) stored,
  descripcion text,
  metodo_pago varchar(20) not null check (metodo_pago in ('efectivo', 'tarjeta', 'transferencia')),
  lineas jsonb not null default '[]',
  puntos_base integer not null,
  multiplicador_pct integer not null,
  multiplicador numeric(4, 2) generated always as (multiplicador_pct / 100.0) stored,
  puntos_otorgados integer not null,
  puntos_devueltos integer not null default 0,
  acreditada boolean not null default false,
  nivel_cliente varchar(10),
  config_version integer not null,
  reembolsado_centavos bigint not null default 0,
  motivo text,
  estado varchar(20) not null default 'completada' check (estado in ('completada', 'reembolsada', 'anulada')),
  eff_at timestamptz not null,
  recibido_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id),
  foreign key (negocio_id, cliente_id) references clientes (negocio_id, usuario_id)
);
create index idx_transacciones_negocio on transacciones (negocio_id, eff_at);
create index idx_transacciones_sucursal on transacciones (negocio_id, sucursal_id, eff_at);
create index idx_transacciones_cliente on transacciones (negocio_id, cliente_id, eff_at);
create index idx_transacciones_fecha on transacciones (negocio_id, created_at);

create table retenciones (
  negocio_id uuid not null references negocios (negocio_id),
  transaccion_id uuid not null,
  regla varchar(4) not null,
  codigo text not null,
  al_vencer varchar(10) not null check (al_vencer in ('acreditar', 'caducar')),
  vence_at timestamptz not null,
  estado varchar(10) not null check (estado in ('activa', 'levantada', 'rechazada', 'caducada')),
  primary key (negocio_id, transaccion_id, regla),
  foreign key (negocio_id, transaccion_id) references transacciones (negocio_id, id)
);
create index idx_retenciones_vence on retenciones (negocio_id, vence_at) where estado = 'activa';

-- R2: one automatic credit per (card, key, counter) in a negocio.
create table usos_qr (
  negocio_id uuid not null references negocios (negocio_id),
  card_id varchar(16) not null,
  llave varchar(32) not null,
  ctr bigint not null,
  transaccion_id uuid not null,
  primary key (negocio_id, card_id, llave, ctr)
);
-- R16: sales a day on a card, in the sucursal's own day.
create table ventas_por_tarjeta (
  negocio_id uuid not null references negocios (negocio_id),
  card_id varchar(16) not null,
  dia date not null,
  ventas integer not null,
  primary key (negocio_id, card_id, dia)
);

-- CARD-29.
create table puntos_por_negocio (
  negocio_id uuid not null references negocios (negocio_id),
  usuario_id uuid not null,
  sucursal_id uuid,
  puntos_disponibles integer not null default 0 check (puntos_disponibles >= 0),
  puntos_acumulados integer not null default 0,
  puntos_retenidos integer not null default 0 check (puntos_retenidos >= 0),
  sobregiro integer not null default 0 check (sobregiro >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, usuario_id),
  foreign key (negocio_id, usuario_id) references clientes (negocio_id, usuario_id)
);
-- CARD-30. id = the hecho that moved the points.
create table historial_puntos (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  usuario_id uuid not null,
  sucursal_id uuid,
  tipo varchar(20) not null check (tipo in ('ganado', 'canjeado', 'expirado', 'devuelto', 'anulado')),
  puntos integer not null,
  monto_centavos bigint,
  multiplicador_pct integer,
  nivel_al_momento varchar(10),
  transaccion_id uuid,
  descripcion text not null default '',
  eff_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (negocio_id, id),
  foreign key (negocio_id, usuario_id) references clientes (negocio_id, usuario_id)
);
create index idx_historial_usuario on historial_puntos (negocio_id, usuario_id, eff_at);

-- The dueño's inbox: review entries, tasks, alerts, lost edits.
create table avisos (
  negocio_id uuid not null references negocios (negocio_id),
  id text not null,
  tipo varchar(10) not null check (tipo in ('revision', 'tarea', 'alerta', 'conflicto')),
  regla varchar(4),
  codigo text not null,
  costo_centavos bigint,
  puntos integer,
  datos jsonb not null default '{}',
  resuelto_at timestamptz,
  resuelto_por uuid,
  creado_at timestamptz not null,
  primary key (negocio_id, id)
);

-- The change log of a negocio. pk and coleccion as replicas know them; images are the documents of the wire.
create table cambios_negocio (
  negocio_id uuid not null references negocios (negocio_id),
  seq bigint not null,
  coleccion text not null,
  pk text not null,
  antes jsonb,
  despues jsonb,                                                -- null: deleted
  at timestamptz not null,
  primary key (negocio_id, seq)
);

-- Outbox to the projector (design 03): written in the negocio's transaction, applied exactly once per shopper.
create table usuario_eventos (
  negocio_id uuid not null references negocios (negocio_id),
  hecho_id uuid not null,
  usuario_id uuid not null,
  orden bigint not null,                                        -- n of the hecho, so that a negocio's events apply in order
  cuerpo jsonb not null,
  negocio_nombre text not null,                                 -- names are frozen for the shopper
  aplicado_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (negocio_id, hecho_id)
);
create index idx_eventos_pendientes on usuario_eventos (usuario_id, negocio_id, orden) where aplicado_at is null;
