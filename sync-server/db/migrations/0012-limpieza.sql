-- What is forgotten by its hour is found by its hour: the clean-up looks at every negocio at once.
drop index idx_identificaciones_vence;
create index idx_identificaciones_vence on identificaciones (vence_at);
create index idx_sesiones_vence on sesiones (vence_at);
create index idx_licencias_empleado_vence on licencias_empleado (vence_at);
