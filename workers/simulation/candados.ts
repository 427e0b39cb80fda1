/** Web Locks of one device: exclusive, first come first served, with steal. A dead worker lets go of its locks, as a closed tab does. */
import type { Candados } from '../replica/puertos.ts'
import { NUNCA, type Vida } from './disco.ts'

interface Espera {
  vida: Vida
  entrar: () => void
}
interface Titular {
  vida: Vida
  echar: (error: Error) => void
}

export class Cerrajero {
  readonly #titulares = new Map<string, Titular>()
  readonly #colas = new Map<string, Espera[]>()

  candadosDe(vida: Vida): Candados {
    return {
      pedir: async (nombre, { robar = false, signal }, fn) => {
        if (!vida.viva) return NUNCA
        if (robar) this.#titulares.get(nombre)?.echar(abortado())
        else if (this.#titulares.has(nombre)) await this.#hacerCola(nombre, vida, signal)
        return this.#tener(nombre, vida, fn)
      },
    }
  }

  soltarDe(vida: Vida): void {
    for (const [nombre, cola] of this.#colas)
      this.#colas.set(
        nombre,
        cola.filter((e) => e.vida !== vida),
      )
    for (const [nombre, titular] of this.#titulares) if (titular.vida === vida) this.#soltar(nombre, titular)
  }

  #hacerCola(nombre: string, vida: Vida, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolver, rechazar) => {
      const espera = { vida, entrar: resolver }
      const cola = this.#colas.get(nombre) ?? []
      this.#colas.set(nombre, [...cola, espera])
      signal?.addEventListener('abort', () => {
        this.#colas.set(
          nombre,
          (this.#colas.get(nombre) ?? []).filter((e) => e !== espera),
        )
        rechazar(abortado())
      })
    })
  }

  async #tener<T>(nombre: string, vida: Vida, fn: () => Promise<T>): Promise<T> {
    let echar: (error: Error) => void = () => {}
    const robo = new Promise<never>((_, rechazar) => {
      echar = rechazar
    })
    robo.catch(() => {})
    const titular = { vida, echar }
    this.#titulares.set(nombre, titular)
    try {
      return await Promise.race([fn(), robo])
    } finally {
      this.#soltar(nombre, titular)
    }
  }

  #soltar(nombre: string, titular: Titular): void {
    if (this.#titulares.get(nombre) !== titular) return
    this.#titulares.delete(nombre)
    const [siguiente, ...resto] = this.#colas.get(nombre) ?? []
    this.#colas.set(nombre, resto)
    siguiente?.entrar()
  }
}

const abortado = () => new DOMException('The lock was stolen or the wait aborted.', 'AbortError')
