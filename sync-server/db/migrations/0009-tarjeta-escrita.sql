-- Cards typed by hand (SCAN-10, design 04 §1.3).

-- What the judge needs of a card of which it is told only the number: its keys, each with the nivel of its last certificate (decision 0008).
alter table tarjetas_emitidas
  add column numero varchar(8) check (numero ~ '^[0-9]{8}$'),
  add column nivel varchar(10) not null default 'bronce' check (nivel in ('bronce', 'plata', 'oro')),
  add column emitida_at timestamptz not null default 'epoch';   -- of the last certificate
create index idx_tarjetas_emitidas_numero on tarjetas_emitidas (numero, emitida_at);
alter table tarjetas_emitidas no force row level security;
alter table tarjeta_numeros no force row level security;
alter table usuarios no force row level security;
update tarjetas_emitidas e set numero = n.numero from tarjeta_numeros n where n.card_id = e.card_id;
update tarjetas_emitidas e set nivel = u.nivel_cardya, emitida_at = u.updated_at from usuarios u where u.id = e.de_usuario;
alter table tarjetas_emitidas force row level security;
alter table tarjeta_numeros force row level security;
alter table usuarios force row level security;

-- What a typed card was when its sale was accepted: keys and nivel change later, and the ledger must stay a fold of what was accepted. A number that is
-- of nobody has no card_id; a code that did not match has no paso. Erasing a person blanks de_usuario and alias.
create table evidencias_escritas (
  negocio_id uuid not null references negocios (negocio_id),
  cadena_id uuid not null,
  seq bigint not null,
  equipo uuid not null,                                         -- the device; its chain where there is none
  dia date not null,                                            -- of the sucursal
  card_id varchar(16),
  de_usuario uuid,
  alias text,
  nivel varchar(10),
  paso bigint,
  primary key (negocio_id, cadena_id, seq)
);
create index idx_escritas_equipo on evidencias_escritas (negocio_id, equipo, dia);
create index idx_escritas_erradas on evidencias_escritas (negocio_id, card_id, dia) where paso is null;

alter table evidencias_escritas enable row level security;
alter table evidencias_escritas force row level security;
grant select, insert, update, delete on evidencias_escritas to app_plataforma, app_negocio;
create policy plataforma on evidencias_escritas to app_plataforma using (true) with check (true);
create policy negocio on evidencias_escritas to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio());
