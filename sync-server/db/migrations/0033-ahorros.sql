-- CUP-17. What a cupón took off a purchase without the card, whose client its code says, is a document of that shopper of its own. Those of before are written here,
-- and phones pull their stream again, whole (the version of its slice is another).
alter table mias
  drop constraint mias_tipo_check,
  add constraint mias_tipo_check check (tipo in ('perfil', 'puntos', 'historial', 'venta', 'canje', 'cupon', 'ahorro', 'aviso'));

-- An owner without superuser rights sees rows of these only while their policies do not hold for owners.
alter table mias no force row level security;
alter table cupon_usos no force row level security;
alter table transacciones no force row level security;
insert into mias (usuario_id, id, tipo, doc)
  select u.de_usuario, x.id, 'ahorro', jsonb_build_object('id', x.id, 'tipo', 'ahorro', 'negocioId', u.negocio_id, 'negocioNombre', c.doc -> 'negocioNombre',
    'cuponId', u.cupon_id, 'descuentoCentavos', u.descuento_centavos, 'estado', t.estado, 'effAt', (extract(epoch from t.eff_at) * 1000)::bigint,
    'at', (extract(epoch from t.recibido_at) * 1000)::bigint)
  from cupon_usos u
  join transacciones t on t.negocio_id = u.negocio_id and t.id = u.transaccion_id
  cross join lateral (select 'ahorro:' || u.negocio_id || ':' || u.transaccion_id as id) x
  join mias c on c.usuario_id = u.de_usuario and c.id = 'cupon:' || u.negocio_id || ':' || u.cupon_id
  where t.cliente_id is null and u.descuento_centavos > 0
  on conflict do nothing;
alter table mias force row level security;
alter table cupon_usos force row level security;
alter table transacciones force row level security;
