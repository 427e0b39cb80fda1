/** Shapes as others read them: ElectricSQL's own client, unmodified, over a socket. */
import { type ExternalParamsRecord, type Message, type Offset, type Row, Shape, ShapeStream } from '@electric-sql/client'
import { serve } from '@hono/node-server'
import { type LimitesDeSala, salaDe } from '../sync/shapes/sala.ts'
import type { ServidorDePrueba } from './servidor.ts'

// The client writes down what it remembers once a minute, by a timer that nobody can end.
const LARGO_MS = 20_000
const poner = globalThis.setTimeout
globalThis.setTimeout = Object.assign((fn: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
  const reloj = poner(fn, ms, ...args)
  if ((ms ?? 0) > LARGO_MS) reloj.unref()
  return reloj
}, poner) as typeof setTimeout

export interface Puerto {
  url: string
  cerrar(): Promise<void>
}

/** The server on a port of its own. `limites` of its live requests count for all ports of one server. */
export async function ponerEnPuerto(
  servidor: Pick<ServidorDePrueba, 'app' | 'deps'>,
  limites: Partial<LimitesDeSala> = {},
  port = 0,
): Promise<Puerto> {
  salaDe(servidor.deps, limites)
  return new Promise((listo) => {
    const oyente = serve({ fetch: servidor.app.fetch, hostname: '127.0.0.1', port }, (direccion) => {
      const cerrar = () =>
        new Promise<void>((fin) => {
          oyente.close(() => fin())
          if ('closeAllConnections' in oyente) oyente.closeAllConnections()
        })
      listo({ url: `http://127.0.0.1:${direccion.port}`, cerrar })
    })
  })
}

export interface Seguimiento {
  desde?: { offset: Offset; handle: string }
  /** Query of its own: `table` and the constants of the shape. */
  params: Record<string, string>
  log?: 'full' | 'changes_only'
  offset?: Offset
  liveSse?: boolean
}

/** A reader that holds a shape and writes down every message it was given. */
export class Lector {
  readonly corte = new AbortController()
  readonly mensajes: Message[] = []
  readonly errores: Error[] = []
  readonly stream: ShapeStream
  readonly shape: Shape
  #cambio: (() => void)[] = []

  constructor(base: string, token: string | (() => string), { params, desde, ...resto }: Seguimiento) {
    const deToken = typeof token === 'string' ? () => token : token
    this.stream = new ShapeStream({
      url: `${base}/v1/shape`,
      params: params as ExternalParamsRecord,
      headers: { authorization: () => `Bearer ${deToken()}` },
      parser: { int8: Number },
      signal: this.corte.signal,
      backoffOptions: { initialDelay: 20, maxDelay: 200, multiplier: 1.5 },
      onError: (error) => {
        this.errores.push(error)
        this.#despertar()
      },
      ...desde,
      ...resto,
    })
    this.stream.subscribe((mensajes) => {
      this.mensajes.push(...mensajes)
    })
    this.shape = new Shape(this.stream)
    // After the shape has taken them in.
    this.stream.subscribe(() => this.#despertar())
  }

  filas<T = Row>(): T[] {
    return this.shape.currentRows as T[]
  }

  operaciones(): string[] {
    return this.mensajes.flatMap((m) => ('operation' in m.headers ? [String(m.headers.operation)] : []))
  }
  controles(): string[] {
    return this.mensajes.flatMap((m) => ('control' in m.headers ? [String(m.headers.control)] : []))
  }

  /** Waits until it is so; the test's own limit of time is the only one. @throws the first error the client gave up with */
  async hasta(cumple: (lector: Lector) => boolean): Promise<void> {
    for (;;) {
      if (this.errores[0]) throw this.errores[0]
      if (cumple(this)) return
      await new Promise<void>((sigue) => this.#cambio.push(sigue))
    }
  }

  /** Up to date at least once, with this many rows. */
  async conFilas(cuantas: number): Promise<void> {
    await this.hasta(() => this.stream.isUpToDate && this.shape.isUpToDate && this.filas().length === cuantas)
  }

  punto(): { offset: Offset; handle: string } {
    return { offset: this.stream.lastOffset, handle: this.stream.shapeHandle as string }
  }

  cerrar(): void {
    this.corte.abort()
  }

  #despertar(): void {
    for (const sigue of this.#cambio.splice(0)) sigue()
  }
}
