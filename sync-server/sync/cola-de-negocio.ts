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

export interface Envio<T> {
  cadenaId: string
  renglones: number
  recibir: Recibir<T>
  /** In a transaction of its own. */
  solo(): Promise<T>
}

/** In one transaction, in this order; null: undone, and not for a passing reason. */
type Juntos<T> = (todos: readonly Recibir<T>[]) => Promise<readonly T[] | null>

interface EnEspera<T> extends Envio<T> {
  cumplir(valor: T): void
  fallar(error: unknown): void
}

/** Of one transaction: beyond this a commit saves nothing, and on the embedded database everybody waits for it. */
const ENVIOS_JUNTOS = 32
const RENGLONES_JUNTOS = 400

export class ColaDeNegocio<T> {
  readonly #juntos: Juntos<T>
  readonly #alAcabar: () => void
  #esperan: EnEspera<T>[] = []
  #corriendo = false

  constructor(juntos: Juntos<T>, alAcabar: () => void) {
    this.#juntos = juntos
    this.#alAcabar = alAcabar
  }

  /** @throws what it throws alone, or the passing error of the transaction it shared */
  pasar(envio: Envio<T>): Promise<T> {
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
  #tomar(): EnEspera<T>[] {
    const grupo: EnEspera<T>[] = []
    const resto: EnEspera<T>[] = []
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

  async #atender(grupo: readonly EnEspera<T>[]): Promise<void> {
    try {
      const valores = grupo.length > 1 ? await this.#juntos(grupo.map((e) => e.recibir)) : null
      if (valores) for (const [i, valor] of valores.entries()) grupo[i]?.cumplir(valor)
      else for (const envio of grupo) await envio.solo().then(envio.cumplir, envio.fallar)
    } catch (error) {
      for (const envio of grupo) envio.fallar(error)
    }
  }
}
