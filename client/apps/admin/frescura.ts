/**
 * How fresh the Panel is. Every reading and every live view tells here how it went; the tag in the bar says the worst of them. Nothing is "live"
 * because a page is open: only because the server answered.
 *
 *   viva ──a reading fails or a live view is cut──► reconectando ──all of them answer──► viva          any ──person──► pausada
 */
export type EstadoDeFrescura =
  | { como: 'abriendo' }
  | { como: 'viva'; at: number }
  /** `at`: when the server last answered; null: not yet. */
  | { como: 'reconectando'; at: number | null }
  | { como: 'pausada'; at: number | null }

const TIC_MS = 1_000

export class Frescura {
  #cortadas = new Set<string>()
  #pausada = false
  /** By the server's clock. */
  #ultimaAt: number | null = null
  /** Server − this page, ms. */
  #desfase = 0
  #estado: EstadoDeFrescura = { como: 'abriendo' }
  #ahora = Date.now()
  #senal = 0
  #oyentes = new Set<() => void>()
  #tic: ReturnType<typeof setInterval> | null = null

  readonly estado = (): EstadoDeFrescura => this.#estado
  /** The server's clock, ms; moves by seconds. */
  readonly ahora = (): number => this.#ahora
  readonly suscribir = (oyente: () => void): (() => void) => {
    this.#oyentes.add(oyente)
    this.#tic ??= setInterval(() => this.#moverReloj(), TIC_MS)
    return () => {
      this.#oyentes.delete(oyente)
      if (this.#oyentes.size > 0 || this.#tic === null) return
      clearInterval(this.#tic)
      this.#tic = null
    }
  }

  /** `quien` read well; `hora`: the server's clock in the answer, null where it does not tell it. */
  respondio(quien: string, hora: number | null): void {
    this.#cortadas.delete(quien)
    if (hora !== null) {
      this.#desfase = hora - Date.now()
      this.#ultimaAt = Math.max(this.#ultimaAt ?? 0, hora)
    }
    this.#moverReloj()
    this.#decir()
  }

  /** `quien` gets no answer now. */
  fallo(quien: string): void {
    this.#cortadas.add(quien)
    this.#decir()
  }

  /** `quien` is connected again, without news. */
  volvio(quien: string): void {
    if (this.#cortadas.delete(quien)) this.#decir()
  }

  /** `quien` left the page. */
  olvidar(quien: string): void {
    if (this.#cortadas.delete(quien)) this.#decir()
  }

  /** How many changes live views told so far: what is read whole is read again when it grows. */
  readonly senal = (): number => this.#senal
  /** A live view brought something. */
  cambio(): void {
    this.#senal++
    this.#avisar()
  }

  pausar(pausada: boolean): void {
    this.#pausada = pausada
    this.#moverReloj()
    this.#decir()
  }

  #moverReloj(): void {
    if (this.#pausada) return
    const segundo = Math.floor((Date.now() + this.#desfase) / TIC_MS) * TIC_MS
    // Never before what the server last said: an age is not negative.
    this.#ahora = Math.max(segundo, this.#ultimaAt ?? 0)
    this.#avisar()
  }

  #decir(): void {
    const at = this.#ultimaAt
    if (this.#pausada) this.#estado = { como: 'pausada', at }
    else if (this.#cortadas.size > 0) this.#estado = { como: 'reconectando', at }
    else this.#estado = at === null ? { como: 'abriendo' } : { como: 'viva', at }
    this.#avisar()
  }

  #avisar(): void {
    for (const oyente of this.#oyentes) oyente()
  }
}
