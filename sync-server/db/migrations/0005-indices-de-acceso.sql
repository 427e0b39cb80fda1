-- What is asked for before the negocio is known: an enrolment link by its token, the negocios of a person.
create index idx_enlaces_alta_token on enlaces_alta (token_hash);
create index idx_negocio_cuentas_usuario on negocio_cuentas (usuario_id);
