-- The phones of a card (design 04 §1.3): what its owner tells them apart by, and the login that ends when one is taken away.
alter table tarjeta_llaves
  add column nombre varchar(60) not null default '',            -- as the phone describes itself: `Android · Chrome 156`
  add column visto_at timestamptz,                              -- its last certificate; null: enrolled before this was noted
  add column familia uuid;                                      -- of the login it was last seen in; null: unknown
-- What tills are told of keys that were taken away is read by its hour; a certificate outlives its key by 14 days at most.
create index idx_tarjetas_emitidas_baja on tarjetas_emitidas (baja_at) where baja_at is not null;
