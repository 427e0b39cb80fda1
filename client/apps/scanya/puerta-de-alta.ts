/**
 * PWA-14. Enrolling this device from its screen. Where the dueño has yet to compare the four digits, the same link is asked for again until the answer is yes or no,
 * or whoever waits leaves it.
 *
 *     quiet ──pedir──► asking ──yes──► in
 *       ▲               ▲  └──to be approved──► waiting ──3 s──► asking …
 *       └────dejar──────┴───────────────────────────┘
 *
 * What was left stays left: of an answer still under way only a yes counts, because then the device is enrolled.
 */
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { Alta, ReplicaApi } from '../../../workers/replica/api.ts'

/** How often a till that waits for the dueño asks again, ms. */
export const CADA_MS = 3_000

export interface EstadoDeAlta {
  ocupado: boolean
  /** `sin_token`: the link could not be had, or says nothing. */
  error: Codigo | 'sin_token' | null
  /** The four digits; null: nobody waits. */
  cotejo: string | null
}
export const QUIETA: EstadoDeAlta = { ocupado: false, error: null, cotejo: null }

export interface PuertaDeAlta {
  /** Another one that was being asked for is left. */
  pedir(obtenerToken: () => Promise<string | null>): Promise<void>
  dejar(): void
}
interface Partes {
  replica: Pick<ReplicaApi, 'darDeAlta' | 'cotejoDeAlta'>
  modelo: string
  alCambiar: (estado: EstadoDeAlta) => void
  alEntrar: (alta: Alta) => void
  reloj?: { setTimeout(fn: () => void, ms: number): unknown; clearTimeout(id: unknown): void }
}

const DEL_NAVEGADOR: NonNullable<Partes['reloj']> = {
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (id) => clearTimeout(id as number),
}

export function crearPuertaDeAlta({ replica, modelo, alCambiar, alEntrar, reloj = DEL_NAVEGADOR }: Partes): PuertaDeAlta {
  let estado = QUIETA
  let alarma: unknown
  /** Rises with each link that is begun, and when it is left: an answer to an earlier one is nobody's. */
  let vez = 0
  const decir = (cambio: Partial<EstadoDeAlta>) => {
    estado = { ...estado, ...cambio }
    alCambiar(estado)
  }
  const soltar = (): number => {
    reloj.clearTimeout(alarma)
    return ++vez
  }
  const esperar = (token: string, mia: number, cotejo: string) => {
    decir({ cotejo })
    alarma = reloj.setTimeout(() => void preguntar(token, mia), CADA_MS)
  }

  async function preguntar(token: string, mia: number): Promise<void> {
    const r = await replica.darDeAlta(token, modelo)
    if (r.ok) return alEntrar(r.valor)
    const cotejo = r.codigo === 'ALTA_POR_APROBAR' ? await replica.cotejoDeAlta?.(token) : undefined
    if (mia !== vez) return
    if (cotejo?.ok) esperar(token, mia, cotejo.valor)
    // A network that goes while the dueño looks at the number changes nothing: it is asked again.
    else if (estado.cotejo !== null && r.codigo === 'SIN_CONEXION') esperar(token, mia, estado.cotejo)
    else decir({ cotejo: null, error: r.codigo })
  }

  return {
    async pedir(obtenerToken) {
      const mia = soltar()
      decir({ ocupado: true, error: null, cotejo: null })
      const token = await obtenerToken()
      if (token !== null) await preguntar(token, mia)
      if (mia === vez) decir({ ocupado: false, ...(token === null ? { error: 'sin_token' } : {}) })
    },
    dejar() {
      soltar()
      decir(QUIETA)
    },
  }
}
