/** The shopper's cupones (CUP-08..17) as this phone keeps them: which are in force, how near their end is, what they take off. Pure. */
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import { pesos } from './numeros.ts'

type Doc = Extract<MiaDoc, { tipo: 'cupon' }>
export type CuponEnFoto = Omit<Doc, 'id' | 'tipo' | 'at'>

export type EstadoDeCupon = 'vigente' | 'usado' | 'expirado'
const DIA = 86_400_000
/** As the first notice of an end (CUP-19). */
const POR_VENCER_MS = 3 * DIA

/** CUP-13. A use that is left may still expire; what was used up stays used. `ahora`: corrected ms. */
export const estadoDeCupon = (c: Pick<CuponEnFoto, 'usados' | 'limitePorCliente' | 'venceAt' | 'activo'>, ahora: number): EstadoDeCupon =>
  c.usados >= c.limitePorCliente ? 'usado' : ahora > c.venceAt || !c.activo ? 'expirado' : 'vigente'

export const porVencer = (c: CuponEnFoto, ahora: number): boolean =>
  estadoDeCupon(c, ahora) === 'vigente' && c.venceAt - ahora <= POR_VENCER_MS

/** Those of one state: what ends first, first; of the past, the latest first. */
export function cuponesEn(cupones: readonly CuponEnFoto[], estado: EstadoDeCupon, ahora: number): CuponEnFoto[] {
  const de = cupones.filter((c) => estadoDeCupon(c, ahora) === estado)
  if (estado === 'vigente') return de.sort((a, b) => a.venceAt - b.venceAt)
  return de.sort((a, b) => (b.usadoAt ?? b.venceAt) - (a.usadoAt ?? a.venceAt))
}

export const cuponesDe = (docs: readonly MiaDoc[]): CuponEnFoto[] =>
  docs
    .filter((d): d is Doc => d.tipo === 'cupon')
    .map(({ id: _i, tipo: _t, at: _a, ...suyo }) => suyo)
    .sort((a, b) => b.guardadoAt - a.guardadoAt)

/** CUP-17. Centavos that cupones took off purchases that stand. Of one without the card that was claimed later its sale has the word: nothing counts twice. */
export function ahorroDe(docs: readonly MiaDoc[]): number {
  const ids = new Set(docs.map(({ id }) => id))
  return docs.reduce((suma, d) => {
    const cuenta = d.tipo === 'venta' || (d.tipo === 'ahorro' && !ids.has(d.id.replace('ahorro', 'venta') as MiaDoc['id']))
    return suma + (cuenta && d.estado === 'completada' ? (d.descuentoCentavos ?? 0) : 0)
  }, 0)
}

/** Pesos without the cents that are none: `$200`. */
export const redondos = (centavos: number): string => pesos(centavos).replace(/\.00$/, '')

/** Days of the calendar from now to its end, in the phone's zone: 0 today, 1 tomorrow. Negative when it is over. */
export function diasPara(venceAt: number, ahora: number): number {
  const dia = (at: number) => new Date(at).setHours(0, 0, 0, 0)
  return Math.round((dia(venceAt) - dia(ahora)) / DIA)
}
