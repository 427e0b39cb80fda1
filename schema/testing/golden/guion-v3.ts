/**
 * How the golden journal of version 3 was made: cupones, canjes, corrections, claims and shifts (R3, R4, R5, SCAN-22). As guion.ts, its files are read for ever
 * and never written again.
 */
import { MINUTO } from '../../core/tiempo.ts'
import { AHORA, CADENA, CADENA_SERVIDOR, CLIENTE, SUCURSAL, unaVenta, unId } from '../constructores.ts'
import { CADENA_NUEVA, CARD_ID, componer, type DiarioCompuesto, type FirmarQr, type Paso } from './guion.ts'

export const componerDiarioV3 = (): Promise<DiarioCompuesto> => componer(pasos)

const ARTICULO = unId(30)
/** Of the entry at this place of the journal. */
const hecho = (k: number) => unId(100 + k)

async function pasos(qr: FirmarQr): Promise<Paso[]> {
  let folio = 0
  const siguiente = () => `C1-${String(++folio).padStart(6, '0')}`
  const venta = (cambios: object, sobre: Paso[3] = {}): Paso => [CADENA, 'venta', unaVenta({ folio: siguiente(), ...cambios }), sobre]
  const cupon = (cambios: object) => ({
    ...{ cuponId: unId(801), totalCentavos: 50_000, descuentoCentavos: 5_000, regaladoCentavos: 0, medio: 'lista', codigoUnico: null, conConexion: false },
    ...cambios,
  })
  const canje = (k: number, puntos: number): Paso => [
    CADENA_SERVIDOR,
    'canje.creado',
    {
      ...{ numero: 900 + k, usuarioId: CLIENTE, cardId: CARD_ID, recompensaId: unId(811), nombre: 'Café gratis', puntos, valorCentavos: 4_500 },
      ...{ sucursalId: SUCURSAL, qr: `CANJE${k}`, venceAt: AHORA + (k + 15) * MINUTO },
    },
  ]
  const entregar = (k: number, sobre: Paso[3] = {}, cadena = CADENA): Paso => [
    cadena,
    'canje_confirmado',
    { canjeId: hecho(k), numero: 900 + k, qr: k % 2 === 0 ? `CANJE${k}` : null },
    sobre,
  ]
  const cerrar = (tipo: 'cancelado' | 'vencido', k: number, devolver: boolean): Paso => [
    CADENA_SERVIDOR,
    `canje.${tipo}`,
    { canjeId: hecho(k), devolver },
  ]
  const resumen = {
    ...{ ventas: 9, efectivoCentavos: 200_000, tarjetaCentavos: 0, transferenciaCentavos: 0, reembolsadoCentavos: 10_000 },
    ...{ reembolsadoEfectivoCentavos: 10_000, descuentoCentavos: 15_000, puntos: 100, cupones: 3, canjes: 2, anuladas: 1 },
  }
  const linea = { articuloId: ARTICULO, nombre: 'Pizza', cantidad: 3, precioCentavos: 10_000 }
  return [
    [CADENA, 'cadena.abierta', { motivo: 'alta', serie: 'C1' }],
    [CADENA, 'turno', { accion: 'abrir', turnoId: unId(820), fondoCentavos: 50_000 }],
    venta({ qr: await qr(1, AHORA + 2 * MINUTO), montoCentavos: 45_000, puntosPrometidos: 67, cupon: cupon({}), foto: 'ab'.repeat(32) }),
    venta({ qr: await qr(2, AHORA + 3 * MINUTO), montoCentavos: 45_000, puntosPrometidos: 67, cupon: cupon({}) }),
    venta({ montoCentavos: 0, cupon: cupon({ cuponId: unId(802), totalCentavos: 10_000, descuentoCentavos: 10_000, codigoUnico: 'CAFE-7X9K2M', medio: 'codigo' }) }),
    venta({ montoCentavos: 42_000, cupon: cupon({ descuentoCentavos: 8_000 }) }),
    venta({ montoCentavos: 1_000, cupon: cupon({ cuponId: unId(899), totalCentavos: 2_000, descuentoCentavos: 1_000 }) }),
    [CADENA, 'anulacion', { transaccionId: hecho(2), motivo: 'se cobró a otro' }],
    venta({ qr: await qr(3, AHORA + 8 * MINUTO), montoCentavos: 45_000, puntosPrometidos: 67, cupon: cupon({}) }),
    canje(9, 30),
    entregar(9),
    entregar(9),
    entregar(9, {}, CADENA_NUEVA),
    canje(13, 500),
    canje(14, 40),
    cerrar('cancelado', 14, false),
    cerrar('vencido', 14, true),
    entregar(14, { haceMs: 90_000 }),
    canje(18, 10),
    cerrar('vencido', 18, true),
    entregar(21),
    canje(21, 20),
    [CADENA, 'cambio_monto', { transaccionId: hecho(8), montoCentavos: 30_000, motivo: 'se tecleó de más' }],
    [CADENA, 'cambio_monto', { transaccionId: hecho(8), montoCentavos: 60_000, motivo: 'faltaba una' }],
    venta({ montoCentavos: 30_000, lineas: [linea] }),
    [
      CADENA,
      'reembolso',
      { folio: siguiente(), transaccionId: hecho(24), montoCentavos: 10_000, motivo: 'fría', lineas: [{ articuloId: ARTICULO, cantidad: 1 }] },
    ],
    [CADENA, 'cambio_monto', { transaccionId: hecho(24), montoCentavos: 5_000, motivo: 'no' }],
    [CADENA_SERVIDOR, 'venta.reclamada', { transaccionId: hecho(24), usuarioId: CLIENTE, cardId: CARD_ID, alias: 'Ana L.', nivel: 'oro' }],
    [CADENA_SERVIDOR, 'venta.reclamada', { transaccionId: hecho(24), usuarioId: CLIENTE, cardId: CARD_ID, alias: 'Ana L.', nivel: 'oro' }],
    [CADENA, 'turno', { accion: 'cerrar', turnoId: unId(820), contadoCentavos: 240_000, resumen, nota: 'todo bien' }],
    [CADENA, 'turno', { accion: 'cerrar', turnoId: unId(820), contadoCentavos: null, resumen, nota: null }],
  ]
}
