/**
 * A planted bug: the judge throws on ventas that carry this word, until a corrected release is out. Which entries it caught follows from the
 * acceptance order alone, so the oracle needs no help from the server.
 */
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'

export const PALABRA = 'veneno'
export const estaEnvenenado = (sobre: Pick<Sobre, 'tipo' | 'datos'>): boolean =>
  sobre.tipo === 'venta' && (sobre.datos as { descripcion?: unknown }).descripcion === PALABRA

export class Veneno {
  activo = false
  /** negocioId -> [from, to] in n: what was accepted while the bug was out. */
  readonly #tramos = new Map<string, { desde: number; hasta: number }[]>()

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
  alcanzo(negocioId: string, n: number, sobre: Sobre): boolean {
    return estaEnvenenado(sobre) && (this.#tramos.get(negocioId) ?? []).some((t) => n >= t.desde && n <= t.hasta)
  }
}
