-- ConfiguracionApp: what the platform decides for every negocio, in versions that are only added (CARD-15, CARD-19, EMP-37; decision 0039).

create table configuracion_app (
  version integer primary key check (version >= 1),
  contenido jsonb not null,
  motivo text not null,
  publicada_por uuid not null,
  publicada_at timestamptz not null
);
alter table configuracion_app enable row level security;
alter table configuracion_app force row level security;
-- A history that can be rewritten is none.
grant select, insert on configuracion_app to app_plataforma;
create policy plataforma on configuracion_app to app_plataforma using (true) with check (true);
-- The nivel of a shopper is computed in the shopper's own context: what was decided, and not who did and why.
grant select (version, contenido) on configuracion_app to app_usuario;
create policy usuario on configuracion_app for select to app_usuario using (ctx_usuario() is not null);

-- Up to which version a negocio's own rules follow the platform's; 0: what it was born with, before there was any.
alter table negocios add column config_app_version integer not null default 0;
create index idx_negocios_config_app on negocios (config_app_version);

-- CARD-19, 26. Part of a negocio's rules, as the thresholds and the multipliers are: seconds that a card's QR is good.
alter table configuraciones add column vida_qr_segundos integer not null default 120 check (vida_qr_segundos between 60 and 300);
