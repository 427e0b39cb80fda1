-- Who is at the till (design 04 §4): leases and sessions of empleados, and what they tried (EMP-08, 17).

-- Until when an empleado may work on a device without contact. What the PIN unlocks there is never here: only that it was handed out.
create table licencias_empleado (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  empleado_id uuid not null,
  dispositivo_id uuid not null,
  emitida_at timestamptz not null,
  vence_at timestamptz not null,
  max_ventas integer not null,
  permisos jsonb not null,                                      -- as they were when it was handed out
  primary key (negocio_id, id),
  foreign key (negocio_id, empleado_id) references empleados (negocio_id, id),
  foreign key (negocio_id, dispositivo_id) references dispositivos (negocio_id, id)
);
create index idx_licencias_empleado_equipo on licencias_empleado (negocio_id, dispositivo_id);

-- Every attempt with its result. empleado_id is null when the nick is of nobody.
create table actividad_empleado (
  negocio_id uuid not null references negocios (negocio_id),
  id uuid not null,
  empleado_id uuid,
  dispositivo_id uuid,
  tipo varchar(10) not null check (tipo in ('login', 'logout', 'venta', 'cupon', 'reembolso', 'pin')),
  resultado text not null,                                      -- 'ok', or the code of the refusal
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (negocio_id, id),
  foreign key (negocio_id, empleado_id) references empleados (negocio_id, id),
  foreign key (negocio_id, dispositivo_id) references dispositivos (negocio_id, id)
);
create index idx_actividad_empleado on actividad_empleado (negocio_id, empleado_id, created_at);

-- A new PIN or a baja: sessions and leases from before are over.
alter table empleados add column acceso_at timestamptz;

alter table sesiones drop constraint sesiones_clase_check;
alter table sesiones add constraint sesiones_clase_check check (clase in ('cuenta', 'dispositivo', 'empleado'));
alter table sesiones add column empleado_id uuid;

do $$
declare t text;
begin
  foreach t in array array['licencias_empleado', 'actividad_empleado'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to app_plataforma, app_negocio', t);
    execute format('create policy plataforma on %I to app_plataforma using (true) with check (true)', t);
    execute format('create policy negocio on %I to app_negocio using (negocio_id = ctx_negocio()) with check (negocio_id = ctx_negocio())', t);
  end loop;
end $$;
