/**
 * The rules, written a second time from their description and from nothing else: no code of schema/domain is used here. Amounts are BigInt
 * inside, so that an overflow or a rounding of the judge shows as a difference.
 */
export type Nivel = 'bronce' | 'plata' | 'oro'
const DIA_MS = 86_400_000
export const PLAZO_MS = 14 * DIA_MS

export interface VersionDeReglas {
  version: number
  participa: boolean
  valorPuntoCentavos: number
  multiplicadoresPct: Record<Nivel, number>
  umbrales: { plata: number; oro: number }
  vidaQrSegundos?: number
  /** Absent, null: its points never expire. */
  expiranEnMeses?: number | null
  vigenteAt: number
}

/** R11: the device's corrected hour, not before the chain's last, not before the card was shown less 90 s, not after receipt. */
export function horaEfectiva(
  tiempo: { wall: number; offset: number },
  anterior: number,
  qrTsMs: number | null,
  recibidoAt: number,
): number {
  let hora = tiempo.wall + tiempo.offset
  if (hora < anterior) hora = anterior
  if (qrTsMs !== null && hora < qrTsMs - 90_000) hora = qrTsMs - 90_000
  return hora > recibidoAt ? recibidoAt : hora
}

/** R11: the card seems more than 90 s from the future, or 90 s older than a QR may be. */
export function relojesNoCuadran(tiempo: { wall: number; offset: number }, qrTsMs: number, vidaSegundos: number): boolean {
  const edadMs = tiempo.wall + tiempo.offset - qrTsMs
  return edadMs < -90_000 || edadMs > vidaSegundos * 1_000 + 90_000
}

/** CARD-19: as the version in force says (two minutes where it says nothing), or longer when one that was replaced in the last 72 h did. */
export function vidaDelQr(versiones: VersionDeReglas[], instante: number): number {
  let mayor = enVigor(versiones, instante)?.vidaQrSegundos ?? 120
  for (const v of versiones) {
    const relevo = versiones.find((otra) => otra.version === v.version + 1)
    if (v.vigenteAt > instante || !relevo || relevo.vigenteAt <= instante - 3 * DIA_MS) continue
    if ((v.vidaQrSegundos ?? 120) > mayor) mayor = v.vidaQrSegundos ?? 120
  }
  return mayor
}

export function puntosDe(v: VersionDeReglas, montoCentavos: number, pct: number): number {
  return v.participa ? Number((BigInt(montoCentavos) * BigInt(pct)) / BigInt(v.valorPuntoCentavos) / 100n) : 0
}

/** The newest version that was in force; before the first, the first. */
export function enVigor(versiones: VersionDeReglas[], instante: number): VersionDeReglas | undefined {
  const ya = versiones.filter((v) => v.vigenteAt <= instante).sort((a, b) => a.version - b.version)
  return ya.at(-1) ?? versiones[0]
}

export interface Calculo {
  puntos: number
  base: number
  pct: number
  version: number
}

/** R12. max(today's rules, min(promised, the till's rules)); the till's count for 72 h after they were replaced, and only under a lease, and if they were made before the sale came. */
export function calcularVenta(
  versiones: VersionDeReglas[],
  venta: {
    monto: number
    nivel: Nivel
    effAt: number
    recibidoAt: number
    versionDeCaja: number
    prometidos: number
    conLicencia: boolean
  },
): Calculo {
  const con = (v: VersionDeReglas, puntos: number): Calculo => ({
    puntos,
    base: puntosDe(v, venta.monto, 100),
    pct: v.multiplicadoresPct[venta.nivel],
    version: v.version,
  })
  const hoy = enVigor(versiones, venta.effAt)
  if (!hoy) return { puntos: 0, base: 0, pct: 100, version: 0 }
  const porHoy = puntosDe(hoy, venta.monto, hoy.multiplicadoresPct[venta.nivel])
  const deCaja = versiones.find((v) => v.version === venta.versionDeCaja && v.vigenteAt <= venta.recibidoAt)
  const relevo = deCaja && versiones.find((v) => v.version > deCaja.version)
  const cuenta = deCaja && venta.conLicencia && (!relevo || relevo.vigenteAt > venta.effAt - 3 * DIA_MS)
  if (!cuenta) return con(hoy, porHoy)
  const porCaja = puntosDe(deCaja, venta.monto, deCaja.multiplicadoresPct[venta.nivel])
  const promesa = venta.prometidos < porCaja ? venta.prometidos : porCaja
  return promesa > porHoy ? con(deCaja, promesa) : con(hoy, porHoy)
}

/** R6: what must have been taken back in all. */
export const devueltosEnTotal = (otorgados: number, reembolsado: number, monto: number): number =>
  Number((BigInt(otorgados) * BigInt(reembolsado)) / BigInt(monto))

/** R16: more than 20 times the lower median of the last (at most 101) sales, once there are 20. */
export function seSaleDeLaMediana(monto: number, previos: number[]): boolean {
  const ultimos = previos.slice(-101)
  if (ultimos.length < 20) return false
  const orden = Float64Array.from(ultimos).sort()
  const mitad = orden.length % 2 === 1 ? (orden.length - 1) / 2 : orden.length / 2 - 1
  return monto > 20 * (orden[mitad] as number)
}

/** R16: one sale worth a whole nivel. */
export function valeUnNivel(nivel: Nivel, puntos: number, umbrales: { plata: number; oro: number }): boolean {
  if (nivel === 'bronce') return puntos >= umbrales.plata
  return nivel === 'plata' && puntos >= umbrales.oro - umbrales.plata
}

/** The calendar day in a zone, as text. */
export const diaEn = (instante: number, zona: string): string => new Date(instante).toLocaleDateString('sv-SE', { timeZone: zona })
