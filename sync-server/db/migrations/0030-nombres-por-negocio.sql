-- What a shopper holds of a sale, a movement or a cupón is named by negocio too: ids of sales come from tills and those of cupones from a Studio, so two
-- negocios may have the same. A phone that has the names of before pulls its stream again, whole (the version of its slice is another).

alter table lifetime_pendiente
  drop constraint lifetime_pendiente_pkey,
  add primary key (usuario_id, de_negocio, transaccion_id);

-- An owner without superuser rights sees rows of these only while their policies do not hold for owners.
alter table mias no force row level security;
alter table cambios_usuario no force row level security;

-- The name of today of a document; its own where it has that name already or needs none.
create function nombre_por_negocio(doc jsonb) returns text language sql immutable as $$
  select case
    when coalesce(doc ->> 'negocioId', '') = '' then doc ->> 'id'
    when doc ->> 'id' ~ '^(venta|historial|cupon):[^:]+$'
      then replace(doc ->> 'id', ':', ':' || (doc ->> 'negocioId') || ':')
    when doc ->> 'id' ~ '^aviso:cupon_[a-z_]+:[0-9a-f-]{36}' and split_part(doc ->> 'id', ':', 4) <> right(doc ->> 'negocioId', 12)
      then regexp_replace(doc ->> 'id', '^(aviso:[a-z_]+:[0-9a-f-]{36})', '\1:' || right(doc ->> 'negocioId', 12))
    else doc ->> 'id' end
$$;

-- One that was written under both names: the later one stands.
delete from mias m where nombre_por_negocio(m.doc) <> m.id
  and exists (select from mias o where o.usuario_id = m.usuario_id and o.id = nombre_por_negocio(m.doc));
update mias set id = nombre_por_negocio(doc), doc = doc || jsonb_build_object('id', nombre_por_negocio(doc))
  where nombre_por_negocio(doc) <> id;
-- The log says the same: what was not pushed yet is read from it.
update cambios_usuario set pk = nombre_por_negocio(despues), despues = despues || jsonb_build_object('id', nombre_por_negocio(despues))
  where coleccion = 'mias' and despues is not null and nombre_por_negocio(despues) <> pk;

drop function nombre_por_negocio(jsonb);
alter table mias force row level security;
alter table cambios_usuario force row level security;
