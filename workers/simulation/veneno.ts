/**
 * A planted bug: the judge throws on ventas that carry this word, until a corrected release is out. Which entries it caught follows from the
 * acceptance order alone, so the oracle needs no help from the server.
 */
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'

export const PALABRA = 'veneno'
export const estaEnvenenado = (sobre: Pick<Sobre, 'tipo' | 'datos'>): boolean =>
  sobre.tipo === 'venta' && (sobre.datos as { descripcion?: unknown }).descripcion === PALABRA

/** negocioId -> [from, to] in n: what was accepted while the bug was out. */
export type Tramos = Map<string, { desde: number; hasta: number }[]>

export class Veneno {
  activo = false
  #tramos: Tramos = new Map()

  /** The bad release goes out; `aceptados` per negocio so far. */
  soltar(aceptados: Map<string, number>): void {
    this.activo = true
    for (const [negocioId, n] of aceptados)
      this.#tramos.set(negocioId, [...(this.#tramos.get(negocioId) ?? []), { desde: n + 1, hasta: Number.POSITIVE_INFINITY }])
  }
  /** The corrected one does. */
  corregir(aceptados: Map<string, number>): void {
    this.activo = false
    for (const [negocioId, n] of aceptados) {
      const abierto = this.#tramos.get(negocioId)?.at(-1)
      if (abierto?.hasta === Number.POSITIVE_INFINITY) abierto.hasta = n
    }
  }
  copiar(): Tramos {
    return structuredClone(this.#tramos)
  }
  /** The database went back to where these were so; the release that runs is the one of now. `aceptados` as they are again. */
  volver(tramos: Tramos, aceptados: Map<string, number>): void {
    this.#tramos = new Map()
    for (const [negocioId, n] of aceptados) {
      const cerrados = (tramos.get(negocioId) ?? []).map((t) => ({ ...t, hasta: Math.min(t.hasta, n) }))
      this.#tramos.set(negocioId, this.activo ? [...cerrados, { desde: n + 1, hasta: Number.POSITIVE_INFINITY }] : cerrados)
    }
  }
  alcanzo(negocioId: string, n: number, sobre: Sobre): boolean {
    return estaEnvenenado(sobre) && (this.#tramos.get(negocioId) ?? []).some((t) => n >= t.desde && n <= t.hasta)
  }
}
