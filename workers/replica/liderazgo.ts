/**
 * Of the tabs that share a replica one syncs: the holder of a Web Lock. A tab that becomes visible steals it, because a leader frozen in the
 * background neither works nor lets go; the one robbed waits in line again.
 */
import type { Puertos } from './puertos.ts'

export interface Liderazgo {
  /** Asks for the lock, for as long as this replica is open. */
  pedir(): void
  robar(): void
  es(): boolean
  /** True once this one leads; false if another still does after `ms`. */
  esperar(ms: number): Promise<boolean>
  soltar(): void
}

export function crearLiderazgo(puertos: Puertos, alCambiar: (lidera: boolean) => void): Liderazgo {
  const nombre = `${puertos.nombre}-lider`
  let cerrado = false
  let turno = 0
  let lidera = false
  let soltarActual: () => void = () => {}
  let espera: AbortController | null = null
  const enEspera = new Set<() => void>()

  async function solicitar(robar: boolean): Promise<void> {
    const mio = ++turno
    espera?.abort()
    espera = robar ? null : new AbortController()
    try {
      // A Web Lock may be stolen or waited for, not both: `steal` takes no signal.
      await puertos.candados.pedir(nombre, robar ? { robar: true } : { signal: espera!.signal }, () => {
        if (cerrado || mio !== turno) return Promise.resolve()
        poner(true)
        return new Promise<void>((resolver) => {
          soltarActual = resolver
        })
      })
    } catch {
      // AbortError: stolen by a visible tab, or the wait was given up.
    }
    if (mio !== turno) return
    poner(false)
    if (!cerrado) void solicitar(false)
  }
  function poner(valor: boolean): void {
    if (lidera === valor) return
    lidera = valor
    if (valor) for (const avisar of enEspera) avisar()
    alCambiar(valor)
  }

  return {
    pedir() {
      if (turno === 0) void solicitar(false)
    },
    robar() {
      if (!lidera && !cerrado) void solicitar(true)
    },
    es: () => lidera,
    async esperar(ms) {
      if (lidera) return true
      await new Promise<void>((resolver) => {
        const listo = () => {
          enEspera.delete(listo)
          puertos.reloj.clearTimeout(alarma)
          resolver()
        }
        const alarma = puertos.reloj.setTimeout(listo, ms)
        enEspera.add(listo)
      })
      return lidera
    },
    soltar() {
      cerrado = true
      turno++
      espera?.abort()
      soltarActual()
      poner(false)
    },
  }
}
