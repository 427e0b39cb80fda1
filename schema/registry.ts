/** The only place that names every domain. A new kind of hecho is a schema in tipos.ts, a judge, and a line here; an editable is its definition and a line. */
import { articulos } from './domain/articulos/articulo.ts'
import { avisos } from './domain/avisos/aviso.ts'
import { cupones } from './domain/cupones/cupon.ts'
import { juzgarAjuste } from './domain/hechos/juzgar-ajuste.ts'
import { juzgarAnulacion } from './domain/hechos/juzgar-anulacion.ts'
import { juzgarCadenaAbierta } from './domain/hechos/juzgar-cadena.ts'
import { juzgarCambioDeMonto } from './domain/hechos/juzgar-cambio.ts'
import { juezDeCierre, juzgarCanjeConfirmado, juzgarCanjeCreado } from './domain/hechos/juzgar-canje.ts'
import { juzgarPuntosExpirados } from './domain/hechos/juzgar-expirados.ts'
import { juzgarReclamo } from './domain/hechos/juzgar-reclamo.ts'
import { juzgarReembolso } from './domain/hechos/juzgar-reembolso.ts'
import { juezDeReproceso, juzgarEsperaVencida, juzgarRetencionVencida } from './domain/hechos/juzgar-servidor.ts'
import { juzgarTurno } from './domain/hechos/juzgar-turno.ts'
import { juzgarVenta } from './domain/hechos/juzgar-venta.ts'
import type { RegistroDeJueces } from './domain/hechos/libro.ts'
import { recompensas } from './domain/recompensas/recompensa.ts'
import type { Editable } from './merge/editable.ts'

/** Judges by kind of hecho. */
export const JUECES: RegistroDeJueces = {
  'cadena.abierta': juzgarCadenaAbierta,
  venta: juzgarVenta,
  reembolso: juzgarReembolso,
  anulacion: juzgarAnulacion,
  cambio_monto: juzgarCambioDeMonto,
  canje_confirmado: juzgarCanjeConfirmado,
  turno: juzgarTurno,
  'canje.creado': juzgarCanjeCreado,
  'canje.cancelado': juezDeCierre('cancelado'),
  'canje.vencido': juezDeCierre('expirado'),
  'venta.reclamada': juzgarReclamo,
  ajuste_puntos: juzgarAjuste,
  'puntos.expirados': juzgarPuntosExpirados,
  'retencion.vencida': juzgarRetencionVencida,
  'espera.vencida': juzgarEsperaVencida,
  reproceso: juezDeReproceso(() => JUECES),
}

/** Editables by collection. */
export const EDITABLES: Record<string, Editable> = { articulos, avisos, cupones, recompensas }
