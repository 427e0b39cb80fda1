/**
 * How the golden journal of version 2 was made: sales with a card typed by hand (SCAN-10), among others. As guion.ts, its files are read for ever and
 * never written again.
 */
import { DIA, HORA, MINUTO } from '../../core/tiempo.ts'
import { claveDeAhora, importarSecreto } from '../../domain/tarjetas/totp.ts'
import { AHORA, CADENA, unaVenta, unId } from '../constructores.ts'
import { componer, type DiarioCompuesto, type FirmarQr, type Paso } from './guion.ts'

/** Of the card of the golden journal. */
export const NUMERO = '40718826'
export const importarSecretoDorado = (): Promise<CryptoKey> => importarSecreto(Uint8Array.from({ length: 32 }, (_, i) => (7 * i + 3) % 256))

export const componerDiarioV2 = (): Promise<DiarioCompuesto> => componer(pasos)

async function pasos(qr: FirmarQr): Promise<Paso[]> {
  const secreto = await importarSecretoDorado()
  const dichaA = async (at: number) => ({ numero: NUMERO, clave: (await claveDeAhora(secreto, at)).clave })
  let folio = 0
  const venta = (cambios: object, sobre: Paso[3] = {}): Paso => {
    const datos = unaVenta({ folio: `C1-${String(++folio).padStart(6, '0')}`, puntosPrometidos: 50, ...cambios })
    return [CADENA, 'venta', datos, sobre]
  }
  const erradas = Array.from({ length: 3 }, () => venta({ tarjeta: { numero: NUMERO, clave: '000000' } }))
  const nadie = Array.from({ length: 6 }, (_, i) => venta({ tarjeta: { numero: `0000000${i}`, clave: '123456' } }))
  return [
    [CADENA, 'cadena.abierta', { motivo: 'alta', serie: 'C1' }],
    venta({ tarjeta: await dichaA(AHORA + MINUTO) }),
    venta({ tarjeta: await dichaA(AHORA + MINUTO) }),
    venta({ tarjeta: await dichaA(AHORA + 4 * MINUTO) }),
    venta({ tarjeta: await dichaA(AHORA - 20 * MINUTO) }),
    [CADENA, 'anulacion', { transaccionId: unId(101), motivo: 'se tecleó dos veces' }],
    [CADENA, 'reembolso', { folio: `C1-${String(++folio).padStart(6, '0')}`, transaccionId: unId(103), montoCentavos: 25_000, motivo: 'frío' }],
    venta({ tarjeta: await dichaA(AHORA + 7 * MINUTO) }, { licenciaId: null }),
    venta({ qr: await qr(1, AHORA + 8 * MINUTO), tarjeta: await dichaA(AHORA) }),
    ...nadie,
    venta({ tarjeta: await dichaA(AHORA + 15 * MINUTO) }),
    ...erradas,
    venta({ tarjeta: await dichaA(AHORA + 19 * MINUTO) }),
    venta({ tarjeta: await dichaA(AHORA + 20 * MINUTO) }, { haceMs: 2 * DIA + HORA }),
  ]
}
