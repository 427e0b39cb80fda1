-- A sale may be worth 999,999,990 points (99,999,999.99 at $1 a point, tenfold): the third one no longer fits an integer. Every amount of points
-- is a bigint, read as an exact number.
alter table usuarios alter column puntos_lifetime type bigint;
alter table puntos_por_negocio
  alter column puntos_disponibles type bigint,
  alter column puntos_acumulados type bigint,
  alter column puntos_retenidos type bigint,
  alter column sobregiro type bigint;
alter table transacciones
  alter column puntos_base type bigint,
  alter column puntos_otorgados type bigint,
  alter column puntos_devueltos type bigint;
alter table historial_puntos alter column puntos type bigint;
alter table veredictos alter column puntos type bigint;
alter table avisos alter column puntos type bigint;
alter table lifetime_pendiente alter column puntos type bigint;
