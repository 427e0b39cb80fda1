/**
 * PTS-24. Points that expire, in lots by the calendar month at whose end they do (decision 0040). A month is the number of months since year 0, by UTC. It is over
 * once it is over everywhere on Earth, so the judge needs no time zone and no shopper loses points on the last evening of a month.
 */
import { DIA, HORA } from '../../core/tiempo.ts'
import type { Configuracion } from '../configuracion/configuracion.ts'

/** Points that expire with this month. A list of them is ordered by month, without empty ones; null: none. */
export interface Lote {
  mes: number
  puntos: number
}
export type Lotes = Lote[] | null

/** Noon by UTC, when the last place on Earth leaves a month. */
const MARGEN_MS = 12 * HORA
/** How many months it is remembered what expired, for sales that are returned later. */
export const MESES_DE_MEMORIA = 24

/** The month of an instant, ms. */
export function mesDe(ms: number): number {
  const fecha = new Date(ms)
  return fecha.getUTCFullYear() * 12 + fecha.getUTCMonth()
}

/** When a month is over everywhere, ms. */
export const finDeMes = (mes: number): number => Date.UTC(Math.floor((mes + 1) / 12), (mes + 1) % 12, 1) + MARGEN_MS

/** The last day of a month, as an instant that is that day in all of Mexico, ms: what a shopper is told. */
export const ultimoDiaDe = (mes: number): number => finDeMes(mes) - DIA

/** The last month that is over at an instant, ms. */
export const ultimoMesVencido = (ahora: number): number => mesDe(ahora - MARGEN_MS) - 1

/**
 * The month with which points of a sale expire: that of its receipt (ms) and as many more as the version says by which they were computed. Null: by that version, never.
 */
export function mesDeVencimiento(version: Configuracion | undefined, recibidoAt: number): number | null {
  const meses = version?.expiranEnMeses ?? null
  return meses === null ? null : mesDe(recibidoAt) + meses
}

export const sumaDeLotes = (lotes: Lotes): number => (lotes ?? []).reduce((suma, lote) => suma + lote.puntos, 0)

/** With so many points more in a month. */
export function conPuntos(lotes: Lotes, mes: number, puntos: number): Lotes {
  const otros = (lotes ?? []).filter((lote) => lote.mes !== mes)
  return ordenados([...otros, { mes, puntos: puntosDelMes(lotes, mes) + puntos }])
}

export const puntosDelMes = (lotes: Lotes, mes: number): number => lotes?.find((lote) => lote.mes === mes)?.puntos ?? 0

/** What is left once `puntos` went out: what expires first goes first. Those that never expire are in no lot, and go last. */
export function gastados(lotes: Lotes, puntos: number): Lotes {
  let falta = puntos
  const quedan = (lotes ?? []).map(({ mes, puntos: hay }) => {
    const toma = Math.min(falta, hay)
    falta -= toma
    return { mes, puntos: hay - toma }
  })
  return ordenados(quedan)
}

/** Only the months up to this one. */
export const hastaElMes = (lotes: Lotes, mes: number): Lotes => ordenados((lotes ?? []).filter((lote) => lote.mes <= mes))

/** Without the months up to this one. */
export const despuesDe = (lotes: Lotes, mes: number): Lotes => ordenados((lotes ?? []).filter((lote) => lote.mes > mes))

function ordenados(lotes: Lote[]): Lotes {
  const llenos = lotes.filter((lote) => lote.puntos > 0).sort((a, b) => a.mes - b.mes)
  return llenos.length > 0 ? llenos : null
}
