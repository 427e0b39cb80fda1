/** What a screen hears: the value, or the code of a refusal. */
import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Respuesta } from './api.ts'
import { RechazoConEspera } from './espera.ts'
import { FalloDeRed } from './http.ts'
import type { Puertos } from './puertos.ts'

/** What is not a refusal is a bug: INTERNAL, unless `traducir` knows better. */
export type Responder = <T>(accion: () => Promise<T>, traducir?: (error: unknown) => Rechazo) => Promise<Respuesta<T>>

export const crearResponder =
  (puertos: Puertos): Responder =>
  async (accion, traducir) => {
    try {
      return { ok: true, valor: await accion() }
    } catch (error) {
      const esperado = error instanceof Rechazo || error instanceof FalloDeRed
      if (!esperado) puertos.anotarFallo?.('answering a screen', error)
      const conocido = esperado ? error : traducir?.(error)
      const codigo: Codigo = conocido?.codigo ?? 'INTERNAL'
      const campo = conocido?.campo
      const esperaMs = conocido instanceof RechazoConEspera || conocido instanceof FalloDeRed ? conocido.esperaMs : undefined
      return { ok: false, codigo, ...(campo ? { campo } : {}), ...(esperaMs === undefined ? {} : { esperaMs }) }
    }
  }
