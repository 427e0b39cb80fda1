-- CUP-21. Which uses of a cupón its client was told of, one by one: counted, a use after one that was given back looked like the one before.
alter table cupon_usos add column avisado boolean not null default false;
alter table cupon_usos no force row level security;
alter table cupon_usuarios no force row level security;
update cupon_usos u set avisado = true where u.estado <> 'usado' or u.de_usuario is null or exists (
  select from cupon_usuarios c
  where c.negocio_id = u.negocio_id and c.cupon_id = u.cupon_id and c.usuario_id = u.de_usuario and c.usos_avisados >= c.usados);
alter table cupon_usos force row level security;
alter table cupon_usuarios force row level security;
create index idx_cupon_usos_por_avisar on cupon_usos (negocio_id, cupon_id, de_usuario)
  where estado = 'usado' and not avisado and de_usuario is not null;

drop index idx_cupon_usuarios_por_avisar;
alter table cupon_usuarios drop column usos_avisados;
