-- Notifications of a shopper (SCAN-25, CARD-21, CUP-18..22). What there is to tell is in the shopper's own stream (mias, cambios_usuario): here is only
-- where it is pushed to, how far each browser was told, and what the shopper does not want to be told.

-- The key that push services know this installation by (RFC 8292), made once. The private part is encrypted with a key derived from SECRET_KEY.
create table llave_push (
  id smallint primary key check (id = 1),
  publica text not null,                                        -- base64url, 65 bytes
  privada_cifrada text not null,
  creada_at timestamptz not null
);

create table suscripciones_push (
  usuario_id uuid not null references usuarios (id),
  id varchar(64) not null,                                      -- SHA-256 of the endpoint, hex
  endpoint text not null,
  p256dh text not null,                                         -- base64url, 65 bytes: the browser's key
  auth text not null,                                           -- base64url, 16 bytes
  idioma varchar(2) not null check (idioma in ('es', 'en')),
  familia uuid not null,                                        -- of the login it was made in: it ends with it
  seq_enviado bigint not null,                                  -- of the shopper's stream: told up to here
  proximo_at timestamptz not null,                              -- not before: a quiet minute, a wait after a failure, or somebody is sending
  fallos integer not null default 0,                            -- in a row
  created_at timestamptz not null,
  primary key (usuario_id, id)
);
create index idx_suscripciones_push_proximo on suscripciones_push (proximo_at);

create table preferencias_notificacion (
  usuario_id uuid primary key references usuarios (id),
  puntos boolean not null default true,
  nivel boolean not null default true,
  canjes boolean not null default true,
  cupones boolean not null default true,
  updated_at timestamptz not null
);

do $$
declare t text;
begin
  foreach t in array array['llave_push', 'suscripciones_push', 'preferencias_notificacion'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
  end loop;
  foreach t in array array['suscripciones_push', 'preferencias_notificacion'] loop
    execute format('grant select, insert, update, delete on %I to app_usuario', t);
    execute format('create policy usuario on %I to app_usuario using (usuario_id = ctx_usuario()) with check (usuario_id = ctx_usuario())', t);
  end loop;
end $$;
