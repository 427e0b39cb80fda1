/** One request to the server. Whatever goes wrong is a FalloDeRed with a code of the closed list: SIN_CONEXION when no answer came. */
import { type Codigo, esCodigo } from '../../schema/core/codigos.ts'
import { CABECERA_VERSION, VERSION } from '../../schema/protocol/version.ts'
import type { Puertos } from './puertos.ts'

const ESPERA_MS = 20_000

export class FalloDeRed extends Error {
  readonly codigo: Codigo
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly campo: string | undefined
  /** Until a new try makes sense, where the server says so. */
  readonly esperaMs: number | undefined
  constructor(codigo: Codigo, status: number, campo?: string, esperaMs?: number) {
    super(`${status} ${codigo}`)
    this.name = 'FalloDeRed'
    this.codigo = codigo
    this.status = status
    this.campo = campo
    this.esperaMs = esperaMs
  }
}

/** The request was too large, for the server or for what stands before it: less of it at a time may pass. */
export const esExcedido = (error: unknown): error is FalloDeRed => error instanceof FalloDeRed && error.status === 413
/** Whether the server itself said so, of this very request. A proxy's page speaks of the line, which may be another one tomorrow. */
export const loDiceElServidor = ({ codigo }: FalloDeRed): boolean => codigo !== 'SIN_CONEXION'

export interface Peticion {
  metodo?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  cuerpo?: unknown
  /** Instead of `cuerpo`: sent as they are. */
  bytes?: { datos: ArrayBuffer; tipo: string }
  token?: string | null
  /** Idempotency-Key: the same request again is the same request. */
  llave?: string
  /** Instead of 20 s. */
  esperaMs?: number
}
export interface Lector<T> {
  parse(valor: unknown): T
}

/** Sends, waits at most 20 s (or `esperaMs`) and parses `data`. @throws FalloDeRed */
export async function pedir<T>(puertos: Puertos, ruta: string, lector: Lector<T>, peticion: Peticion = {}): Promise<T> {
  const corte = new AbortController()
  const alarma = puertos.reloj.setTimeout(() => corte.abort(), peticion.esperaMs ?? ESPERA_MS)
  try {
    const respuesta = await llamar(puertos, ruta, peticion, corte.signal)
    const texto = await respuesta.text()
    return interpretar(respuesta.status, texto, lector)
  } catch (error) {
    throw error instanceof FalloDeRed ? error : new FalloDeRed('SIN_CONEXION', 0)
  } finally {
    puertos.reloj.clearTimeout(alarma)
  }
}

/** A body of at least this many characters is squeezed where the platform can. */
const LARGO = 1_024

/** The bare request, for streams. */
export async function llamar(puertos: Puertos, ruta: string, peticion: Peticion, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { [CABECERA_VERSION]: String(VERSION) }
  if (peticion.token) headers.authorization = `Bearer ${peticion.token}`
  if (peticion.llave) headers['idempotency-key'] = peticion.llave
  const texto = peticion.cuerpo === undefined ? null : JSON.stringify(peticion.cuerpo)
  if (peticion.bytes) headers['content-type'] = peticion.bytes.tipo
  else if (texto !== null) headers['content-type'] = 'application/json'
  const apretado = texto !== null && texto.length >= LARGO ? await puertos.comprimir?.(texto) : undefined
  if (apretado) headers['content-encoding'] = 'gzip'
  const body = peticion.bytes?.datos ?? apretado ?? texto
  return puertos.fetch(`${puertos.base}${ruta}`, {
    method: peticion.metodo ?? 'GET',
    headers,
    signal,
    cache: 'no-store',
    ...(body === null ? {} : { body }),
  })
}

function interpretar<T>(status: number, texto: string, lector: Lector<T>): T {
  const sobre = leerJson(texto) as ({ success?: unknown; data?: unknown } & Negativa) | null
  if (status >= 200 && status < 300 && sobre?.success === true) return leer(lector, sobre.data, status)
  throw falloDe(status, sobre)
}

function leer<T>(lector: Lector<T>, datos: unknown, status: number): T {
  try {
    return lector.parse(datos)
  } catch {
    throw new FalloDeRed('INTERNAL', status) // an answer of another shape than the protocol's
  }
}

type Negativa = { code?: unknown; campo?: unknown; esperaMs?: unknown }
/** The refusal in an error answer. A proxy's page or a cut body is no refusal of ours: no connection. */
export function falloDe(status: number, sobre: Negativa | null): FalloDeRed {
  const codigo = typeof sobre?.code === 'string' && esCodigo(sobre.code) ? sobre.code : 'SIN_CONEXION'
  const campo = typeof sobre?.campo === 'string' ? sobre.campo : undefined
  return new FalloDeRed(codigo, status, campo, typeof sobre?.esperaMs === 'number' ? sobre.esperaMs : undefined)
}

export function leerJson(texto: string): unknown {
  try {
    return JSON.parse(texto)
  } catch {
    return null
  }
}
