/** Points of a sale: integer arithmetic only, the same on the till (estimate) and on the server (verdict). */
import { assert } from '../../core/rechazo.ts'
import { HORA } from '../../core/tiempo.ts'
import type { Configuracion, Nivel } from '../configuracion/configuracion.ts'
import { vidaDelQrMs } from '../tarjetas/vida-del-qr.ts'

/** R12. A version replaced longer ago than this no longer counts as what the till could have promised. */
export const GRACIA_DE_VERSION_MS = 72 * HORA

/**
 * SCAN-20, PTS-06, CARD-08: floor(monto / valorPunto × multiplicador). Centavos, centavos, hundredths; gives whole points.
 * BigInt because 9,999,999,999 × 100,000 and beyond would leave the exact integers of a double, and a division rounds.
 */
export function calcularPuntos(montoCentavos: number, valorPuntoCentavos: number, multiplicadorPct: number): number {
  assert(montoCentavos >= 0 && valorPuntoCentavos > 0 && multiplicadorPct >= 0, 'points are computed from positive amounts')
  return Number((BigInt(montoCentavos) * BigInt(multiplicadorPct)) / (BigInt(valorPuntoCentavos) * 100n))
}

/**
 * R6. Points to take back in total once `reembolsadoCentavos` of `montoCentavos` were refunded: floor(otorgados × reembolsado / monto). Of a sale that a
 * cupón paid whole (SCAN-28), none: it gave none, and nothing of it can be given back.
 */
export function puntosPorDevolver(otorgados: number, reembolsadoCentavos: number, montoCentavos: number): number {
  assert(reembolsadoCentavos >= 0 && reembolsadoCentavos <= montoCentavos, 'a refund never exceeds its sale')
  return montoCentavos === 0 ? 0 : Number((BigInt(otorgados) * BigInt(reembolsadoCentavos)) / BigInt(montoCentavos))
}

/** What one version of the rules gives for a sale; 0 when the negocio does not take part (PTS-02). */
export function puntosSegun(configuracion: Configuracion, montoCentavos: number, nivel: Nivel): number {
  if (!configuracion.participa) return 0
  return calcularPuntos(montoCentavos, configuracion.valorPuntoCentavos, configuracion.multiplicadoresPct[nivel])
}

/**
 * The version in force at an instant: the last one with vigenteAt <= effAt. Before the first version the first counts (a till whose
 * clock ran behind when the negocio opened). Undefined only when there is none.
 */
export function versionVigente(configuraciones: readonly Configuracion[], effAt: number): Configuracion | undefined {
  for (let i = configuraciones.length - 1; i >= 0; i--) {
    const version = configuraciones[i]
    if (version && version.vigenteAt <= effAt) return version
  }
  return configuraciones[0]
}

/**
 * CARD-19, R11. How long a QR was good at an instant, ms: the longest life of the version in force and of those replaced less than 72 h before, so that no
 * till is doubted for a change it has not heard of. Without versions, what it always was.
 */
export function vidaDelQrEn(configuraciones: readonly Configuracion[], effAt: number): number {
  const vigente = versionVigente(configuraciones, effAt)
  const cuentan = configuraciones.filter((version, i) => {
    const relevo = configuraciones[i + 1]
    const fueVigente = version.vigenteAt <= effAt && relevo !== undefined && relevo.vigenteAt > effAt - GRACIA_DE_VERSION_MS
    return version === vigente || fueVigente
  })
  return Math.max(...(cuentan.length > 0 ? cuentan : [undefined]).map((version) => vidaDelQrMs(version?.vidaQrSegundos)))
}

export interface VentaPorCalcular {
  montoCentavos: number
  nivel: Nivel
  effAt: number
  /** When the server received it, ms. A version that came into force later is not the one its till had, though a server that was put back gave it the same number. */
  recibidoAt: number
  /** Ordered by version. */
  configuraciones: readonly Configuracion[]
  /** Version the till computed with, and what it promised on screen. */
  versionDelDispositivo: number
  puntosPrometidos: number
  /** Without a valid lease a till's own version does not count (R12, R15). */
  licenciaValida: boolean
}
export interface PuntosDeVenta {
  puntos: number
  /** Without multiplicador, by the same version. */
  puntosBase: number
  multiplicadorPct: number
  configVersion: number
}

/**
 * R12. max(f(monto, v_effAt), min(prometido, f(monto, v_dispositivo))): a change of rules never takes from a shopper what the till promised in
 * good faith, and a promise never gives more than the rules the till held.
 */
export function puntosDeVenta(venta: VentaPorCalcular): PuntosDeVenta {
  const vigente = versionVigente(venta.configuraciones, venta.effAt)
  if (!vigente) return { puntos: 0, puntosBase: 0, multiplicadorPct: 100, configVersion: 0 }
  const porVigente = puntosSegun(vigente, venta.montoCentavos, venta.nivel)
  const delDispositivo = versionDelDispositivo(venta)
  if (!delDispositivo) return desglose(venta, vigente, porVigente)
  const porPromesa = Math.min(venta.puntosPrometidos, puntosSegun(delDispositivo, venta.montoCentavos, venta.nivel))
  return porPromesa > porVigente ? desglose(venta, delDispositivo, porPromesa) : desglose(venta, vigente, porVigente)
}

function versionDelDispositivo(venta: VentaPorCalcular): Configuracion | undefined {
  if (!venta.licenciaValida) return undefined
  const indice = venta.configuraciones.findIndex((c) => c.version === venta.versionDelDispositivo && c.vigenteAt <= venta.recibidoAt)
  const siguiente = venta.configuraciones[indice + 1]
  if (indice < 0 || (siguiente && siguiente.vigenteAt <= venta.effAt - GRACIA_DE_VERSION_MS)) return undefined
  return venta.configuraciones[indice]
}

const desglose = (venta: VentaPorCalcular, version: Configuracion, puntos: number): PuntosDeVenta => ({
  puntos,
  puntosBase: version.participa ? calcularPuntos(venta.montoCentavos, version.valorPuntoCentavos, 100) : 0,
  multiplicadorPct: version.multiplicadoresPct[venta.nivel],
  configVersion: version.version,
})
