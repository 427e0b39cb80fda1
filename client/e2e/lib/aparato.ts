/** A phone or a till: Chromium on a profile of its own that is on disk, so that it can be ended with -9 and opened again on the same data. */
import { readdirSync, readFileSync } from 'node:fs'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from '../../../scripts/lib/chromium.mjs'

export const TELEFONO = { width: 390, height: 844 }
export const ESCRITORIO = { width: 1280, height: 800 }
const ESPERA_MS = 30_000

/** `es` reads Spanish of Mexico, `en` English. */
export type Idioma = 'es' | 'en'

export class Aparato {
  readonly perfil: string
  navegador: BrowserContext | undefined
  /** What its pages complained about, in order. */
  readonly errores: string[] = []
  /** Besides the usual ones: a camera, for a journey that looks through one. Kept when the browser is killed and opened again. */
  argumentos: string[] = []
  idioma: Idioma = 'es'
  /** Whoever looks at what moves says so: the others have asked for less, so that nothing is waited for. */
  movimiento = false

  /** `perfil`: folder of the browser's data, made when it is not there. */
  constructor(perfil: string) {
    this.perfil = perfil
  }

  async abrirNavegador(): Promise<Page> {
    this.navegador = await chromium.launchPersistentContext(this.perfil, {
      executablePath: findChromium(),
      headless: true,
      args: [...CHROMIUM_ARGS.filter((arg) => arg !== '--headless'), ...this.argumentos],
      viewport: TELEFONO,
      reducedMotion: this.movimiento ? 'no-preference' : 'reduce',
      locale: this.idioma === 'es' ? 'es-MX' : 'en-US',
      timezoneId: 'America/Mexico_City',
    })
    this.navegador.setDefaultTimeout(ESPERA_MS)
    const pagina = this.navegador.pages()[0] ?? (await this.navegador.newPage())
    return this.vigilar(pagina)
  }

  /** Another tab of the same profile. */
  async otraPestana(): Promise<Page> {
    return this.vigilar(await this.contexto.newPage())
  }

  private vigilar(pagina: Page): Page {
    pagina.on('pageerror', (error) => this.errores.push(`${error.name}: ${error.message}`))
    pagina.on('console', (mensaje) => {
      if (mensaje.type() === 'error') this.errores.push(mensaje.text())
    })
    return pagina
  }

  get contexto(): BrowserContext {
    if (!this.navegador) throw new Error('the browser is open')
    return this.navegador
  }

  /** SIGKILL to every process of the browser at once: nothing gets a moment to flush. */
  async matarNavegador(): Promise<void> {
    const cerrado = this.navegador?.waitForEvent('close', { timeout: ESPERA_MS }).catch(() => {})
    for (const pid of procesosDelPerfil(this.perfil)) matar(pid)
    await cerrado
    this.navegador = undefined
  }

  async cerrarNavegador(): Promise<void> {
    await this.navegador?.close().catch(() => {})
    this.navegador = undefined
  }
}

/** The browser and all its children: the main process names the profile on its command line, the others descend from it. */
export function procesosDelPerfil(perfil: string): number[] {
  const procesos = readdirSync('/proc')
    .filter((nombre) => /^\d+$/.test(nombre))
    .flatMap((nombre) => leerProceso(Number(nombre)))
  const mios = new Set(procesos.filter((p) => p.orden.includes(perfil)).map((p) => p.pid))
  for (let antes = -1; antes !== mios.size; ) {
    antes = mios.size
    for (const p of procesos) if (mios.has(p.padre)) mios.add(p.pid)
  }
  mios.delete(process.pid)
  return [...mios]
}

function leerProceso(pid: number): { pid: number; padre: number; orden: string }[] {
  try {
    const padre = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
    return [{ pid, padre, orden: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }]
  } catch {
    return []
  }
}

function matar(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // ended meanwhile
  }
}
