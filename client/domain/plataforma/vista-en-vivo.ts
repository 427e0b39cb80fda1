/**
 * One live view: a shape of the server followed by ElectricSQL's own client, its rows read by the protocol's schema.
 *
 *   abriendo ─first "up to date"─► en_vivo ─request lost─► reconectando ─answer─► en_vivo        any ─Pausa─► pausado ─► abriendo
 *      └── the session ended, or the server refuses: fallo (a code to show); `reintentar` begins anew
 *
 * Rows are shown only when the server said that they are all: never half a change.
 */
import { FetchError, isChangeMessage, isControlMessage, type Message, type Offset, type Row, ShapeStream } from '@electric-sql/client'
import type { Codigo } from '../../../schema/core/codigos.ts'
import { tieneTexto } from '../../../schema/core/textos-de-codigo.ts'
import type { FormaViva } from './formas.ts'
import { type PaginaVisible, Pausa } from './pausa.ts'
import { TURNOS } from './turnos.ts'

export type EstadoEnVivo = 'abriendo' | 'en_vivo' | 'reconectando' | 'pausado' | 'fallo'

export interface FotoEnVivo<F> {
  estado: EstadoEnVivo
  /** Why it failed; null otherwise. */
  codigo: Codigo | null
  /** By `clave` of the shape. With `desdeAhora`: those that changed since `vuelta` began. */
  filas: ReadonlyMap<string, F>
  /** Keys that are gone since `vuelta` began. */
  idas: ReadonlySet<string>
  /** When the server last said that this is all, ms of this device; null: not yet. */
  alDiaAt: number | null
  /** Grows each time the view begins anew: what was read beside it must be read again. 0: not open yet. */
  vuelta: number
}

/** An access token; `renovar`: the last one was refused. Null: the session ended. Rejects when the server cannot be reached. */
export type PedirToken = (renovar: boolean) => Promise<string | null>

export interface Entorno {
  url: string
  pagina?: PaginaVisible
  fetch?: typeof fetch
}

/** Rows that changed are kept as long as the page; a page open for weeks keeps the last ones. */
const CAMBIADAS_MAXIMO = 5_000
const ESPERAS = { initialDelay: 500, maxDelay: 8_000, multiplier: 1.6 }

interface Cruda<F> {
  valores: Row<unknown>
  fila: F | undefined
}

export class VistaEnVivo<F> {
  readonly #forma: FormaViva<F>
  readonly #pedirToken: PedirToken
  readonly #entorno: Entorno
  readonly #oyentes = new Set<() => void>()
  readonly #pausa: Pausa
  #crudas = new Map<string, Cruda<F>>()
  #porLeer = new Set<string>()
  #idas = new Set<string>()
  #corte = new AbortController()
  /** Something came since the last photo. */
  #movida = false
  #renovar = false
  #perdida = false
  #foto: FotoEnVivo<F> = { estado: 'abriendo', codigo: null, filas: new Map(), idas: new Set(), alDiaAt: null, vuelta: 0 }

  constructor(forma: FormaViva<F>, pedirToken: PedirToken, entorno: Entorno) {
    this.#forma = forma
    this.#pedirToken = pedirToken
    this.#entorno = entorno
    this.#pausa = new Pausa(entorno.pagina, (pausada) => this.#decir({ estado: pausada ? 'pausado' : 'abriendo' }))
    void this.#seguir(this.#corte)
  }

  readonly foto = (): FotoEnVivo<F> => this.#foto
  readonly suscribir = (oyente: () => void): (() => void) => {
    this.#oyentes.add(oyente)
    return () => this.#oyentes.delete(oyente)
  }

  pausar(pausada: boolean): void {
    this.#pausa.porPersona(pausada)
  }

  /** After a failure. */
  reintentar(): void {
    if (this.#foto.estado !== 'fallo') return
    this.#corte.abort()
    this.#corte = new AbortController()
    this.#vaciar()
    this.#decir({ estado: 'abriendo', codigo: null })
    void this.#seguir(this.#corte)
  }

  cerrar(): void {
    this.#corte.abort()
    this.#pausa.cerrar()
    this.#oyentes.clear()
  }

  /** Waits for its turn: a page has three live requests at most. */
  async #seguir(corte: AbortController): Promise<void> {
    const dejar = await TURNOS.tomar(corte.signal)
    if (!dejar) return
    const { tabla, filtros, desdeAhora } = this.#forma
    const stream = new ShapeStream<Row<unknown>>({
      url: this.#entorno.url,
      params: { table: tabla, ...filtros, ...(desdeAhora ? { replica: 'full' as const } : {}) },
      ...(desdeAhora ? { log: 'changes_only' as const, offset: 'now' as Offset } : {}),
      headers: { authorization: () => this.#portador() },
      // Instants and counts are int8; none of them is beyond what a number holds.
      parser: { int8: Number },
      signal: corte.signal,
      fetchClient: (entrada, opciones) => this.#pedir(entrada, opciones),
      backoffOptions: ESPERAS,
      runtimeVisibility: this.#pausa.adaptador,
      warnOnHttp: false,
      onError: (error) => this.#alFallar(error, corte),
    })
    this.#decir({ vuelta: this.#foto.vuelta + 1 })
    stream.subscribe(
      (mensajes) => {
        if (!corte.signal.aborted) this.#recibir(mensajes)
      },
      (error) => this.#rendirse(codigoDe(error), corte),
    )
    corte.signal.addEventListener('abort', () => {
      stream.unsubscribeAll()
      dejar()
    })
  }

  async #portador(): Promise<string> {
    const token = await this.#pedirToken(this.#renovar)
    if (token === null) throw new SesionTerminada()
    this.#renovar = false
    return `Bearer ${token}`
  }

  /** The first request after a lost one does not wait for news: its answer says that the server is there again. */
  async #pedir(entrada: RequestInfo | URL, opciones?: RequestInit): Promise<Response> {
    const url = new URL(String(entrada))
    if (this.#perdida) url.searchParams.delete('live')
    try {
      const respuesta = await (this.#entorno.fetch ?? fetch)(url.toString(), { ...opciones, cache: 'no-store' })
      this.#perdida = respuesta.status >= 500 || respuesta.status === 429
      return respuesta
    } catch (error) {
      if (!opciones?.signal?.aborted) this.#perdida = true
      throw error
    } finally {
      if (this.#perdida && !this.#pausa.pausada()) this.#decir({ estado: 'reconectando' })
    }
  }

  /** An object: it goes on. Nothing: it stays where it is, with the code on the screen. */
  #alFallar(error: Error, corte: AbortController): Record<string, never> | undefined {
    if (corte.signal.aborted) return undefined
    if (error instanceof FetchError && error.status === 401 && codigoDe(error) !== 'DISPOSITIVO_REVOCADO') {
      this.#renovar = true
      return {}
    }
    if (error instanceof FetchError || error instanceof SesionTerminada) {
      this.#rendirse(codigoDe(error), corte)
      return undefined
    }
    // No token for now: the network is away.
    if (!this.#pausa.pausada()) this.#decir({ estado: 'reconectando' })
    return {}
  }

  #rendirse(codigo: Codigo, corte: AbortController): void {
    if (corte.signal.aborted) return
    corte.abort()
    this.#decir({ estado: 'fallo', codigo })
  }

  #recibir(mensajes: Message<Row<unknown>>[]): void {
    let completo = false
    for (const mensaje of mensajes) {
      if (isChangeMessage(mensaje)) this.#cambiar(mensaje.key, mensaje.headers.operation, mensaje.value)
      else if (isControlMessage(mensaje) && mensaje.headers.control === 'up-to-date') completo = true
      else if (isControlMessage(mensaje) && mensaje.headers.control === 'must-refetch') this.#vaciar()
    }
    if (!completo) return
    const estado = this.#pausa.pausada() ? 'pausado' : 'en_vivo'
    const nuevas = this.#movida ? { filas: this.#leer(), idas: new Set(this.#idas) } : {}
    this.#movida = false
    this.#decir({ estado, codigo: null, alDiaAt: Date.now(), ...nuevas })
  }

  #cambiar(llave: string, operacion: 'insert' | 'update' | 'delete', valores: Row<unknown>): void {
    this.#movida = true
    const previa = this.#crudas.get(llave)
    this.#crudas.delete(llave) // to the end: the oldest go first when there are too many
    if (operacion === 'delete') {
      if (previa?.fila !== undefined) this.#idas.add(this.#forma.clave(previa.fila))
      else this.#idas.add(claveDelMensaje(llave))
      this.#porLeer.delete(llave)
      return
    }
    this.#crudas.set(llave, { valores: operacion === 'update' ? { ...previa?.valores, ...valores } : valores, fila: previa?.fila })
    this.#porLeer.add(llave)
    if (this.#forma.desdeAhora && this.#crudas.size > CAMBIADAS_MAXIMO) this.#crudas.delete(this.#crudas.keys().next().value as string)
  }

  /** A row that this release does not understand is left out: a newer server has it. */
  #leer(): Map<string, F> {
    for (const llave of this.#porLeer) {
      const cruda = this.#crudas.get(llave)
      if (cruda) cruda.fila = this.#forma.fila.safeParse(cruda.valores).data
    }
    this.#porLeer.clear()
    const filas = new Map<string, F>()
    for (const { fila } of this.#crudas.values()) if (fila !== undefined) filas.set(this.#forma.clave(fila), fila)
    for (const clave of filas.keys()) this.#idas.delete(clave)
    return filas
  }

  #vaciar(): void {
    this.#crudas.clear()
    this.#porLeer.clear()
    this.#idas.clear()
    this.#movida = true
    this.#decir({ vuelta: this.#foto.vuelta + 1 })
  }

  #decir(parte: Partial<FotoEnVivo<F>>): void {
    if (Object.entries(parte).every(([campo, valor]) => this.#foto[campo as keyof FotoEnVivo<F>] === valor)) return
    this.#foto = { ...this.#foto, ...parte }
    for (const oyente of this.#oyentes) oyente()
  }
}

class SesionTerminada extends Error {}

/** Of `"public"."tabla"/"llave"`. */
const claveDelMensaje = (llave: string): string => (/\/"(.*)"$/.exec(llave)?.[1] ?? llave).replaceAll('//', '/').replaceAll('""', '"')

function codigoDe(error: Error): Codigo {
  if (error instanceof SesionTerminada) return 'SESION_VENCIDA'
  const code = error instanceof FetchError ? (error.json as { code?: unknown } | undefined)?.code : undefined
  return typeof code === 'string' && tieneTexto(code) ? code : 'SIN_CONEXION'
}
