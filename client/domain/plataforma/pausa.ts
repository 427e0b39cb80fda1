/**
 * When a live view rests: a person paused it, or nobody has looked at the page for a minute. Told to ElectricSQL's client as if the page were hidden: it
 * ends its request, and on the way back asks at once for what it missed.
 */
import type { RuntimeVisibilityAdapter } from '@electric-sql/client'

export const OCULTA_MS = 60_000

export interface PaginaVisible {
  readonly hidden: boolean
  addEventListener(tipo: 'visibilitychange', fn: () => void): void
  removeEventListener(tipo: 'visibilitychange', fn: () => void): void
}

export class Pausa {
  readonly #pagina: PaginaVisible | undefined
  readonly #alCambiar: (pausada: boolean) => void
  #porPersona = false
  #porOculta = false
  #reloj: ReturnType<typeof setTimeout> | undefined
  #oyente: ((estado: 'visible' | 'hidden') => void) | undefined

  /** Where there is no page (tests) only a person pauses. */
  constructor(pagina: PaginaVisible | undefined, alCambiar: (pausada: boolean) => void) {
    this.#pagina = pagina
    this.#alCambiar = alCambiar
    pagina?.addEventListener('visibilitychange', this.#mirar)
    this.#mirar()
  }

  pausada(): boolean {
    return this.#porPersona || this.#porOculta
  }

  porPersona(pausada: boolean): void {
    this.#cambiar(() => {
      this.#porPersona = pausada
    })
  }

  cerrar(): void {
    clearTimeout(this.#reloj)
    this.#pagina?.removeEventListener('visibilitychange', this.#mirar)
  }

  readonly adaptador: RuntimeVisibilityAdapter = {
    getCurrentState: () => (this.pausada() ? 'hidden' : 'visible'),
    subscribe: (oyente) => {
      this.#oyente = oyente
      return () => {
        this.#oyente = undefined
      }
    },
  }

  readonly #mirar = (): void => {
    clearTimeout(this.#reloj)
    if (this.#pagina?.hidden) this.#reloj = setTimeout(() => this.#ocultar(true), OCULTA_MS)
    else this.#ocultar(false)
  }

  #ocultar(oculta: boolean): void {
    this.#cambiar(() => {
      this.#porOculta = oculta
    })
  }

  #cambiar(fn: () => void): void {
    const antes = this.pausada()
    fn()
    if (this.pausada() === antes) return
    this.#oyente?.(antes ? 'visible' : 'hidden')
    this.#alCambiar(!antes)
  }
}
