-- The lease of an empleado is bounded by its 72 hours (TU4). How many ventas a till may make without contact is its own lease's to say (R15): this
-- number was handed out and asked by nobody.
alter table licencias_empleado drop column max_ventas;
