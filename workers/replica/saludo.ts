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
/** From the page, any time after: is there anybody? */
export interface Latido {
  replica: 'latido'
  n: number
}
/** From the worker: ready, or the reason why it never will be; later its signs of life. */
export type Contestacion = { replica: 'lista' } | { replica: 'vivo'; n: number } | { replica: 'fallo'; detalle: string }
