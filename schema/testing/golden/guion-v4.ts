/**
 * How the golden journal of version 4 was made: points that expire (PTS-24), by rules that say after how many months. As guion.ts, its files are read for ever and
 * never written again.
 */
import { DIA, MINUTO } from '../../core/tiempo.ts'
import { finDeMes, mesDe } from '../../domain/puntos/lotes.ts'
import { AHORA, CADENA, CADENA_SERVIDOR, CLIENTE, SUCURSAL, unaConfiguracion, unaVenta, unId } from '../constructores.ts'
import { CARD_ID, componer, type DiarioCompuesto, type FirmarQr, type Paso } from './guion.ts'

/** The second version: a month. */
const configuraciones = [unaConfiguracion({ version: 2, expiranEnMeses: 1, vigenteAt: AHORA - DIA })]

export const componerDiarioV4 = async (): Promise<DiarioCompuesto> => ({ ...(await componer(pasos)), configuraciones })

const DICIEMBRE = mesDe(AHORA) + 1
const hecho = (k: number) => unId(100 + k)
/** From the hour of an entry to the end of December, or of January. */
const ALFIN = finDeMes(DICIEMBRE) - AHORA

async function pasos(qr: FirmarQr): Promise<Paso[]> {
  const venta = async (ctr: number, folio: string, configVersion: number): Promise<Paso> => [
    CADENA,
    'venta',
    unaVenta({ folio, qr: await qr(ctr, AHORA + ctr * MINUTO), configVersion, puntosPrometidos: 75 }),
  ]
  const expirar = (hasta: number, masTardeMs: number): Paso => [CADENA_SERVIDOR, 'puntos.expirados', { usuarioId: CLIENTE, hasta }, { masTardeMs }]
  const canje = {
    ...{ numero: 905, usuarioId: CLIENTE, cardId: CARD_ID, recompensaId: unId(811), nombre: 'Café gratis', puntos: 30, valorCentavos: 4_500 },
    ...{ sucursalId: SUCURSAL, qr: 'CANJE5', venceAt: AHORA + ALFIN + 15 * MINUTO },
  }
  const masTardeMs = ALFIN
  return [
    [CADENA, 'cadena.abierta', { motivo: 'alta', serie: 'C1' }],
    await venta(1, 'C1-000001', 2),
    await venta(2, 'C1-000002', 2),
    expirar(DICIEMBRE, 10 * DIA),
    [CADENA_SERVIDOR, 'canje.creado', canje, { masTardeMs: ALFIN - 5 * MINUTO }],
    expirar(DICIEMBRE, masTardeMs),
    [CADENA, 'reembolso', { folio: 'C1-000003', transaccionId: hecho(1), montoCentavos: 20_000, motivo: 'fría' }, { masTardeMs, haceMs: DIA }],
    [CADENA_SERVIDOR, 'canje.vencido', { canjeId: hecho(4), devolver: true }, { masTardeMs }],
    [CADENA, 'anulacion', { transaccionId: hecho(2), motivo: 'se cobró a otro' }, { masTardeMs }],
    [CADENA, 'anulacion', { transaccionId: hecho(1), motivo: 'se cobró a otro' }, { masTardeMs }],
    expirar(DICIEMBRE + 1, ALFIN + 31 * DIA),
    // The day goes on: sales to nobody.
    ...[4, 5, 6, 7, 8, 9].map((n): Paso => [CADENA, 'venta', unaVenta({ folio: `C1-00000${n}` }), { masTardeMs: ALFIN + 31 * DIA }]),
  ]
}
