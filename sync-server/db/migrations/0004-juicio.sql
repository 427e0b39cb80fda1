-- Order of judging. It is n, except for an entry that a `reproceso` judged later: then it is the n of that reproceso. R16 looks at the last
-- montos in this order.
alter table hechos_recibidos add column juzgado_n bigint;
create index idx_hechos_ventas on hechos_recibidos (negocio_id, juzgado_n) where tipo = 'venta' and estado = 'juzgado';
-- A journal comes with the id of its device alone; the negocio is found from it.
create index idx_dispositivos_id on dispositivos (id);
