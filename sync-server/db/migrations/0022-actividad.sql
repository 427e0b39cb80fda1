-- EMP-16. Who corrected which monto is read from the journal, where it is one entry among thousands of sales.
create index idx_hechos_cambios_de_monto on hechos_recibidos (negocio_id, n) where tipo = 'cambio_monto';
