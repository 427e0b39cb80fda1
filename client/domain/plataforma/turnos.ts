/** A page has three live requests at most: the server refuses a fourth, and browsers allow six connections to one server. Whoever comes later waits. */

export const EN_VIVO_A_LA_VEZ = 3

export class Turnos {
  readonly #lugares: number
  #ocupados = 0
  readonly #cola: (() => void)[] = []

  constructor(lugares: number) {
    this.#lugares = lugares
  }

  /** Gives how to leave; null when `senal` ended before the turn came. Leaving twice is leaving once. */
  async tomar(senal: AbortSignal): Promise<(() => void) | null> {
    while (this.#ocupados >= this.#lugares && !senal.aborted) await this.#esperar(senal)
    if (senal.aborted) {
      if (this.#ocupados < this.#lugares) this.#cola.shift()?.() // woken, and not there to take it
      return null
    }
    this.#ocupados++
    let dentro = true
    return () => {
      if (!dentro) return
      dentro = false
      this.#ocupados--
      this.#cola.shift()?.()
    }
  }

  /** Whoever goes away leaves the queue: a place that is freed must wake somebody who still wants it. */
  #esperar(senal: AbortSignal): Promise<void> {
    return new Promise((sigue) => {
      const irse = () => {
        const lugar = this.#cola.indexOf(pasar)
        if (lugar >= 0) this.#cola.splice(lugar, 1)
        sigue()
      }
      const pasar = () => {
        senal.removeEventListener('abort', irse)
        sigue()
      }
      this.#cola.push(pasar)
      senal.addEventListener('abort', irse, { once: true })
    })
  }
}

export const TURNOS = new Turnos(EN_VIVO_A_LA_VEZ)
