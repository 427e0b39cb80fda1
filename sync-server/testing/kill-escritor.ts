/**
 * A till as the wire sees it, without the replica: a key, a chain of entries, and an uploader that follows the server's `esperado`. Kept apart
 * from workers/replica on purpose: what it checks is the server's promise, not the client's care.
 */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { exportarPublica, firmarTexto, generarParDeLlaves } from '../../schema/core/firma.ts'
import { sha256, uuidv7 } from '../../schema/core/ids.ts'
import { mensajeDeCabeza, type RespuestaDiario } from '../../schema/protocol/diario.ts'
import type { RespuestaAlta } from '../../schema/protocol/dispositivos.ts'

export type Pedir = typeof globalThis.fetch

export interface Escritor {
  alta: RespuestaAlta
  cadenaId: string
  /** Texts by seq, and their hashes. */
  cuerpos: string[]
  hashes: string[]
  /** Monto of each venta by hecho id. */
  montos: Map<string, number>
  /** Highest seq any answer said was received: the promise that is checked. */
  reconocido: number
  llave: CryptoKey
}

/** Enrols a till with a one-use token and opens its chain. @throws with the server's answer when it refuses */
export async function altaDeEscritor(base: string, token: string, pedir: Pedir = fetch): Promise<Escritor> {
  const par = await generarParDeLlaves()
  const clavePublica = await exportarPublica(par.publicKey)
  const firma = await firmarTexto(par.privateKey, 'CYA1|alta', `${token}|${clavePublica}`)
  const alta = await enviar<RespuestaAlta>(pedir, `${base}/api/dispositivos/alta`, { token, clavePublica, modelo: 'prueba', firma })
  const escritor: Escritor = {
    alta,
    cadenaId: uuidv7(Date.now()),
    cuerpos: [],
    hashes: [],
    montos: new Map(),
    reconocido: -1,
    llave: par.privateKey,
  }
  await agregar(escritor, 'cadena.abierta', { motivo: 'alta', serie: alta.serie })
  return escritor
}

/** Writes one sale in the chain. `qr` null: without a client. */
export function vender(escritor: Escritor, montoCentavos: number, qr: string | null = null): Promise<string> {
  const folio = `${escritor.alta.serie}-${String(escritor.montos.size + 1).padStart(6, '0')}`
  const venta = { folio, montoCentavos, metodoPago: 'efectivo', descripcion: null, lineas: [], qr, configVersion: 1, puntosPrometidos: 0 }
  return agregar(escritor, 'venta', venta, montoCentavos)
}

async function agregar(escritor: Escritor, tipo: string, datos: unknown, montoCentavos?: number): Promise<string> {
  const { alta, cadenaId, cuerpos, hashes } = escritor
  const id = uuidv7(Date.now())
  const seq = cuerpos.length
  const cuerpo = textoCanonico({
    v: 1,
    id,
    cadenaId,
    seq,
    prevHash: hashes.at(-1) ?? '',
    negocioId: alta.negocioId,
    sucursalId: alta.sucursalId,
    dispositivoId: alta.dispositivoId,
    licenciaId: alta.licencia.id,
    operador: null,
    tiempo: { wall: Date.now(), offset: 0, offsetAt: 0, mono: performance.now(), arranque: cadenaId },
    tipo,
    datos,
  })
  cuerpos.push(cuerpo)
  hashes.push(await sha256(cuerpo))
  if (montoCentavos !== undefined) escritor.montos.set(id, montoCentavos)
  return id
}

/** One upload from `desde`; an empty one only greets. Notes what the server acknowledged. */
export async function subir(
  escritor: Escritor,
  base: string,
  desde: number,
  hasta: number,
  pedir: Pedir = fetch,
): Promise<RespuestaDiario> {
  const cuerpos = escritor.cuerpos.slice(desde, hasta)
  const seq = cuerpos.length > 0 ? desde + cuerpos.length - 1 : -1
  const cabeza = {
    dispositivoId: escritor.alta.dispositivoId,
    cadenaId: escritor.cadenaId,
    desde,
    cabeza: { seq, hash: escritor.hashes[seq] ?? '' },
    enviadoAt: Date.now(),
    perdidos: [],
  }
  const firma = await firmarTexto(escritor.llave, 'CYA1|diario', mensajeDeCabeza(cabeza))
  const respuesta = await enviar<RespuestaDiario>(pedir, `${base}/sync/diario`, { ...cabeza, cuerpos, estado: null, firma })
  escritor.reconocido = Math.max(escritor.reconocido, respuesta.recibidoHasta)
  return respuesta
}

/** POSTs JSON and opens the envelope. @throws with status and code when the answer is not a success */
export async function enviar<T>(pedir: Pedir, url: string, cuerpo: unknown, cabeceras: Record<string, string> = {}): Promise<T> {
  const respuesta = await pedir(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...cabeceras },
    body: JSON.stringify(cuerpo),
  })
  const texto = (await respuesta.json()) as { success: boolean; data: T; code?: string; message?: string }
  if (!texto.success)
    throw new RespuestaDeError(respuesta.status, texto.code ?? '', `${new URL(url, 'http://x').pathname}: ${texto.message}`)
  return texto.data
}

/** An answer that is not a success: the server spoke, as against a connection that broke. */
export class RespuestaDeError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(`${status} ${code} ${message}`)
    this.status = status
    this.code = code
  }
}
