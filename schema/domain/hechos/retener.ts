/** Which rules hold the points of a sale (R2, R10, R11, R15, R16). They are AND-ed: each is lifted by itself, and all must be. */
import type { Codigo } from '../../core/codigos.ts'
import { DIA, diaLocal } from '../../core/tiempo.ts'
import { cruzaNivelSola, type Umbrales } from '../niveles/niveles.ts'
import { versionVigente, vidaDelQrEn } from '../puntos/puntos.ts'
import { ZONA_POR_DEFECTO } from '../sucursales/sucursal.ts'
import { relojSospechoso } from './efectivo.ts'
import type { CadenaEstado, EvidenciaQr, Libro, Retencion, Transaccion } from './libro.ts'
import type { Entrada } from './sobre.ts'
import type { Regla } from './tipos.ts'

export const PLAZO_DE_RETENCION_MS = 14 * DIA
export const VENTAS_POR_TARJETA_AL_DIA = 6
export const VECES_LA_MEDIANA = 20
/** With fewer sales than this a median says nothing. */
export const MUESTRA_MINIMA = 20

/** From the 11th sale of a till's day with a typed card its points wait: digits are easier to pass on than a phone. */
export const VENTAS_ESCRITAS_AL_DIA = 10

type QrValido = Extract<EvidenciaQr, { valida: true }>
/** The card of a sale: a QR, or typed. `llave` and `ctr` name one use of it (R2): of a typed card, 'manual' and the step of its digits. */
export type TarjetaDeVenta = Omit<QrValido, 'valida' | 'tsMs'> & {
  /** When the phone signed; null: typed digits were looked for around the hour of the sale, so they say nothing of the till's clock. */
  tsMs: number | null
}
type Freno = Pick<Retencion, 'regla' | 'codigo' | 'alVencer'>
const freno = (regla: Regla, codigo: Codigo, alVencer: Retencion['alVencer']): Freno => ({ regla, codigo, alVencer })

/** Key of usosQr (R2). Never a hash of the QR: ECDSA is malleable. */
export const claveDeUso = (qr: Pick<TarjetaDeVenta, 'cardId' | 'llave' | 'ctr'>): string => `${qr.cardId}|${qr.llave}|${qr.ctr}`

/** The calendar day of the sucursal. */
export const diaDe = (libro: Libro, sucursalId: string | null, effAt: number): string =>
  diaLocal(effAt, (sucursalId && libro.zonas.get(sucursalId)) || ZONA_POR_DEFECTO)

/** Key of ventasDelDia (R16). */
export const claveDelDia = (libro: Libro, cardId: string, sucursalId: string | null, effAt: number): string =>
  `${cardId}|${diaDe(libro, sucursalId, effAt)}`

/**
 * R15. The server's own chain needs no lease; a till needs its own one, in force at effAt and not used up. `ventas` already counts this sale.
 */
export function licenciaValida(libro: Libro, cadena: CadenaEstado, licenciaId: string | null, effAt: number): boolean {
  if (cadena.dispositivoId === null) return true
  const licencia = licenciaId === null ? undefined : libro.licencias.get(licenciaId)
  if (!licencia || licencia.dispositivoId !== cadena.dispositivoId) return false
  return licencia.emitidaAt <= effAt && effAt <= licencia.venceAt && licencia.ventas <= licencia.maxVentas
}

/** What the rules need to know of one sale; `libro` as it was before this sale counted, except the lease. */
export interface VentaPorRetener {
  t: Transaccion
  entrada: Entrada
  /** Its device, and when the server had it. */
  cadena: Pick<CadenaEstado, 'dispositivoId'>
  recibidoAt: number
  qr: TarjetaDeVenta
  conLicencia: boolean
  /** Which sale with a typed card it is of its till's day, from 1; 0: it was scanned. */
  escritaNumero: number
}

/** Every rule that holds this sale, in rule order. A sale worth 0 points is never held. */
export function frenos(libro: Libro, venta: VentaPorRetener): Freno[] {
  if (venta.t.puntosOtorgados === 0) return []
  const { t, entrada, cadena, qr } = venta
  const lista: Freno[] = []
  if ((libro.usosQr.get(claveDeUso(qr)) ?? t.id) !== t.id) lista.push(freno('R2', 'qr_repetido', 'caducar'))
  const { recibidoAt } = venta
  const baja = motivoDeBaja(libro, { ...t, dispositivoId: cadena.dispositivoId, recibidoAt })
  if (baja) lista.push(freno('R10', baja, 'acreditar'))
  if (qr.tsMs !== null && relojSospechoso(entrada.sobre.tiempo, qr.tsMs, vidaDelQrEn(libro.configuraciones, t.effAt)))
    lista.push(freno('R11', 'reloj', 'acreditar'))
  if (!venta.conLicencia) lista.push(freno('R15', 'sin_licencia', 'acreditar'))
  if (fueraDeLoNormal(libro, t, qr)) lista.push(freno('R16', 'limite', 'caducar'))
  else if (venta.escritaNumero > VENTAS_ESCRITAS_AL_DIA) lista.push(freno('R16', 'manual', 'caducar'))
  return lista
}

/** R10. The hour of a revoked device is not trusted: what arrives after its baja is in quarantine, whatever effAt it claims. */
export function motivoDeBaja(
  libro: Libro,
  de: { empleadoId: string | null; dispositivoId: string | null; effAt: number; recibidoAt: number },
): Codigo | null {
  const empleado = de.empleadoId === null ? undefined : libro.empleados.get(de.empleadoId)
  if (empleado && empleado.bajaAt !== null && empleado.bajaAt < de.effAt) return 'cajero_baja'
  const dispositivo = de.dispositivoId === null ? undefined : libro.dispositivos.get(de.dispositivoId)
  return dispositivo && dispositivo.bajaAt !== null && dispositivo.bajaAt < de.recibidoAt ? 'dispositivo_revocado' : null
}

/** R16. The 7th sale of a day on a card, 20 times the median of the negocio, or a whole nivel in one sale. */
function fueraDeLoNormal(libro: Libro, t: Transaccion, qr: TarjetaDeVenta): boolean {
  const previas = libro.ventasDelDia.get(claveDelDia(libro, qr.cardId, t.sucursalId, t.effAt)) ?? 0
  if (previas >= VENTAS_POR_TARJETA_AL_DIA || muyPorEncima(t.montoCentavos, libro.ultimosMontos)) return true
  return cruzaNivelSola(qr.nivel, t.puntosOtorgados, umbralesEn(libro, t.effAt))
}

export const umbralesEn = (libro: Libro, effAt: number): Umbrales =>
  versionVigente(libro.configuraciones, effAt)?.umbrales ?? { plata: Number.POSITIVE_INFINITY, oro: Number.POSITIVE_INFINITY }

/** True when a monto exceeds 20 times the (lower) median of the last ventas; never with fewer than 20 of them. */
export function muyPorEncima(montoCentavos: number, ultimosMontos: readonly number[]): boolean {
  if (ultimosMontos.length < MUESTRA_MINIMA) return false
  // The median is below a value when more than half of them are: nothing needs to be sorted, sale by sale.
  let debajo = 0
  for (const monto of ultimosMontos) if (VECES_LA_MEDIANA * monto < montoCentavos) debajo++
  return debajo > Math.floor((ultimosMontos.length - 1) / 2)
}
