-- PTS-24 (decision 0040). A version of the rules may say after how many months its points expire; those of a balance that do are kept by month.

alter table configuraciones add column expiran_en_meses smallint check (expiran_en_meses between 1 and 60);

alter table puntos_por_negocio
  add column por_vencer jsonb check (jsonb_typeof(por_vencer) = 'array'),  -- [{ mes, puntos }] by month, of disponibles and apartados; null: none expires
  add column vencidos jsonb check (jsonb_typeof(vencidos) = 'array'),      -- what expired, for sales returned later
  add column aviso_de_mes integer;                                         -- the last month whose end the shopper was told of
-- The sweep and the notices look for what ends first.
create index idx_puntos_por_vencer on puntos_por_negocio (((por_vencer -> 0 ->> 'mes')::integer), negocio_id, usuario_id) where por_vencer is not null;
