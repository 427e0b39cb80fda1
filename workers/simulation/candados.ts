/** Web Locks of one device: exclusive, first come first served, with steal. A dead worker lets go of its locks, as a closed tab does. */
import type { Candados } from '../replica/puertos.ts'
import { despierta, type Vida } from './vida.ts'

interface Espera {
  vida: Vida
  entrar: (titular: Titular) => void
}
interface Titular {
  vida: Vida
  /** Rejects when another steals the lock. */
  robo: Promise<never>
  echar: (error: Error) => void
}

export class Cerrajero {
  readonly #titulares = new Map<string, Titular>()
  readonly #colas = new Map<string, Espera[]>()

  candadosDe(vida: Vida): Candados {
    return {
      pedir: async (nombre, { robar = false, signal }, fn) => {
        await despierta(vida)
        if (robar) this.#titulares.get(nombre)?.echar(abortado())
        const espera = !robar && this.#titulares.has(nombre)
        const titular = espera ? await this.#hacerCola(nombre, vida, signal) : this.#instalar(nombre, vida)
        try {
          // A frozen tab may be given a lock: it has it, and does nothing with it.
          return await Promise.race([despierta(vida).then(fn), titular.robo])
        } finally {
          this.#soltar(nombre, titular)
          await despierta(vida)
        }
      },
    }
  }

  /** Whether this worker holds a lock whose name ends so. */
  tiene(vida: Vida, final: string): boolean {
    return [...this.#titulares].some(([nombre, titular]) => titular.vida === vida && nombre.endsWith(final))
  }

  soltarDe(vida: Vida): void {
    for (const [nombre, cola] of this.#colas)
      this.#colas.set(
        nombre,
        cola.filter((e) => e.vida !== vida),
      )
    for (const [nombre, titular] of this.#titulares) if (titular.vida === vida) this.#soltar(nombre, titular)
  }

  #hacerCola(nombre: string, vida: Vida, signal: AbortSignal | undefined): Promise<Titular> {
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

  #instalar(nombre: string, vida: Vida): Titular {
    let echar: (error: Error) => void = () => {}
    const robo = new Promise<never>((_, rechazar) => {
      echar = rechazar
    })
    robo.catch(() => {})
    const titular = { vida, robo, echar }
    this.#titulares.set(nombre, titular)
    return titular
  }

  /** To the next in line, in the same instant: nobody comes in between. */
  #soltar(nombre: string, titular: Titular): void {
    if (this.#titulares.get(nombre) !== titular) return
    this.#titulares.delete(nombre)
    const [siguiente, ...resto] = this.#colas.get(nombre) ?? []
    this.#colas.set(nombre, resto)
    siguiente?.entrar(this.#instalar(nombre, siguiente.vida))
  }
}

const abortado = () => new DOMException('The lock was stolen or the wait aborted.', 'AbortError')
