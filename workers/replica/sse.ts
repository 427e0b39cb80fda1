/** Server-sent events over fetch (an EventSource cannot send the Authorization header). */
import { PING_MS } from '../../schema/protocol/stream.ts'
import { FalloDeRed, falloDe, leerJson, llamar } from './http.ts'
import type { Puertos } from './puertos.ts'

/** The server pings every 20 s: silence for longer than two of them is a dead connection. */
const SILENCIO_MS = 2.5 * PING_MS

export interface Evento {
  tipo: string
  datos: unknown
}

/** Reads events until the server ends the stream (resolves) or it breaks (rejects). @throws FalloDeRed */
export async function escuchar(
  puertos: Puertos,
  ruta: string,
  token: string,
  corte: AbortController,
  alLlegar: (evento: Evento) => void,
): Promise<void> {
  let alarma: unknown
  const vigilar = () => {
    puertos.reloj.clearTimeout(alarma)
    alarma = puertos.reloj.setTimeout(() => corte.abort(), SILENCIO_MS)
  }
  vigilar()
  try {
    const analizar = analizador(alLlegar)
    const respuesta = await llamar(puertos, ruta, { token }, corte.signal)
    if (!respuesta.ok || !respuesta.body) throw falloDe(respuesta.status, leerJson(await respuesta.text()) as { code?: unknown } | null)
    await leerHasta(respuesta.body.getReader(), corte.signal, (texto) => {
      vigilar()
      analizar(texto)
    })
  } catch (error) {
    throw error instanceof FalloDeRed ? error : new FalloDeRed('SIN_CONEXION', 0)
  } finally {
    puertos.reloj.clearTimeout(alarma)
  }
}

/** Whatever ends the reading lets the stream go: not every fetch ends a read when its signal aborts, nor refuses one that was aborted before it answered. */
async function leerHasta(
  lector: ReadableStreamDefaultReader<Uint8Array>,
  corte: AbortSignal,
  alLeer: (texto: string) => void,
): Promise<void> {
  const soltar = () => void lector.cancel().catch(() => {})
  corte.addEventListener('abort', soltar, { once: true })
  const texto = new TextDecoder()
  try {
    while (!corte.aborted) {
      const { done, value } = await lector.read()
      if (corte.aborted) break
      if (done) return
      alLeer(texto.decode(value, { stream: true }))
    }
    throw new FalloDeRed('SIN_CONEXION', 0)
  } finally {
    corte.removeEventListener('abort', soltar)
    soltar()
  }
}

/** Fed with text as it arrives, cut anywhere; calls with each whole event. Comments and unknown fields are skipped. */
export function analizador(alLlegar: (evento: Evento) => void): (texto: string) => void {
  let resto = ''
  return (texto) => {
    resto = (resto + texto).replaceAll('\r\n', '\n') // a line ending may be cut in two
    for (let fin = resto.indexOf('\n\n'); fin >= 0; fin = resto.indexOf('\n\n')) {
      const bloque = resto.slice(0, fin)
      resto = resto.slice(fin + 2)
      const evento = leerBloque(bloque)
      if (evento) alLlegar(evento)
    }
  }
}

function leerBloque(bloque: string): Evento | null {
  let tipo = 'message'
  const datos: string[] = []
  for (const linea of bloque.split('\n')) {
    const [campo, valor = ''] = linea.split(/:\s?(.*)/s)
    if (campo === 'event') tipo = valor
    else if (campo === 'data') datos.push(valor)
  }
  return datos.length > 0 ? { tipo, datos: leerJson(datos.join('\n')) } : null
}
