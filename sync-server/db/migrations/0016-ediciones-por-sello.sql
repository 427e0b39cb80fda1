-- The history of edits, and what makes a resent edit harmless, one row per stamp of a document instead of one per field: an articulo is born with a
-- dozen of them. Fields written in one instant and clamped alike share a row, also when they arrive apart.
alter table ediciones no force row level security;
alter table ediciones rename to ediciones_por_campo;

create table ediciones (
  negocio_id uuid not null references negocios (negocio_id),
  tabla text not null,
  pk text not null,
  dispositivo text not null,
  eff_at_original bigint not null,
  eff_at bigint not null,
  campos jsonb not null,                                        -- field and value
  recibido_at timestamptz not null,
  quien text not null default '',
  equipo text not null default '',
  primary key (negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at)
);

-- A document that travelled on carries the clamped time of a stamp, not the one it was written with.
create index idx_ediciones_recortadas on ediciones (negocio_id, tabla, pk, dispositivo, eff_at) where eff_at <> eff_at_original;

insert into ediciones (negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at, campos, recibido_at, quien, equipo)
select negocio_id, tabla, pk, dispositivo, eff_at_original, eff_at, jsonb_object_agg(campo, valor), min(recibido_at), max(quien), max(equipo)
from ediciones_por_campo group by 1, 2, 3, 4, 5, 6;
drop table ediciones_por_campo;

alter table ediciones enable row level security;
alter table ediciones force row level security;
grant select, insert, update, delete on ediciones to app_plataforma, app_negocio;
create policy plataforma on ediciones to app_plataforma using (true) with check (true);
create policy negocio on ediciones to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio());
