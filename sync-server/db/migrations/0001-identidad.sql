-- Tenants, people, devices, sessions. Roles app_negocio, app_usuario, app_plataforma and the login anunciaya_app exist before this file runs.
-- Tenant tables: every primary, unique and foreign key begins with negocio_id; RLS is enabled AND forced; one policy per role, no OR.

create function ctx_negocio() returns uuid language sql stable as $$ select nullif(current_setting('app.negocio', true), '')::uuid $$;
create function ctx_usuario() returns uuid language sql stable as $$ select nullif(current_setting('app.usuario', true), '')::uuid $$;

-- AUTH, CARD-28. The person. Lifetime points and nivel live with the shopper and are written only by the projector and the settlement job.
create table usuarios (
  id uuid primary key,
  correo text not null unique check (correo = lower(correo)),
  contrasena_hash text not null,
  nombre text not null,
  apellidos text not null default '',
  es_superadmin boolean not null default false,
  puntos_lifetime integer not null default 0 check (puntos_lifetime >= 0),
  nivel_cardya varchar(10) not null default 'bronce' check (nivel_cardya in ('bronce', 'plata', 'oro')),
  borrado_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table negocios (
  negocio_id uuid primary key,
  numero integer not null check (numero between 1 and 16777215), -- u24 inside QRs
  nombre text not null,
  codigo_caja text not null,                                    -- SCAN-48: typed once on a till, e.g. pizzeria-roma
  ciudad text not null default '',
  correo text not null default '',
  sitio_web text not null default '',
  activo boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- Global numbers live in a table without tenant keys: a unique index on negocios itself would not begin with negocio_id.
create table negocio_numeros (numero integer primary key, codigo_caja text not null unique, de_negocio uuid not null);

create table negocio_sucursales (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  numero integer not null check (numero between 1 and 65535),   -- u16 inside QRs
  nombre text not null,
  direccion text not null default '',
  zona_horaria text not null default 'America/Mexico_City',
  principal boolean not null default false,
  activa boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id),
  unique (negocio_id, numero)
);

-- Who may do what in a negocio with an account session: dueño (all) or gerente (own sucursal). SCAN-05.
create table negocio_cuentas (
  negocio_id uuid not null references negocios (negocio_id),
  usuario_id uuid not null references usuarios (id),
  papel varchar(10) not null check (papel in ('dueno', 'gerente')),
  sucursal_id uuid,
  created_at timestamptz not null default now(),
  primary key (negocio_id, usuario_id),
  foreign key (negocio_id, sucursal_id) references negocio_sucursales (negocio_id, id)
);

-- EMP-04, 07.
create table empleados (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  nombre text not null,
  nick text not null check (nick ~ '^[a-z0-9_]{3,20}$'),
  puesto text not null default '',
  telefono text,
  pin_hash text,
  sucursal_id uuid,
  todas_las_sucursales boolean not null default false,
  permisos_scan_ya jsonb not null,
  activo boolean not null default true,
  baja_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (negocio_id, id),
  unique (negocio_id, nick),
  foreign key (negocio_id, sucursal_id) references negocio_sucursales (negocio_id, id)
);

create table dispositivos (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  sucursal_id uuid,
  tipo varchar(10) not null check (tipo in ('caja', 'studio')),
  nombre text not null,
  modelo text not null default '',
  clave_publica text not null,                                  -- base64, 65-byte P-256 point
  serie varchar(12) not null,                                   -- folio series leased at enrolment
  baja_at timestamptz,
  baja_motivo text,
  created_at timestamptz not null default now(),
  primary key (negocio_id, id),
  unique (negocio_id, serie),
  foreign key (negocio_id, sucursal_id) references negocio_sucursales (negocio_id, id)
);

-- One-use enrolment link: the token itself is never stored, only its hash. TTL 24 h.
create table enlaces_alta (
  negocio_id uuid not null references negocios (negocio_id),
  token_hash text not null,
  sucursal_id uuid,
  tipo varchar(10) not null check (tipo in ('caja', 'studio')),
  nombre text not null,
  creado_por uuid not null,
  vence_at timestamptz not null,
  usado_at timestamptz,
  dispositivo_id uuid,
  created_at timestamptz not null default now(),
  primary key (negocio_id, token_hash)
);

-- R15. The right to work offline.
create table licencias (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  dispositivo_id uuid not null,
  emitida_at timestamptz not null,
  vence_at timestamptz not null,
  max_ventas integer not null,
  ventas integer not null default 0,
  primary key (negocio_id, id),
  foreign key (negocio_id, dispositivo_id) references dispositivos (negocio_id, id)
);

-- Versioned configuration (R12). Rows are never updated.
create table configuraciones (
  negocio_id uuid not null references negocios (negocio_id),
  version integer not null check (version >= 1),
  participa boolean not null,
  valor_punto_centavos integer not null check (valor_punto_centavos between 100 and 100000),
  multiplicadores_pct jsonb not null,
  umbrales jsonb not null,
  vigente_at timestamptz not null,
  creada_por uuid,
  primary key (negocio_id, version)
);

-- The shopper's card and the keys of the phones that may sign its QR (design 04 §1.3).
create table tarjetas (
  usuario_id uuid not null references usuarios (id),
  card_id varchar(16) not null check (card_id ~ '^[0-9a-f]{16}$'),
  numero varchar(8) not null check (numero ~ '^[0-9]{8}$'),
  created_at timestamptz not null default now(),
  primary key (usuario_id, card_id)
);
create table tarjeta_llaves (
  usuario_id uuid not null references usuarios (id),
  card_id varchar(16) not null,
  llave varchar(32) not null,                                   -- first 32 hex of sha256(devPub)
  dev_pub text not null,                                        -- base64, compressed
  baja_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (usuario_id, card_id, llave),
  foreign key (usuario_id, card_id) references tarjetas (usuario_id, card_id)
);
-- Issued (card, key) pairs as a till's verdict needs them, with no person behind but the id and the frozen short name. Written at issue, read by the judge.
create table tarjetas_emitidas (
  card_id varchar(16) not null,
  llave varchar(32) not null,
  de_usuario uuid not null,
  alias text not null,
  baja_at timestamptz,
  primary key (card_id, llave)
);
create table tarjeta_numeros (card_id varchar(16) primary key, numero varchar(8) not null unique);

create table llaves_plataforma (
  kid smallint primary key check (kid between 0 and 255),
  publica text not null,
  privada_cifrada text not null,
  desde_at timestamptz not null,
  hasta_at timestamptz not null
);
create table secretos (nombre text primary key, huella text not null); -- fingerprint of SECRET_KEY (design 04 §7)

-- Opaque sessions: only hashes are stored. kind cuenta: a person; dispositivo: a device key that answered a challenge.
create table sesiones (
  id uuid primary key,
  token_hash text not null unique,
  clase varchar(12) not null check (clase in ('cuenta', 'dispositivo')),
  cuenta_id uuid references usuarios (id),
  de_negocio uuid,
  dispositivo_id uuid,
  familia uuid not null,
  app varchar(10) not null,
  vence_at timestamptz not null,
  revocada_at timestamptz,
  created_at timestamptz not null default now()
);
create index idx_sesiones_familia on sesiones (familia);
create index idx_sesiones_dispositivo on sesiones (de_negocio, dispositivo_id);
create table refresh_tokens (
  token_hash text primary key,
  familia uuid not null,
  cuenta_id uuid not null references usuarios (id),
  app varchar(10) not null,
  usado_at timestamptz,
  sucesor_hash text,
  revocado_at timestamptz,
  vence_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index idx_refresh_familia on refresh_tokens (familia);
-- Login lockouts are rows, so that every node and every restart keeps them.
create table bloqueos_acceso (
  clave text primary key,
  intentos integer not null default 0,
  desde_at timestamptz not null,
  bloqueado_hasta timestamptz
);
