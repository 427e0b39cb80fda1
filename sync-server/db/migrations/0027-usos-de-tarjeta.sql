-- R2 across negocios: uses of a card (its key, its counter) as the projector sees them, each negocio that saw one. Within a negocio the judge has usos_qr.

create table usos_de_tarjeta (
  usuario_id uuid not null references usuarios (id),
  uso text not null,                                            -- cardId|llave|ctr, as the judge writes it
  de_negocio uuid not null,
  transaccion_id uuid not null,                                 -- its first sale with it
  visto_at timestamptz not null,
  estado varchar(8) not null check (estado in ('visto', 'repetido', 'avisado')), -- repetido: another negocio saw it too, and this one was not told yet
  primary key (usuario_id, uso, de_negocio)
);
create index idx_usos_repetidos on usos_de_tarjeta (de_negocio) where estado = 'repetido';
-- They are written in the order of their time and go by it.
create index idx_usos_de_tarjeta_visto on usos_de_tarjeta using brin (visto_at);

-- A negocio never reads them: what it is told goes into its avisos.
alter table usos_de_tarjeta enable row level security;
alter table usos_de_tarjeta force row level security;
grant select, insert, update, delete on usos_de_tarjeta to app_plataforma, app_usuario;
create policy plataforma on usos_de_tarjeta to app_plataforma using (true) with check (true);
create policy usuario on usos_de_tarjeta to app_usuario using (usuario_id = ctx_usuario()) with check (usuario_id = ctx_usuario());
