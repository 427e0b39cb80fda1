/** The server's pulse as columns of a chart: one place for every moment of the window, also where nothing came. Pure. */
import { DIA, HORA, MINUTO } from '../../../../schema/core/tiempo.ts'
import type { PuntoDePulso, Rango } from '../../../../schema/protocol/plataforma.ts'

const DURA: Record<Rango, number> = { '15m': 15 * MINUTO, '1h': HORA, '24h': DIA, '7d': 7 * DIA }

export interface Pulso {
  /** Start of each step, ms. */
  at: number[]
  hechos: number[]
  p50: (number | null)[]
  p95: (number | null)[]
}

/** The window that ends at `hora`, in steps of `cadaMs`. Points outside it are left out. */
export function ventana(puntos: readonly PuntoDePulso[], { hora, cadaMs, rango }: { hora: number; cadaMs: number; rango: Rango }): Pulso {
  const fin = Math.floor(hora / cadaMs) * cadaMs
  const cuantos = Math.max(2, Math.round(DURA[rango] / cadaMs))
  const at = Array.from({ length: cuantos }, (_, i) => fin - (cuantos - 1 - i) * cadaMs)
  const porAt = new Map(puntos.map((p) => [Math.floor(p.at / cadaMs) * cadaMs, p]))
  const de = at.map((cuando) => porAt.get(cuando))
  return { at, hechos: de.map((p) => p?.hechos ?? 0), p50: de.map((p) => p?.p50 ?? null), p95: de.map((p) => p?.p95 ?? null) }
}

/** Points that came live over those that were read: by moment, the live one is newer. */
export function conVivos(leidos: readonly PuntoDePulso[], vivos: readonly PuntoDePulso[]): PuntoDePulso[] {
  return [...new Map([...leidos, ...vivos].map((p) => [p.at, p])).values()].sort((a, b) => a.at - b.at)
}
