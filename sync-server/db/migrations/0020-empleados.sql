-- Empleados, whole: deleted ones, the installation link of one person and its match code, and the log of what they did by day.

-- EMP-14. Gone from every list; the row stays, because the ledger names who sold. Phone and PIN are blanked with it.
alter table empleados add column borrado_at timestamptz;

-- PWA-14, 15. A link has a name that may be said aloud (`id`): the token is in nobody's list. Of one empleado, a tablet that opens it waits until
-- the dueño says that both screens show the same four digits; they come from token and key, so another tablet shows others.
alter table enlaces_alta add column id uuid not null default gen_random_uuid();
alter table enlaces_alta add constraint enlaces_alta_id_key unique (negocio_id, id);
alter table enlaces_alta add column empleado_id uuid;
-- The rows that are there are looked at: their owner must see them.
alter table enlaces_alta no force row level security;
alter table empleados no force row level security;
alter table enlaces_alta add constraint enlaces_alta_empleado_fkey foreign key (negocio_id, empleado_id) references empleados (negocio_id, id);
alter table enlaces_alta force row level security;
alter table empleados force row level security;
alter table enlaces_alta add column clave_pedida text;            -- the key that asked first; no other one may
alter table enlaces_alta add column modelo text not null default '';
alter table enlaces_alta add column cotejo varchar(4) check (cotejo ~ '^[0-9]{4}$');
alter table enlaces_alta add column aprobado_at timestamptz;
alter table enlaces_alta add column cancelado_at timestamptz;     -- taken back, or the digits did not match

-- EMP-16. By day, of everybody.
create index idx_actividad_dia on actividad_empleado (negocio_id, created_at);
-- EMP-08. What a till tells later, of a time without network: sent again, it is the same row.
alter table actividad_empleado add column offline boolean not null default false;

-- SCAN-05. What a gerente may do at a till; null: everything.
alter table negocio_cuentas add column permisos_scan_ya jsonb;
