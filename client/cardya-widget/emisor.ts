/** Makes what the card shows: a fresh QR, and the code that is typed when no camera reads. Needs no network (PWA-07, CARD-25..27). */

import { type LlaveGuardada, privadaDe } from '../../schema/core/llave-guardada.ts'
import { firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { claveDeAhora, importarSecreto } from '../../schema/domain/tarjetas/totp.ts'
import type { CodigoDibujado } from '../domain/tarjeta/plantilla.ts'
import type { Almacen, TarjetaGuardada } from './almacen.ts'
import { dibujar } from './codigo.ts'
import { esExtraible } from './llave.ts'
import { banderas, type Reloj } from './reloj.ts'

/** Design 04 §2: a new one long before the old one ends. */
export const QR_NUEVO_CADA_MS = 30_000
/** A phone whose key can be exported is believed for less time (design 04 §1.1). */
const VIGENCIA_EXTRAIBLE_MS = 72 * 3_600_000

export interface QrEnPantalla {
  codigo: CodigoDibujado
  texto: string
  /** When it was signed, corrected ms. */
  at: number
}

/** Until when this phone may sign, server ms. */
export const venceAt = (tarjeta: TarjetaGuardada, llave: LlaveGuardada): number =>
  esExtraible(llave) ? Math.min(tarjeta.venceAt, tarjeta.emitidaAt + VIGENCIA_EXTRAIBLE_MS) : tarjeta.venceAt

/** Signs one use of the card: of the card alone, or of something shown with it. */
export type FirmarUso = typeof firmarQr

/** A QR with a number of its own; null when the certificate is over (PWA-27). */
export async function emitirQr(
  almacen: Almacen,
  reloj: Reloj,
  tarjeta: TarjetaGuardada,
  llave: LlaveGuardada,
  firmar: FirmarUso = firmarQr,
): Promise<QrEnPantalla | null> {
  const at = reloj.ahora()
  if (at >= venceAt(tarjeta, llave)) return null
  const [ctr, privada] = await Promise.all([almacen.siguienteUso(at), privadaDe(llave)])
  const flags = banderas(at, reloj.sincronizadoAt(), reloj.sospechoso(), esExtraible(llave))
  const texto = await firmar(privada, tarjeta.certificado, { tsSegundos: Math.floor(at / 1_000), ctr, flags })
  return { codigo: dibujar(texto), texto, at }
}

/** `193 402` and for how long more, ms; null on a phone that has no secret. */
export async function claveEscrita(tarjeta: TarjetaGuardada, ahora: number): Promise<{ clave: string; quedanMs: number } | null> {
  if (!tarjeta.clave) return null
  const secreto = tarjeta.clave instanceof Uint8Array ? await importarSecreto(new Uint8Array(tarjeta.clave)) : tarjeta.clave
  return claveDeAhora(secreto, ahora)
}
