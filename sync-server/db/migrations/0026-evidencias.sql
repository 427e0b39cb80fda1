-- SCAN-17, 34. Evidence photos of sales, handed in apart and in parts: the till names one by the hash of its bytes long before they arrive. Where they lie in
-- the folder of pictures is a name that nobody outside knows: the public address of pictures never shows one.
create table evidencias_foto (
  negocio_id uuid not null references negocios (negocio_id),
  hash varchar(64) not null check (hash ~ '^[0-9a-f]{64}$'),
  archivo varchar(64) not null check (archivo ~ '^[0-9a-f]{64}$'),
  dispositivo_id uuid,
  total integer not null check (total > 0),                     -- bytes, as they will be
  partes bytea,                                                 -- what came so far; null: complete, in the folder
  completa_at timestamptz,
  suelta boolean not null default true,                         -- its sale was not seen yet
  created_at timestamptz not null default now(),
  primary key (negocio_id, hash),
  foreign key (negocio_id, dispositivo_id) references dispositivos (negocio_id, id)
);
create index idx_evidencias_foto_sueltas on evidencias_foto (created_at) where suelta;
create index idx_transacciones_foto on transacciones (negocio_id, foto) where foto is not null;

alter table evidencias_foto enable row level security;
alter table evidencias_foto force row level security;
grant select, insert, update, delete on evidencias_foto to app_plataforma, app_negocio;
create policy plataforma on evidencias_foto to app_plataforma using (true) with check (true);
create policy negocio on evidencias_foto to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio());
