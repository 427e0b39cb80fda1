/** The first words between a page and the replica's worker. After them the port speaks comlink. */
import type { App } from '../../schema/protocol/pull.ts'

/** From the page, with the port to speak through. */
export interface Iniciar {
  replica: 'iniciar'
  app: App
  nombre: string
  versionApp: string
  puerto: MessagePort
}
/** From the worker: ready, or the reason why it never will be. */
export type Contestacion = { replica: 'lista' } | { replica: 'fallo'; detalle: string }
