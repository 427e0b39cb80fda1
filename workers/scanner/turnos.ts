/**
 * One frame in flight, the newest waits, those between are forgotten: a slow phone looks at what the camera sees now, never at a queue of what it saw.
 */
import type { Lectura, RespuestaDeLectura } from './api.ts'

export interface Turnos<C> {
  pedir(cuadro: C): Promise<RespuestaDeLectura>
  leido(n: number, valor: Lectura | null): void
  /** The one in flight is done: the next may go. */
  terminado(n: number): void
  /** Nobody will answer any more: everyone who waits, and whoever comes later, is told so. */
  caer(): void
}

interface Espera<C> {
  n: number
  cuadro: C
  resolver: (respuesta: RespuestaDeLectura) => void
}

const NADA: RespuestaDeLectura = { ok: true, valor: null }
const CAIDO: RespuestaDeLectura = { ok: false, codigo: 'ESCANER_NO_ABRE' }

/** `enviar` gives a frame to the worker; `soltar` is told of a frame that nobody will look at. */
export function crearTurnos<C>(enviar: (n: number, cuadro: C) => void, soltar: (cuadro: C) => void): Turnos<C> {
  let ultimo = 0
  let enVuelo: Espera<C> | null = null
  let siguiente: Espera<C> | null = null
  let caido = false

  const volar = (espera: Espera<C>) => {
    enVuelo = espera
    enviar(espera.n, espera.cuadro)
  }
  const dejar = (espera: Espera<C> | null, respuesta: RespuestaDeLectura) => {
    if (!espera) return
    soltar(espera.cuadro)
    espera.resolver(respuesta)
  }

  return {
    pedir(cuadro) {
      return new Promise((resolver) => {
        const espera = { n: ++ultimo, cuadro, resolver }
        if (caido) return dejar(espera, CAIDO)
        if (!enVuelo) return volar(espera)
        dejar(siguiente, NADA)
        siguiente = espera
      })
    },
    leido(n, valor) {
      if (enVuelo?.n === n) enVuelo.resolver({ ok: true, valor })
    },
    terminado(n) {
      if (enVuelo?.n !== n) return
      enVuelo.resolver(NADA)
      enVuelo = null
      const espera = siguiente
      siguiente = null
      if (espera) volar(espera)
    },
    caer() {
      caido = true
      enVuelo?.resolver(CAIDO)
      dejar(siguiente, CAIDO)
      enVuelo = siguiente = null
    },
  }
}
