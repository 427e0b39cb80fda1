/**
 * How the golden journal of version 1 was made: every kind of hecho, in acceptance order, one cuerpo per line. The files beside this one are what
 * tills of that version hold on disk: they are read for ever and never written again (a QR's signature is different each time it is made).
 */
import { textoCanonico } from '../../core/canonico.ts'
import { sha256 } from '../../core/ids.ts'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../core/tiempo.ts'
import type { Configuracion } from '../../domain/configuracion/configuracion.ts'
import type { Sobre } from '../../domain/hechos/sobre.ts'
import { comprimir } from '../../domain/tarjetas/punto.ts'
import { emitirCertificado, firmarQr } from '../../domain/tarjetas/qr.ts'
import { AHORA, CADENA, CADENA_SERVIDOR, CAJA, CAJERO, DUENO, LICENCIA, NEGOCIO, SUCURSAL, unaVenta, unId } from '../constructores.ts'

export const CADENA_NUEVA = unId(72)
/** Keys that exist only to sign this journal. */
const EMISORA = {
  ...{ kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' },
  d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
}
const TELEFONO = {
  ...{ kty: 'EC', crv: 'P-256', x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM' },
  d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE',
}
export const KID = 7
export const CARD_ID = 'c0ffee0000000001'

export interface Renglon {
  cuerpo: string
  hash: string
  recibidoAt: number
}
export type Paso = [cadenaId: string, tipo: string, datos: unknown, cambios?: Partial<Sobre> & { haceMs?: number; masTardeMs?: number }]

/** Signs the QR of a counter at an instant (ms). */
export type FirmarQr = (ctr: number, tsMs: number) => Promise<string>
export interface DiarioCompuesto {
  renglones: Renglon[]
  emisora: CryptoKey
  /** Versions of the rules after the first. */
  configuraciones?: Configuracion[]
}

export const componerDiario = (): Promise<DiarioCompuesto> => componer(pasos)

/** The lines, in acceptance order; entry k has hecho id unId(100 + k) and is received k minutes after AHORA, and `masTardeMs`. */
export async function componer(pasos: (qr: FirmarQr) => Promise<Paso[]>): Promise<DiarioCompuesto> {
  const { publica, qr } = await tarjeta()
  const cabezas = new Map<string, { seq: number; hash: string }>()
  const renglones: Renglon[] = []
  for (const [k, paso] of (await pasos(qr)).entries()) {
    const recibidoAt = AHORA + k * MINUTO + (paso[3]?.masTardeMs ?? 0)
    const cuerpo = textoCanonico(sobreDe(k, paso, recibidoAt, cabezas.get(paso[0])))
    const hash = await sha256(cuerpo)
    cabezas.set(paso[0], { seq: (cabezas.get(paso[0])?.seq ?? -1) + 1, hash })
    renglones.push({ cuerpo, hash, recibidoAt })
  }
  return { renglones, emisora: publica }
}

function sobreDe(k: number, [cadenaId, tipo, datos, cambios]: Paso, recibidoAt: number, cabeza?: { seq: number; hash: string }): Sobre {
  const deCaja = cadenaId !== CADENA_SERVIDOR
  const { haceMs = SEGUNDO, masTardeMs: _, ...resto } = cambios ?? {}
  return {
    ...{ v: 1, id: unId(100 + k), cadenaId, seq: (cabeza?.seq ?? -1) + 1, prevHash: cabeza?.hash ?? '', negocioId: NEGOCIO },
    ...{ sucursalId: deCaja ? SUCURSAL : null, dispositivoId: deCaja ? CAJA : null, licenciaId: deCaja ? LICENCIA : null },
    operador: deCaja ? { tipo: 'empleado', id: CAJERO } : null,
    tiempo: { wall: recibidoAt - haceMs - 1_500, offset: 1_500, offsetAt: AHORA - HORA, mono: 60_000.25 + k, arranque: unId(10) },
    ...{ tipo, datos },
    ...resto,
  }
}

async function tarjeta() {
  const algoritmo = { name: 'ECDSA', namedCurve: 'P-256' }
  const { subtle } = globalThis.crypto
  const [privada, telefono] = await Promise.all([EMISORA, TELEFONO].map((jwk) => subtle.importKey('jwk', jwk, algoritmo, true, ['sign'])))
  const [publica, suPublica] = await Promise.all([EMISORA, TELEFONO].map(({ d: _, ...jwk }) => subtle.importKey('jwk', jwk, algoritmo, true, ['verify'])))
  if (!privada || !telefono || !publica || !suPublica) throw new Error('the keys of the golden journal do not import')
  const devPub = comprimir(new Uint8Array(await subtle.exportKey('raw', suPublica)))
  const certificado = await emitirCertificado(privada, { kid: KID, cardId: CARD_ID, notAfter: AHORA + 14 * DIA, nivel: 'oro', devPub })
  const qr = (ctr: number, tsMs: number) => firmarQr(telefono, certificado, { tsSegundos: tsMs / SEGUNDO, ctr, flags: 0 })
  return { publica, qr }
}

async function pasos(qr: FirmarQr): Promise<Paso[]> {
  const folio = (n: number) => `C1-${String(n).padStart(6, '0')}`
  const primero = await qr(1, AHORA + 2 * MINUTO)
  const linea = { articuloId: unId(30), nombre: 'Pizza "Ñoña" 🍕', cantidad: 2, precioCentavos: 12_500 }
  const dueno = { operador: { tipo: 'usuario' as const, id: DUENO } }
  const venta = (n: number, cambios: object) => unaVenta({ folio: folio(n), ...cambios })
  const servidor = (tipo: string, datos: object, cambios = {}): Paso => [CADENA_SERVIDOR, tipo, datos, cambios]
  return [
    [CADENA, 'cadena.abierta', { motivo: 'alta', serie: 'C1' }],
    [CADENA, 'venta', venta(1, { montoCentavos: 25_000, descripcion: 'sin cebolla\n', lineas: [linea] })],
    [CADENA, 'venta', venta(2, { qr: primero, puntosPrometidos: 75 })],
    [CADENA, 'venta', venta(3, { qr: primero, montoCentavos: 32_500, metodoPago: 'tarjeta' })],
    [CADENA, 'venta', venta(4, { qr: `${primero.slice(0, -3)}000`, metodoPago: 'transferencia' })],
    [CADENA, 'reembolso', { folio: folio(5), transaccionId: unId(102), montoCentavos: 16_667, motivo: 'llegó fría' }],
    [CADENA, 'reembolso', { folio: folio(6), transaccionId: unId(101), montoCentavos: 30_000, motivo: 'doble cobro' }],
    [CADENA, 'anulacion', { transaccionId: unId(104), motivo: 'se tecleó dos veces' }],
    [CADENA, 'reembolso', { folio: folio(7), transaccionId: unId(113), montoCentavos: 1_000, motivo: 'antes que su venta' }],
    [CADENA, 'venta', venta(8, { qr: await qr(2, AHORA) }), { licenciaId: null }],
    [CADENA, 'venta', venta(9, { montoCentavos: 0 })],
    [CADENA, 'turno.abierto', { fondoCentavos: 50_000 }],
    [CADENA, 'anulacion', { transaccionId: unId(999), motivo: 'su venta no llega' }],
    [CADENA, 'venta', venta(10, { qr: await qr(3, AHORA + 13 * MINUTO), configVersion: 0 }), { ...dueno, haceMs: 2 * DIA }],
    [CADENA_NUEVA, 'cadena.abierta', { motivo: 'diario_perdido', serie: 'C1K7QM' }],
    [CADENA_NUEVA, 'venta', venta(2, { folio: 'C1K7QM-000001' }), { id: unId(102) }],
    [CADENA, 'retencion.vencida', { transaccionId: unId(103), regla: 'R2' }],
    servidor('ajuste_puntos', { transaccionId: unId(109), regla: 'R11', decision: 'aprobar', motivo: 'lo vi' }, dueno),
    servidor('retencion.vencida', { transaccionId: unId(109), regla: 'R15' }),
    servidor('retencion.vencida', { transaccionId: unId(103), regla: 'R2' }),
    servidor('espera.vencida', { cadenaId: CADENA, seq: 12 }),
    servidor('reproceso', { cadenaId: CADENA, seq: 10 }),
    [CADENA, 'anulacion', { transaccionId: unId(102), motivo: 'cliente se arrepintió' }],
    [CADENA, 'anulacion', { transaccionId: unId(102), motivo: 'otra vez' }],
    [CADENA, 'venta', venta(11, {}), { negocioId: unId(77) }],
  ]
}
