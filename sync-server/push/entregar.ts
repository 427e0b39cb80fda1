/** One message to one browser by its push service, and what to do next. Follows no redirect, and waits ten seconds at most. */
import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { cifrarPara, type LlavesDelNavegador } from './cifrado.ts'
import { buscarEnInternet, esDestino } from './destinos.ts'
import { autorizacionPara, llavePushDe } from './vapid.ts'

export interface Destino extends LlavesDelNavegador {
  endpoint: string
}

export interface Mensaje {
  /** The same message again replaces itself, at the push service and on the phone. */
  id: string
  titulo: string
  cuerpo: string
  /** Fragment of CardYA's address: `#avisos`. */
  ir: string
}

/**
 * `dado`: the service took it. `baja`: nobody is there any more. `rechazado`: this message will never pass. `despues`: try again; `esperaMs`: when
 * the service said so.
 */
export type Entrega = { que: 'dado' | 'baja' | 'rechazado' } | { que: 'despues'; esperaMs: number; porque: string }

const ESPERA_MS = 10 * SEGUNDO
/** How long a service keeps it for a phone that is off, seconds. */
const VIGENCIA_S = 2 * 24 * 3_600

/** Never throws for what the other side does. */
export async function entregar(deps: Pick<Deps, 'db' | 'env' | 'now'>, destino: Destino, mensaje: Mensaje): Promise<Entrega> {
  const { endpoint } = destino
  const { pushSubject, pushExtra } = deps.env
  if (!esDestino(endpoint, pushExtra)) return { que: 'baja' }
  const cuerpo = cifrarPara(destino, JSON.stringify(mensaje))
  const cabeceras = {
    authorization: await autorizacionPara(await llavePushDe(deps), endpoint, pushSubject, deps.now()),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    'content-length': String(cuerpo.length),
    ttl: String(VIGENCIA_S),
    urgency: 'normal',
    topic: createHash('sha256').update(mensaje.id).digest('base64url').slice(0, 32),
  }
  try {
    return segun(await enviar(endpoint, cabeceras, cuerpo, pushExtra.includes(new URL(endpoint).origin)))
  } catch (error) {
    return { que: 'despues', esperaMs: 0, porque: (error as NodeJS.ErrnoException).code ?? (error as Error).message }
  }
}

interface Respuesta {
  estado: number
  /** Seconds; 0: not said. */
  retryAfter: number
}

function segun({ estado, retryAfter }: Respuesta): Entrega {
  if (estado >= 200 && estado < 300) return { que: 'dado' }
  if (estado === 404 || estado === 410) return { que: 'baja' }
  if (estado === 400 || estado === 413) return { que: 'rechazado' }
  return { que: 'despues', esperaMs: retryAfter * SEGUNDO, porque: String(estado) }
}

function enviar(endpoint: string, headers: Record<string, string>, cuerpo: Buffer, deLaCasa: boolean): Promise<Respuesta> {
  const { request } = endpoint.startsWith('https:') ? https : http
  return new Promise((listo, fallo) => {
    const opciones = { method: 'POST', headers, signal: AbortSignal.timeout(ESPERA_MS), ...(deLaCasa ? {} : { lookup: buscarEnInternet }) }
    const peticion = request(endpoint, opciones, (respuesta) => {
      // Nothing it says is of use, and it may say a lot.
      respuesta.destroy()
      const segundos = Number(respuesta.headers['retry-after'])
      listo({ estado: respuesta.statusCode ?? 0, retryAfter: Number.isFinite(segundos) && segundos > 0 ? segundos : 0 })
    })
    peticion.on('error', fallo)
    peticion.end(cuerpo)
  })
}
