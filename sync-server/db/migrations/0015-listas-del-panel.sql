-- Lists of the Panel over tens of thousands of devices: counts are sums of negocios, a folio is found by its beginning, long charts have rows of their own.
alter table estado_negocios
  add column total integer not null default 0,                  -- devices, revoked ones too
  add column sin_conexion integer not null generated always as (equipos - en_linea) stored;
create index idx_veredictos_de_nota_folio on veredictos_de_nota (folio text_pattern_ops, juzgado_at desc, id desc) where folio is not null;
create index idx_veredictos_de_nota_resultado on veredictos_de_nota (resultado, juzgado_at desc, id desc);

create table pulso_tramos (
  minutos smallint not null,                                    -- how long each is: 15, 120
  desde_at timestamptz not null,
  hechos bigint not null,
  retrasos jsonb not null,
  primary key (minutos, desde_at)
);
alter table pulso_tramos enable row level security;
alter table pulso_tramos force row level security;
grant select, insert, update, delete on pulso_tramos to app_plataforma;
create policy plataforma on pulso_tramos to app_plataforma using (true) with check (true);
