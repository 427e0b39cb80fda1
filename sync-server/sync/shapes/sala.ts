/**
 * The room where live requests wait (SH7). One per server. It counts them, so that a page that opens many views, or many pages, cannot fill a node; it
 * wakes them after a commit of their stream; and it sends everybody home when the server stops.
 */
import { SEGUNDO } from '../../../schema/core/tiempo.ts'
import type { Deps } from '../../context.ts'
import { alDespedirse } from '../../http/despedida.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { contarEnVivo } from '../../http/metricas-sync.ts'

export interface LimitesDeSala {
  /** Of one session: a page has three live views at most. */
  porSesion: number
  porNodo: number
  /** A request with nothing to say is answered after this long, ms. Official clients give up at 45 s. */
  esperaMs: number
  /** How often one that waits asks whether its session lives and looks at the log unasked, ms. */
  revisionMs: number
}

export const LIMITES_DE_SALA: LimitesDeSala = { porSesion: 3, porNodo: 2_000, esperaMs: 20 * SEGUNDO, revisionMs: 5 * SEGUNDO }
/** A page that closed a view frees its place within this. */
const VUELVE_EN_MS = SEGUNDO

export class Sala {
  readonly limites: LimitesDeSala
  readonly #deps: Pick<Deps, 'hub'>
  readonly #porSesion = new Map<string, number>()
  readonly #presentes = new Set<Espera>()
  readonly #lecturas = new Map<string, Promise<unknown>>()
  #cerrada = false

  constructor(deps: Pick<Deps, 'hub'>, limites: Partial<LimitesDeSala> = {}) {
    this.#deps = deps
    this.limites = { ...LIMITES_DE_SALA, ...limites }
  }

  /** @throws RechazoTemporal DEMASIADAS_EN_VIVO */
  entrar(sesionId: string, stream: string, coleccion: string): Espera {
    const suyas = this.#porSesion.get(sesionId) ?? 0
    if (suyas >= this.limites.porSesion || this.#presentes.size >= this.limites.porNodo)
      throw new RechazoTemporal('DEMASIADAS_EN_VIVO', VUELVE_EN_MS)
    this.#porSesion.set(sesionId, suyas + 1)
    const dejarDeContar = contarEnVivo(this.#deps)
    const dejarDeOir = this.#deps.hub.suscribir(stream, ({ seq, colecciones }) => {
      if (colecciones.includes(coleccion)) espera.oir(seq)
    })
    const dejarDeCuidar = this.#deps.hub.alRevocar((id) => {
      if (id === sesionId) espera.revisar()
    })
    const espera = new Espera(() => {
      if (!this.#presentes.delete(espera)) return
      dejarDeOir()
      dejarDeCuidar()
      dejarDeContar()
      const quedan = (this.#porSesion.get(sesionId) ?? 1) - 1
      if (quedan > 0) this.#porSesion.set(sesionId, quedan)
      else this.#porSesion.delete(sesionId)
    })
    this.#presentes.add(espera)
    if (this.#cerrada) espera.despedir()
    return espera
  }

  /**
   * A wake reads the log once for all who wait at the same place. `llave` must hold what was heard before reading: a reading that began earlier may not
   * have seen what woke this one.
   */
  compartir<T>(llave: string, leer: () => Promise<T>): Promise<T> {
    const enCurso = this.#lecturas.get(llave) as Promise<T> | undefined
    if (enCurso) return enCurso
    const nueva = leer().finally(() => this.#lecturas.delete(llave))
    this.#lecturas.set(llave, nueva)
    return nueva
  }

  /** Everybody is answered now, with what there is; who comes later does not wait. */
  despedir(): void {
    this.#cerrada = true
    for (const espera of this.#presentes) espera.despedir()
  }
}

/** One request that waits. */
export class Espera {
  /** Last change of its collection that was told. */
  oido = 0
  despedida = false
  readonly salir: () => void
  #despertar: (() => void) | null = null
  #revisar = false

  constructor(salir: () => void) {
    this.salir = salir
  }

  oir(seq: number): void {
    this.oido = Math.max(this.oido, seq)
    this.#despertar?.()
  }

  /** Its session may have ended: it is asked again now. */
  revisar(): void {
    this.#revisar = true
    this.#despertar?.()
  }

  despedir(): void {
    this.despedida = true
    this.#despertar?.()
  }

  /** Until something after `leido` is told, the client goes away, everybody is sent home, or `limiteMs` passed. */
  async cambio(leido: number, limiteMs: number, senal: AbortSignal): Promise<void> {
    const yaHay = this.oido > leido || this.despedida || this.#revisar || senal.aborted
    if (!yaHay) await this.#dormir(limiteMs, senal)
    this.#revisar = false
  }

  async #dormir(limiteMs: number, senal: AbortSignal): Promise<void> {
    await new Promise<void>((listo) => {
      const reloj = setTimeout(() => fin(), Math.max(0, limiteMs))
      const fin = () => {
        clearTimeout(reloj)
        senal.removeEventListener('abort', fin)
        listo()
      }
      this.#despertar = fin
      senal.addEventListener('abort', fin, { once: true })
    })
    this.#despertar = null
  }
}

/** By hub: the one thing that all parts of a server share and never copy. */
const salas = new WeakMap<object, Sala>()

/** The room of a server. `limites` counts the first time it is asked for. */
export function salaDe(deps: Pick<Deps, 'hub'>, limites?: Partial<LimitesDeSala>): Sala {
  let sala = salas.get(deps.hub)
  if (!sala) {
    const nueva = new Sala(deps, limites)
    salas.set(deps.hub, nueva)
    // The first thing a server does when it is told to stop: every live request that waits is answered.
    alDespedirse(deps, () => nueva.despedir())
    sala = nueva
  }
  return sala
}
