-- R5. A lease of canjes that passed to another till: what the one before may have given and not yet said (schema/domain/canjes/canje.ts `devueltoAt`).
alter table arriendos_canje
  add column anterior_id uuid,                                  -- its next upload that is whole says it; null: several, or nobody
  add column sin_saber_hasta timestamptz;                       -- canjes made before this wait their whole day; null: all is known
