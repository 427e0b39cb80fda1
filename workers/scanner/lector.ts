/** Gives each frame to the engines whose turn it is, answers with the first reading, and lets the race learn from all of them. */
import type { Lectura } from './api.ts'
import { type Carrera, type Intento, type Motor, otraVuelta, salida, trasCuadro, turno } from './carrera.ts'
import { laMasGrande } from './opciones.ts'

/** Reads every code of a frame. Throws when the engine does not work; a frame without a code is an empty list. */
export type Leer<C> = (cuadro: C) => Promise<Lectura[]>

/** A native engine that does not answer in this time counts as one that threw. */
const PLAZO_MS = 1_000

export interface Lector<C> {
  /**
   * Calls `responder` once, as soon as the frame is known to hold a code or not; ends when every engine is done with it.
   * @throws Error when no engine works any more
   */
  mirar(cuadro: C, responder: (lectura: Lectura | null) => void): Promise<void>
  empezar(): void
  readonly carrera: Carrera
}

/** `motores`: those that opened. `ahora`: monotonic, ms. */
export function crearLector<C>(motores: Partial<Record<Motor, Leer<C>>>, ahora: () => number, plazoMs = PLAZO_MS): Lector<C> {
  let carrera = salida({ zxing: Boolean(motores.zxing), nativo: Boolean(motores.nativo) }, ahora())

  const intentar = async (motor: Motor, cuadro: C): Promise<{ intento: Intento; lectura: Lectura | null }> => {
    const desde = ahora()
    try {
      const lecturas = await enPlazo(motores[motor]?.(cuadro) ?? Promise.reject(new Error(`no ${motor}`)), plazoMs)
      return { intento: { textos: lecturas.map(({ texto }) => texto), ms: ahora() - desde }, lectura: laMasGrande(lecturas) }
    } catch {
      return { intento: { textos: [], ms: ahora() - desde, fallo: true }, lectura: null }
    }
  }

  return {
    async mirar(cuadro, responder) {
      const vistos: Partial<Record<Motor, Intento>> = {}
      let leida: Lectura | null = null
      for (const motor of turno(carrera)) {
        const { intento, lectura } = await intentar(motor, cuadro)
        vistos[motor] = intento
        if (!leida && lectura) responder(lectura)
        leida ??= lectura
      }
      if (!leida) responder(null)
      carrera = trasCuadro(carrera, vistos, ahora())
      if (carrera.fase === 'nadie') throw new Error('no engine works any more')
    },
    empezar() {
      carrera = otraVuelta(carrera, ahora())
    },
    get carrera() {
      return carrera
    },
  }
}

function enPlazo<T>(promesa: Promise<T>, plazoMs: number): Promise<T> {
  let alarma: ReturnType<typeof setTimeout> | undefined
  const tarde = new Promise<never>((_, fallar) => {
    alarma = setTimeout(() => fallar(new Error('the engine did not answer')), plazoMs)
  })
  return Promise.race([promesa, tarde]).finally(() => clearTimeout(alarma))
}
