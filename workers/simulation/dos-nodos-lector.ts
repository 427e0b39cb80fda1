/** A device's session and its live stream, read from outside the replica. */
import { firmarTexto } from '../../schema/core/firma.ts'
import type { RespuestaSesion } from '../../schema/protocol/dispositivos.ts'
import { type EventoCambio, eventoCambio } from '../../schema/protocol/stream.ts'
import { CABECERA_VERSION, VERSION } from '../../schema/protocol/version.ts'
import { type Escritor, enviar } from '../../sync-server/testing/kill-escritor.ts'

export async function abrirSesion({ alta: { dispositivoId }, llave }: Escritor, base: string): Promise<string> {
  const { reto } = await enviar<{ reto: string }>(fetch, `${base}/api/dispositivos/reto`, { dispositivoId })
  const firma = await firmarTexto(llave, 'CYA1|sesion', `${dispositivoId}|${reto}`)
  return (await enviar<RespuestaSesion>(fetch, `${base}/api/dispositivos/sesion`, { dispositivoId, reto, firma })).token
}

export interface Avisos {
  /** The first hint so far, or to come, that passes; fails after a minute. */
  hasta(pasa: (aviso: EventoCambio) => boolean): Promise<EventoCambio>
  cerrar(): Promise<void>
}

const LIMITE_MS = 60_000

export function seguirAvisos(base: string, token: string): Avisos {
  const corte = new AbortController()
  const vistos: EventoCambio[] = []
  const despertar = new Set<() => void>()
  const lectura = leer(base, token, corte.signal, (aviso) => {
    vistos.push(aviso)
    for (const fn of despertar) fn()
  }).catch((error: unknown) => {
    if (!corte.signal.aborted) throw error
  })
  return {
    async hasta(pasa) {
      const limite = Date.now() + LIMITE_MS
      for (;;) {
        const aviso = vistos.findLast(pasa)
        if (aviso) return aviso
        if (Date.now() > limite) throw new Error(`no such hint in ${LIMITE_MS / 1000} s; ${vistos.length} others came`)
        await new Promise<void>((listo) => {
          const fn = () => {
            clearTimeout(reloj)
            despertar.delete(fn)
            listo()
          }
          const reloj = setTimeout(fn, 1_000)
          despertar.add(fn)
        })
      }
    },
    async cerrar() {
      corte.abort()
      await lectura
    },
  }
}

async function leer(base: string, token: string, signal: AbortSignal, alAvisar: (aviso: EventoCambio) => void): Promise<void> {
  const respuesta = await fetch(`${base}/sync/stream`, {
    headers: { authorization: `Bearer ${token}`, [CABECERA_VERSION]: String(VERSION), accept: 'text/event-stream' },
    signal,
  })
  if (!respuesta.ok || !respuesta.body) throw new Error(`/sync/stream answered ${respuesta.status}`)
  let pendiente = ''
  for await (const trozo of respuesta.body.pipeThrough(new TextDecoderStream())) {
    const bloques = (pendiente + trozo).split('\n\n')
    pendiente = bloques.pop() ?? ''
    for (const bloque of bloques) {
      const evento = /^event: ?(.+)$/m.exec(bloque)?.[1]
      const datos = /^data: ?(.+)$/m.exec(bloque)?.[1]
      if (evento === 'cambio' && datos) alAvisar(eventoCambio.parse(JSON.parse(datos)))
    }
  }
}
