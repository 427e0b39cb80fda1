/**
 * Uploads of one negocio in this process, one transaction at a time. They would wait for each other anyway, at the counter, each holding a connection;
 * here those that arrived meanwhile go together, and share the reads, the writes and the commit:
 *
 *   A runs alone │ B, C, D arrive │ A commits │ B, C, D in one transaction │ each gets its own answer
 *
 * Nobody waits to be joined. One that is refused, or cannot be judged, takes nothing from the others: the whole is undone and each runs alone.
 */
import type { Tx } from '../db/db.ts'
import type { Contador } from './bitacora.ts'

/** What an upload does under the counter. May run twice: the first time undone. */
export type Recibir<T> = (sql: Tx, contador: Contador) => Promise<T>

/** `R`: what it leaves under the counter; `V`: what it is told once that is committed. */
export interface Envio<R, V> {
  cadenaId: string
  renglones: number
  recibir: Recibir<R>
  /** In a transaction of its own. */
  solo(): Promise<V>
}

/** In one transaction, in this order; null: undone, and not for a passing reason. */
type Juntos<R, V> = (todos: readonly Recibir<R>[]) => Promise<readonly V[] | null>

interface EnEspera<R, V> extends Envio<R, V> {
  cumplir(valor: V): void
  fallar(error: unknown): void
}

/** Of one transaction: beyond this a commit saves nothing, and on the embedded database everybody waits for it. */
const ENVIOS_JUNTOS = 32
const RENGLONES_JUNTOS = 400

export class ColaDeNegocio<R, V = R> {
  readonly #juntos: Juntos<R, V>
  readonly #alAcabar: () => void
  #esperan: EnEspera<R, V>[] = []
  #corriendo = false

  constructor(juntos: Juntos<R, V>, alAcabar: () => void) {
    this.#juntos = juntos
    this.#alAcabar = alAcabar
  }

  /** @throws what it throws alone, or the passing error of the transaction it shared */
  pasar(envio: Envio<R, V>): Promise<V> {
    return new Promise((cumplir, fallar) => {
      this.#esperan.push({ ...envio, cumplir, fallar })
      if (!this.#corriendo) void this.#correr()
    })
  }

  async #correr(): Promise<void> {
    this.#corriendo = true
    while (this.#esperan.length > 0) await this.#atender(this.#tomar())
    this.#corriendo = false
    this.#alAcabar()
  }

  /** The first, and those behind it that may go with it. Of one chain only the first: the others keep their place. */
  #tomar(): EnEspera<R, V>[] {
    const grupo: EnEspera<R, V>[] = []
    const resto: EnEspera<R, V>[] = []
    const cadenas = new Set<string>()
    let renglones = 0
    for (const envio of this.#esperan) {
      const cabe = grupo.length === 0 || (grupo.length < ENVIOS_JUNTOS && renglones + envio.renglones <= RENGLONES_JUNTOS)
      if (cabe && !cadenas.has(envio.cadenaId)) {
        grupo.push(envio)
        renglones += envio.renglones
      } else resto.push(envio)
      cadenas.add(envio.cadenaId)
    }
    this.#esperan = resto
    return grupo
  }

  async #atender(grupo: readonly EnEspera<R, V>[]): Promise<void> {
    try {
      const valores = grupo.length > 1 ? await this.#juntos(grupo.map((e) => e.recibir)) : null
      if (valores) for (const [i, valor] of valores.entries()) grupo[i]?.cumplir(valor)
      else for (const envio of grupo) await envio.solo().then(envio.cumplir, envio.fallar)
    } catch (error) {
      for (const envio of grupo) envio.fallar(error)
    }
  }
}
