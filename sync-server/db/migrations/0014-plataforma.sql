-- What the Panel sees (design 03, "Streams"): one wide row per device and per negocio, kept by the flusher, so that a list is one read of an index.
-- Names are frozen in the rows. `busca` is folded: lower case, no accents.

alter table estado_dispositivos
  alter column ultimo_contacto_at drop not null,
  alter column pendientes drop not null,
  alter column pendientes drop default,
  add column numero integer not null default 0,                 -- of the negocio
  add column negocio text not null default '',
  add column sucursal_id uuid,
  add column sucursal text,
  add column tipo varchar(10) not null default 'caja' check (tipo in ('caja', 'studio')),
  add column serie varchar(12) not null default '',
  add column baja_at timestamptz,
  add column tramo_desde_at timestamptz,                        -- when the stretch of contact that is open, or was the last, began
  add column cuota_bytes bigint,
  add column persistente boolean,
  add column protocolo integer,
  add column hueco_at timestamptz,                              -- when the last lost entry was declared
  add column bifurcada_at timestamptz,
  add column retrasos jsonb not null default '[]',              -- histogram of its last hechos (sync/histograma.ts)
  add column retraso_p50 bigint,
  add column retraso_p95 bigint,
  add column atencion jsonb not null default '[]',
  add column en_linea boolean not null default false,
  add column revisar_at timestamptz,                            -- when time alone changes what this row says
  add column busca text not null default '',
  add column sin_atencion boolean not null generated always as (atencion = '[]'::jsonb) stored,
  add column de_baja boolean not null generated always as (baja_at is not null) stored,
  -- Oldest pending first, those with nothing pending last.
  add column orden timestamptz not null generated always as (coalesce(mas_antiguo_at, 'infinity'::timestamptz)) stored;
create index idx_estado_dispositivos_negocio on estado_dispositivos (de_negocio, de_baja, orden, id);
create index idx_estado_dispositivos_orden on estado_dispositivos (de_baja, orden, numero, id);
create index idx_estado_dispositivos_atencion on estado_dispositivos (de_baja, orden, numero, id) where not sin_atencion;
create index idx_estado_dispositivos_sin_conexion on estado_dispositivos (de_baja, orden, numero, id) where not en_linea and not de_baja;
create index idx_estado_dispositivos_revisar on estado_dispositivos (revisar_at) where revisar_at is not null;

create table estado_negocios (
  id uuid primary key,                                          -- negocio
  nombre text not null,
  numero integer not null,
  sucursales integer not null,
  equipos integer not null,
  en_linea integer not null,
  con_atencion integer not null,
  pendientes bigint not null,
  mas_antiguo_at timestamptz,
  ultimo_contacto_at timestamptz,
  recibidos bigint not null,
  sin_procesar bigint not null,
  busca text not null,
  orden timestamptz not null generated always as (coalesce(mas_antiguo_at, 'infinity'::timestamptz)) stored
);
create index idx_estado_negocios_orden on estado_negocios (orden, numero);

-- Stretches with contact: nothing longer than five minutes between two exchanges.
create table contactos (
  dispositivo_id uuid not null,
  desde_at timestamptz not null,
  hasta_at timestamptz not null,
  primary key (dispositivo_id, desde_at)
);
create index idx_contactos_hasta on contactos (hasta_at);
-- What the clock of a device was off by, the last word of each hour.
create table relojes (
  dispositivo_id uuid not null,
  hora_at timestamptz not null,
  offset_ms bigint not null,
  primary key (dispositivo_id, hora_at)
);
create index idx_relojes_hora on relojes (hora_at);

-- Throughput and delay, a row per minute of receipt.
create table pulso (minuto_at timestamptz primary key, hechos bigint not null, retrasos jsonb not null);
create table reglas_del_dia (dia date not null, regla varchar(4) not null, veces bigint not null, primary key (dia, regla));

create table veredictos_de_nota (
  id text primary key,                                          -- negocio|cadena|seq
  de_negocio uuid not null,
  negocio text not null,
  sucursal text not null,
  dispositivo_id uuid,
  dispositivo text not null,
  hecho_id uuid not null,
  tipo text not null,
  estado text not null,
  regla varchar(4),
  codigo text not null,
  monto_centavos bigint,
  puntos bigint not null,
  folio text,
  eff_at timestamptz not null,
  juzgado_at timestamptz not null,
  resultado varchar(12) not null check (resultado in ('pendiente', 'acreditado', 'rechazado', 'caducado', 'cerrado')),
  busca text not null
);
create index idx_veredictos_de_nota_fecha on veredictos_de_nota (juzgado_at desc, id desc);
create index idx_veredictos_de_nota_regla on veredictos_de_nota (regla, juzgado_at desc, id desc);
create index idx_veredictos_de_nota_negocio on veredictos_de_nota (de_negocio, juzgado_at desc, id desc);
create index idx_veredictos_de_nota_equipo on veredictos_de_nota (dispositivo_id, juzgado_at desc, id desc);
create index idx_veredictos_de_nota_hecho on veredictos_de_nota (hecho_id);
create index idx_veredictos_de_nota_pendientes on veredictos_de_nota (de_negocio, id) where resultado = 'pendiente';

alter table nodos
  add column memoria_bytes bigint,
  add column bucle_ms double precision,
  add column base_ms double precision,
  add column streams integer;

-- ADM-51, 63. What somebody of the platform did, never changed.
create table log_admin (
  id uuid primary key,
  admin_id uuid not null,
  accion text not null,
  modulo text not null,
  detalles jsonb not null,
  created_at timestamptz not null
);
create index idx_log_admin_fecha on log_admin (created_at);

-- What the Panel looks for in the ledger of any negocio: the odd ones only, so that a sale writes none of these.
create index idx_cadenas_dispositivo on cadenas (negocio_id, dispositivo_id);
create index idx_hechos_anomalos on hechos_recibidos (negocio_id, cadena_id, seq) where estado in ('perdido', 'bifurcado', 'sin_procesar');
create index idx_hechos_correcciones on hechos_recibidos (negocio_id, n) where tipo in ('reembolso', 'anulacion');
create index idx_veredictos_por_explicar on veredictos (negocio_id, cadena_id, seq) where estado <> 'aceptado' or motivos <> '[]'::jsonb;
create index idx_cambios_plataforma_at on cambios_plataforma (at);

do $$
declare t text;
begin
  foreach t in array array['estado_negocios', 'contactos', 'relojes', 'pulso', 'reglas_del_dia', 'veredictos_de_nota', 'log_admin'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
  end loop;
end $$;
-- An audit that can be rewritten is none.
revoke update, delete on log_admin from app_plataforma;
