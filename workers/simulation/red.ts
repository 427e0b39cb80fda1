/**
 * The network between a realm and the server: a fetch that lies. Each device has its own line; what goes wrong on it is drawn by the
 * scheduler's chance. What takes time waits on the world's clock, so requests overtake each other; a dead worker never hears an answer.
 *
 *   replica ──► [offline? too large? too often? lost? 401? 409? 413? 429? 500? delay] ──► server
 *           ◄── [server died? answer lost? cut in the middle? delay] ◄──
 */
import type { Azar } from './azar.ts'
import type { Tiempo } from './tiempo.ts'
import { eventosComo, pedidoComo } from './version-anterior.ts'
import { despierta, type Vida } from './vida.ts'

export type FalloDeRed =
  | 'peticion_perdida'
  | 'respuesta_perdida'
  | 'duplicada'
  | 'demora'
  | 'respuesta_lenta'
  | 'respuesta_cortada'
  | 'error_401'
  | 'error_409'
  | 'error_413'
  | 'error_429'
  | 'error_500'
  | 'error_500_tarde'
  | 'corte_de_flujo'
  | 'flujo_mudo'
  | 'aviso_perdido'
  /** Not of the line: a pull from a place that the server has no more, below the horizon or of another epoca (PU4). */
  | 'punto_viejo'

/** What answers at the other end; rejects when the server dies in the middle. */
export interface Extremo {
  fetch(pedido: Request): Promise<Response>
}

/** A live stream as the line sees it. */
interface Flujo {
  cortar: () => void
  /** It stays open, and nothing comes any more. */
  enmudecer: () => void
}
const MINUTO = 60_000

export class Linea {
  enLinea = true
  /** Probability that a request meets a failure. */
  ruido = 0
  /** A proxy on the way refuses larger bodies; null: none does. */
  topeBytes: number | null = null
  /** Requests let through in a minute; null: all. */
  porMinuto: number | null = null
  /** The release this device runs, by its protocol; null: the present one. */
  protocolo: number | null = null
  /** Bodies of the pushes of edits the server took, to be sent again at the end. */
  readonly empujados: string[] = []
  readonly #tiempo: Tiempo
  readonly #azar: Azar
  readonly #extremo: Extremo
  readonly #contar: (fallo: FalloDeRed) => void
  readonly #flujos = new Set<Flujo>()
  #minuto = { desde: 0, pedidos: 0 }

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
  /** Everything on the way is as it should be. */
  sanar(): void {
    this.ruido = 0
    this.topeBytes = null
    this.porMinuto = null
    this.conectar()
  }
  /** Ends the open streams, as a proxy that loses patience. */
  cortarFlujos(): void {
    for (const flujo of [...this.#flujos]) flujo.cortar()
  }
  /** The open streams go silent without ending. Gives how many. */
  enmudecerFlujos(): number {
    for (const flujo of this.#flujos) flujo.enmudecer()
    return this.#flujos.size
  }

  /** The fetch of one run of a worker. */
  fetchDe(vida: Vida): typeof globalThis.fetch {
    return async (entrada, init) => {
      await despierta(vida)
      const senal = init?.signal ?? undefined
      if (senal?.aborted) throw abortada()
      const respuesta = this.#intentar(new Request(entrada as string, { ...init, signal: null }), senal ?? undefined, vida)
      try {
        return await (senal ? carrera(respuesta, senal) : respuesta)
      } finally {
        await despierta(vida)
      }
    }
  }

  async #intentar(actual: Request, senal: AbortSignal | undefined, vida: Vida): Promise<Response> {
    if (!this.enLinea) throw sinRed()
    const pedido = this.protocolo === null ? actual : await pedidoComo(this.protocolo, actual)
    const negado = await this.#negarPorLimite(pedido)
    if (negado) return negado
    const fallo = this.#azar.probable(this.ruido) ? this.#sortear() : undefined
    if (fallo) this.#contar(fallo)
    if (fallo === 'demora') await this.#esperar(this.#azar.entre(200, 20_000), vida)
    if (fallo === 'peticion_perdida') throw sinRed()
    if (fallo === 'error_401') return errorDe(401, 'SESION_VENCIDA')
    if (fallo === 'error_409') return errorDe(409, 'CONFLICT') // a refusal that is not of our closed list
    if (fallo === 'error_413') return demasiadoGrande()
    if (fallo === 'error_429') return demasiadas(this.#azar.entre(1, 30_000))
    if (fallo === 'error_500') return errorDe(500, 'INTERNAL')
    if (fallo === 'duplicada') await this.#entregar(pedido.clone()).catch(() => {})
    const respuesta = await this.#entregar(pedido)
    if (respuesta.headers.get('content-type')?.startsWith('text/event-stream')) return this.#flujo(respuesta, senal, vida)
    if (fallo === 'respuesta_lenta') await this.#esperar(this.#azar.entre(200, 20_000), vida)
    if (fallo === 'respuesta_perdida') throw sinRed()
    if (fallo === 'error_500_tarde') return errorDe(500, 'INTERNAL')
    if (!this.enLinea) throw sinRed()
    return fallo === 'respuesta_cortada' ? this.#cortada(respuesta) : respuesta
  }

  /** What a proxy or the server's own limits refuse, as long as they stand. */
  async #negarPorLimite(pedido: Request): Promise<Response | undefined> {
    const { topeBytes, porMinuto } = this
    if (topeBytes !== null && (await pedido.clone().arrayBuffer()).byteLength > topeBytes) {
      this.#contar('error_413')
      return demasiadoGrande()
    }
    const { ahora } = this.#tiempo
    if (ahora >= this.#minuto.desde + MINUTO) this.#minuto = { desde: ahora, pedidos: 0 }
    if (porMinuto === null || ++this.#minuto.pedidos <= porMinuto) return undefined
    this.#contar('error_429')
    return demasiadas(this.#minuto.desde + MINUTO - ahora)
  }

  /** Half of the body, and then a broken connection, or an end that looks like any other. */
  async #cortada(respuesta: Response): Promise<Response> {
    const bytes = new Uint8Array(await respuesta.arrayBuffer())
    const limpia = this.#azar.probable(0.5)
    let mitad: Uint8Array | null = bytes.slice(0, bytes.length >> 1)
    const cuerpo = new ReadableStream<Uint8Array>({
      pull: (control) => {
        if (mitad) control.enqueue(mitad)
        else if (limpia) control.close()
        else control.error(sinRed())
        mitad = null
      },
    })
    return new Response(cuerpo, { status: respuesta.status, headers: respuesta.headers })
  }

  #sortear(): FalloDeRed {
    return this.#azar.pesar([
      [4, 'peticion_perdida'],
      [5, 'respuesta_perdida'],
      [4, 'duplicada'],
      [3, 'demora'],
      [3, 'respuesta_lenta'],
      [2, 'respuesta_cortada'],
      [1, 'error_401'],
      [1, 'error_409'],
      [1, 'error_413'],
      [1, 'error_429'],
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
      if (pedido.url.includes('/sync/pull/') && Buffer.from(cuerpo).includes('"reiniciar":true')) this.#contar('punto_viejo')
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
    const flujo: Flujo & { mudo: boolean } = {
      mudo: false,
      cortar: () => {},
      enmudecer() {
        this.mudo = true
      },
    }
    const acabar = (control: ReadableStreamDefaultController<Uint8Array>, error?: Error) => {
      if (terminado) return
      terminado = true
      this.#flujos.delete(flujo)
      lector.cancel().catch(() => {})
      if (!vida.viva) return
      if (error) control.error(error)
      else control.close()
    }
    const cuerpo = new ReadableStream<Uint8Array>({
      start: (control) => {
        flujo.cortar = () => acabar(control, sinRed())
        this.#flujos.add(flujo)
        senal?.addEventListener('abort', () => acabar(control, abortada()))
        void this.#bombear(lector, control, acabar, vida, flujo)
      },
      cancel: () => {
        terminado = true
        this.#flujos.delete(flujo)
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
    flujo: { mudo: boolean },
  ): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await lector.read()
        await despierta(vida)
        if (done && flujo.mudo) return
        if (done) return acabar(control)
        if (this.#azar.probable(this.ruido / 6)) {
          this.#contar('corte_de_flujo')
          return acabar(control, sinRed())
        }
        if (!flujo.mudo && this.#azar.probable(this.ruido / 4)) {
          this.#contar('flujo_mudo')
          flujo.mudo = true
        }
        if (flujo.mudo) continue
        if (this.#azar.probable(this.ruido / 4)) this.#contar('aviso_perdido')
        else control.enqueue(this.protocolo === null ? value : eventosComo(this.protocolo, value))
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
    senal.addEventListener('abort', () => rechazar(abortada()), { once: true })
    promesa.then(resolver, rechazar)
  })
}

const errorDe = (status: number, code: string, mas: object = {}) =>
  new Response(JSON.stringify({ success: false, data: null, message: code, code, requestId: 'red-simulada', ...mas }), {
    status,
    headers: { 'content-type': 'application/json' },
  })
const demasiadas = (esperaMs: number) => errorDe(429, 'DEMASIADAS_PETICIONES', { esperaMs })
/** A proxy's own page. */
const demasiadoGrande = () =>
  new Response('<html><h1>413 Request Entity Too Large</h1></html>', { status: 413, headers: { 'content-type': 'text/html' } })
