/**
 * The world's only clock, and what "quiet" means.
 *
 * Time stands still until the scheduler moves it. Timers of the replicas wait here; what really takes time (a request being answered, a
 * signature, a transaction) is counted in `enVuelo`. Quiet = nothing in flight and no timer due, seen over several turns of the event loop.
 * Nothing ever sleeps for a fixed time.
 */
import { setImmediate as turno } from 'node:timers/promises'

const TURNOS_QUIETOS = 4
const ATASCO_MS = Number(process.env.SIM_ATASCO ?? 60_000)

interface Temporizador {
  id: number
  cuando: number
  fn: () => void
  dueno: object
}

export class Tiempo {
  /** True (server) time, ms. */
  ahora: number
  readonly #enVuelo = new Map<string, number>()
  #cuenta = 0
  #temporizadores = new Map<number, Temporizador>()
  /** Owners whose timers wait. */
  readonly #congelados = new Set<object>()
  #siguienteId = 1

  constructor(ahora: number) {
    this.ahora = ahora
  }

  /** Counts real work until it settles; `que` is for the message of a world that never gets quiet. */
  async contar<T>(que: string, trabajo: () => Promise<T>): Promise<T> {
    this.#cuenta++
    this.#enVuelo.set(que, (this.#enVuelo.get(que) ?? 0) + 1)
    try {
      return await trabajo()
    } finally {
      this.#cuenta--
      this.#enVuelo.set(que, (this.#enVuelo.get(que) ?? 1) - 1)
    }
  }

  poner(fn: () => void, ms: number, dueno: object): number {
    const id = this.#siguienteId++
    this.#temporizadores.set(id, { id, cuando: this.ahora + Math.max(0, Number.isFinite(ms) ? Math.ceil(ms) : 0), fn, dueno })
    return id
  }

  quitar(id: unknown): void {
    this.#temporizadores.delete(id as number)
  }

  /** Timers of this owner do not fire until it is thawed; those that were due by then fire at once. */
  congelar(dueno: object): void {
    this.#congelados.add(dueno)
  }
  descongelar(dueno: object): void {
    this.#congelados.delete(dueno)
  }

  quitarDe(dueno: object): void {
    this.#congelados.delete(dueno)
    for (const t of this.#temporizadores.values()) if (t.dueno === dueno) this.#temporizadores.delete(t.id)
  }

  /** Resolves when nothing is in flight and nothing is due. */
  async quieto(): Promise<void> {
    const limite = performance.now() + ATASCO_MS
    for (let quietos = 0; quietos < TURNOS_QUIETOS; ) {
      await turno()
      if (this.#cuenta > 0 || this.#dispararVencidos()) quietos = 0
      else quietos++
      if (performance.now() > limite) throw new Error(`the world does not get quiet: ${this.#loQueSigue()}`)
    }
  }

  /** Moves time on, timer by timer: each fires at its own instant and the world gets quiet before the next. */
  async avanzar(ms: number): Promise<void> {
    const meta = this.ahora + ms
    await this.quieto()
    for (let disparos = 0; disparos < 400; disparos++) {
      const proximo = this.#proximo()
      if (proximo === undefined || proximo > meta) break
      this.ahora = Math.max(this.ahora, proximo)
      await this.quieto()
    }
    await this.dormir(meta - this.ahora)
  }

  /** Moves time on at once, as for a device that slept: every timer due fires once, late. */
  async dormir(ms: number): Promise<void> {
    this.ahora += Math.max(0, ms)
    await this.quieto()
  }

  #proximo(): number | undefined {
    let proximo: number | undefined
    for (const t of this.#temporizadores.values())
      if (!this.#congelados.has(t.dueno) && (proximo === undefined || t.cuando < proximo)) proximo = t.cuando
    return proximo
  }

  #dispararVencidos(): boolean {
    const vencidos = [...this.#temporizadores.values()]
      .filter((t) => t.cuando <= this.ahora && !this.#congelados.has(t.dueno))
      .sort((a, b) => a.cuando - b.cuando || a.id - b.id)
    for (const t of vencidos) if (this.#temporizadores.delete(t.id)) t.fn()
    return vencidos.length > 0
  }

  #loQueSigue(): string {
    const enVuelo = [...this.#enVuelo].filter(([, n]) => n > 0).map(([que, n]) => `${que} ×${n}`)
    return [...enVuelo, `${this.#temporizadores.size} timers`].join(', ')
  }
}

/** A device's own clock: the world's time, wrong by what the scheduler says. */
export class RelojDeEquipo {
  readonly #tiempo: Tiempo
  readonly #arranque: number
  readonly #dueno: object
  /** Wall clock minus true time, ms. */
  desfase: number

  constructor(tiempo: Tiempo, desfase: number, dueno: object) {
    this.#tiempo = tiempo
    this.#arranque = tiempo.ahora
    this.#dueno = dueno
    this.desfase = desfase
  }
  now = (): number => this.#tiempo.ahora + this.desfase
  mono = (): number => this.#tiempo.ahora - this.#arranque
  setTimeout = (fn: () => void, ms = 0): number => this.#tiempo.poner(fn, ms, this.#dueno)
  clearTimeout = (id: unknown): void => this.#tiempo.quitar(id)
}
