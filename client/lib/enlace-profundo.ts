/**
 * From a widget to the whole app (PWA-23, PWA-24): the installed app by its own scheme, and the web page where nobody answers to it.
 *
 *     anunciaya://home ──► the page is left (hidden): done
 *                     └──► 500 ms and still here: the web
 *
 * The web page is `/app` of the own server, which knows where the whole app lives (PUBLIC_URL) when a widget has a hostname of its own.
 */
import { esIos } from './instalacion.ts'

export const APP_WEB = '/app'
const ESQUEMA = 'anunciaya://'
/** An app that answers has taken the screen by then. */
export const ESPERA_MS = 500

/** What it asks of the browser. */
export interface Ventana {
  ir(direccion: string): void
  esperar(ms: number, fn: () => void): void
  /** Calls back once when the page is left. */
  alIrse(fn: () => void): void
  /** Safari answers an unknown scheme with an alert over the page: it is not tried there. */
  conEsquemas: boolean
}

/** `destino`: of the app, `home` by default. Call it from a tap. */
export function irALaApp(destino = 'home', ventana: Ventana = delNavegador()): void {
  if (!ventana.conEsquemas) {
    ventana.ir(APP_WEB)
    return
  }
  let seFue = false
  ventana.alIrse(() => {
    seFue = true
  })
  ventana.esperar(ESPERA_MS, () => {
    if (!seFue) ventana.ir(APP_WEB)
  })
  ventana.ir(`${ESQUEMA}${destino}`)
}

const delNavegador = (): Ventana => ({
  ir: (direccion) => location.assign(direccion),
  esperar: (ms, fn) => setTimeout(fn, ms),
  alIrse(fn) {
    addEventListener('pagehide', fn, { once: true })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && fn(), { once: true })
  },
  conEsquemas: !esIos(navigator.userAgent, navigator.maxTouchPoints),
})
