/** One request of a page to its own server. Errors arrive as a code of the closed list, with how long to wait where the server says it. */
import type { Codigo } from '../../schema/core/codigos.ts'
import { tieneTexto } from '../../schema/core/textos-de-codigo.ts'

export type Respuesta<T> = { ok: true; valor: T } | { ok: false; codigo: Codigo; campo?: string; esperaMs?: number }

export interface Peticion {
  cuerpo?: unknown
  /** Access token of an account. */
  token?: string
  /** Where it is not what the body says: POST with one, GET without. */
  metodo?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** How long an answer is waited for, ms; 20 s where it says nothing. */
  plazoMs?: number
  /** Idempotency-Key: a request that is sent again with it is done once. */
  llave?: string
}

interface Sobre<T> {
  success?: boolean
  data?: T
  code?: unknown
  campo?: string
}

const ESPERA_MS = 20_000

/** `SIN_CONEXION` when no answer of ours came, also when a proxy answered something else. Waits at most `plazoMs`. */
export async function pedirJson<T>(
  ruta: string,
  { cuerpo, token, metodo, llave, plazoMs = ESPERA_MS }: Peticion = {},
): Promise<Respuesta<T>> {
  try {
    const respuesta = await fetch(ruta, {
      method: metodo ?? (cuerpo === undefined ? 'GET' : 'POST'),
      headers: {
        accept: 'application/json',
        ...(cuerpo === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(llave === undefined ? {} : { 'idempotency-key': llave }),
      },
      cache: 'no-store',
      signal: AbortSignal.timeout(plazoMs),
      ...(cuerpo === undefined ? {} : { body: JSON.stringify(cuerpo) }),
    })
    return interpretar(respuesta, (await respuesta.json()) as Sobre<T>)
  } catch {
    return { ok: false, codigo: 'SIN_CONEXION' }
  }
}

function interpretar<T>(respuesta: Response, sobre: Sobre<T>): Respuesta<T> {
  if (respuesta.ok && sobre.success) return { ok: true, valor: sobre.data as T }
  const codigo = typeof sobre.code === 'string' && tieneTexto(sobre.code) ? sobre.code : 'SIN_CONEXION'
  const espera = Number(respuesta.headers.get('retry-after'))
  return {
    ok: false,
    codigo,
    ...(sobre.campo ? { campo: sobre.campo } : {}),
    ...(Number.isFinite(espera) && espera > 0 ? { esperaMs: espera * 1_000 } : {}),
  }
}
