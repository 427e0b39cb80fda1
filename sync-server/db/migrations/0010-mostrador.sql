-- The counter over HTTP: a client that was identified, and requests that may be sent twice.

-- What `identificar-cliente` proved, for one sale within ten minutes (design 03, "REST is the same judge").
create table identificaciones (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  atadura text not null,                                        -- the device or the account that asked
  qr text not null,
  de_usuario uuid not null,
  vence_at timestamptz not null,
  usada_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (negocio_id, id)
);
create index idx_identificaciones_vence on identificaciones (negocio_id, vence_at);

-- Idempotency-Key, honoured for 30 days: the same key with the same body is the same hecho.
create table idempotencias (
  negocio_id uuid not null references negocios (negocio_id),
  atadura text not null,
  llave varchar(100) not null,
  huella text not null,                                         -- sha256 of operation and body
  hecho_id uuid not null,
  created_at timestamptz not null,
  primary key (negocio_id, atadura, llave)
);
create index idx_idempotencias_fecha on idempotencias (created_at);

do $$
declare t text;
begin
  foreach t in array array['identificaciones', 'idempotencias'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma, app_negocio', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
    execute format('create policy negocio on %I to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio())', t);
  end loop;
end $$;
