/**
 * The network between a realm and the server: a fetch that lies. Each device has its own line; what goes wrong on it is drawn by the
 * scheduler's chance. What takes time waits on the world's clock, so requests overtake each other; a dead worker never hears an answer.
 *
 *   replica ──► [offline? lost? 401? 500? delay] ──► server ──► [server died? answer lost? delay] ──► replica
 */
import type { Azar } from './azar.ts'
import { NUNCA, type Vida } from './disco.ts'
import type { Tiempo } from './tiempo.ts'

export type FalloDeRed =
  | 'peticion_perdida'
  | 'respuesta_perdida'
  | 'duplicada'
  | 'demora'
  | 'respuesta_lenta'
  | 'error_401'
  | 'error_500'
  | 'error_500_tarde'
  | 'corte_de_flujo'
  | 'aviso_perdido'

/** What answers at the other end; rejects when the server dies in the middle. */
export interface Extremo {
  fetch(pedido: Request): Promise<Response>
}

export class Linea {
  enLinea = true
  /** Probability that a request meets a failure. */
  ruido = 0
  /** Bodies of the pushes of edits the server took, to be sent again at the end. */
  readonly empujados: string[] = []
  readonly #tiempo: Tiempo
  readonly #azar: Azar
  readonly #extremo: Extremo
  readonly #contar: (fallo: FalloDeRed) => void
  readonly #flujos = new Set<() => void>()

  constructor(tiempo: Tiempo, azar: Azar, extremo: Extremo, contar: (fallo: FalloDeRed) => void) {
    this.#tiempo = tiempo
    this.#azar = azar
    this.#extremo = extremo
    this.#contar = contar
  }

  cortar(): void {
    this.enLinea = false
    this.cortarFlujos()
  }
  conectar(): void {
    this.enLinea = true
  }
  /** Ends the open streams, as a proxy that loses patience. */
  cortarFlujos(): void {
    for (const corte of [...this.#flujos]) corte()
  }

  /** The fetch of one run of a worker. */
  fetchDe(vida: Vida): typeof globalThis.fetch {
    return async (entrada, init) => {
      if (!vida.viva) return NUNCA
      const senal = init?.signal ?? undefined
      const respuesta = this.#intentar(new Request(entrada as string, { ...init, signal: null }), senal ?? undefined, vida)
      try {
        const valor = await (senal ? carrera(respuesta, senal) : respuesta)
        return vida.viva ? valor : NUNCA
      } catch (error) {
        if (!vida.viva) return NUNCA
        throw error
      }
    }
  }

  async #intentar(pedido: Request, senal: AbortSignal | undefined, vida: Vida): Promise<Response> {
    if (!this.enLinea) throw sinRed()
    const fallo = this.#azar.probable(this.ruido) ? this.#sortear() : undefined
    if (fallo) this.#contar(fallo)
    if (fallo === 'demora') await this.#esperar(this.#azar.entre(200, 20_000), vida)
    if (fallo === 'peticion_perdida') throw sinRed()
    if (fallo === 'error_401') return errorDe(401, 'SESION_VENCIDA')
    if (fallo === 'error_500') return errorDe(500, 'INTERNAL')
    if (fallo === 'duplicada') await this.#entregar(pedido.clone()).catch(() => {})
    const respuesta = await this.#entregar(pedido)
    if (respuesta.headers.get('content-type')?.startsWith('text/event-stream')) return this.#flujo(respuesta, senal, vida)
    if (fallo === 'respuesta_lenta') await this.#esperar(this.#azar.entre(200, 20_000), vida)
    if (fallo === 'respuesta_perdida') throw sinRed()
    if (fallo === 'error_500_tarde') return errorDe(500, 'INTERNAL')
    if (!this.enLinea) throw sinRed()
    return respuesta
  }

  #sortear(): FalloDeRed {
    return this.#azar.pesar([
      [4, 'peticion_perdida'],
      [5, 'respuesta_perdida'],
      [4, 'duplicada'],
      [3, 'demora'],
      [3, 'respuesta_lenta'],
      [1, 'error_401'],
      [1, 'error_500'],
      [2, 'error_500_tarde'],
    ])
  }

  /** To the server and back, the whole body read: a half-read answer never crosses a failure. */
  #entregar(pedido: Request): Promise<Response> {
    return this.#tiempo.contar(`${pedido.method} ${new URL(pedido.url).pathname}`, async () => {
      if (!this.enLinea) throw sinRed()
      const empujado = pedido.url.includes('/sync/push/') ? await pedido.clone().text() : undefined
      const respuesta = await this.#extremo.fetch(pedido)
      if (empujado !== undefined && respuesta.ok) this.empujados.push(empujado)
      if (respuesta.headers.get('content-type')?.startsWith('text/event-stream')) return respuesta
      const cuerpo = await respuesta.arrayBuffer()
      return new Response(cuerpo.byteLength > 0 ? cuerpo : null, { status: respuesta.status, headers: respuesta.headers })
    })
  }

  #esperar(ms: number, vida: Vida): Promise<void> {
    return new Promise((resolver) => this.#tiempo.poner(resolver, ms, vida))
  }

  /** A live stream: hints may be lost, and it may be cut at any time. */
  #flujo(respuesta: Response, senal: AbortSignal | undefined, vida: Vida): Response {
    const lector = respuesta.body?.getReader()
    if (!lector) return respuesta
    let terminado = false
    const acabar = (control: ReadableStreamDefaultController<Uint8Array>, error?: Error) => {
      if (terminado) return
      terminado = true
      this.#flujos.delete(corte)
      lector.cancel().catch(() => {})
      if (!vida.viva) return
      if (error) control.error(error)
      else control.close()
    }
    let corte = () => {}
    const cuerpo = new ReadableStream<Uint8Array>({
      start: (control) => {
        corte = () => acabar(control, sinRed())
        this.#flujos.add(corte)
        senal?.addEventListener('abort', () => acabar(control, abortada()))
        void this.#bombear(lector, control, acabar, vida)
      },
      cancel: () => {
        terminado = true
        this.#flujos.delete(corte)
        return lector.cancel()
      },
    })
    return new Response(cuerpo, { status: respuesta.status, headers: respuesta.headers })
  }

  async #bombear(
    lector: ReadableStreamDefaultReader<Uint8Array>,
    control: ReadableStreamDefaultController<Uint8Array>,
    acabar: (control: ReadableStreamDefaultController<Uint8Array>, error?: Error) => void,
    vida: Vida,
  ): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await lector.read()
        if (done || !vida.viva) return acabar(control)
        if (this.#azar.probable(this.ruido / 10)) {
          this.#contar('corte_de_flujo')
          return acabar(control, sinRed())
        }
        if (this.#azar.probable(this.ruido / 4)) this.#contar('aviso_perdido')
        else control.enqueue(value)
      }
    } catch {
      acabar(control, sinRed())
    }
  }
}

const sinRed = () => new TypeError('fetch failed')
const abortada = () => new DOMException('The operation was aborted.', 'AbortError')

function carrera<T>(promesa: Promise<T>, senal: AbortSignal): Promise<T> {
  return new Promise((resolver, rechazar) => {
    if (senal.aborted) return rechazar(abortada())
    senal.addEventListener('abort', () => rechazar(abortada()), { once: true })
    promesa.then(resolver, rechazar)
  })
}

const errorDe = (status: number, code: string) =>
  new Response(JSON.stringify({ success: false, data: null, message: code, code, requestId: 'red-simulada' }), {
    status,
    headers: { 'content-type': 'application/json' },
  })
