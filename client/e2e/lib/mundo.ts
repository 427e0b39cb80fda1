/**
 * A journey's world: the real server in its own process, the built client, and Chromium on a profile that is on disk. Everything can be
 * ended with -9 and started again on the same data.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from '../../../scripts/lib/chromium.mjs'
import { freePort, type ServerProcess, startServer } from '../../../scripts/lib/server-process.mjs'

const TELEFONO = { width: 390, height: 844 }
const ESCRITORIO = { width: 1280, height: 800 }
const ESPERA_MS = 30_000
/** A world with a history takes its time on a busy machine. */
const LISTO_MS = 150_000

export class Mundo {
  readonly carpeta = mkdtempSync(join(tmpdir(), 'aya-e2e-'))
  readonly fotos = process.env.E2E_FOTOS ?? this.carpeta
  puerto = 0
  servidor: ServerProcess | undefined
  navegador: BrowserContext | undefined
  readonly errores: string[] = []
  /** Besides the usual ones: a camera, for a journey that looks through one. Kept when the browser is killed and opened again. */
  argumentos: string[] = []
  /** Of the server, besides the usual: DEMO_DIAS for a demo world with its twelve weeks. */
  entorno: Record<string, string> = {}

  get origen(): string {
    return `http://127.0.0.1:${this.puerto}`
  }

  async levantarServidor(): Promise<ServerProcess> {
    this.puerto ||= await freePort()
    this.servidor = await startServer({ dataDir: join(this.carpeta, 'data'), port: this.puerto, env: this.entorno, readyMs: LISTO_MS })
    return this.servidor
  }

  /** The server goes away, as a machine that is switched off. An honest offline also cuts open streams (design 07). */
  async quitarServidor(): Promise<void> {
    await this.servidor?.kill9()
    this.servidor = undefined
  }

  async abrirNavegador(): Promise<Page> {
    this.navegador = await chromium.launchPersistentContext(join(this.carpeta, 'perfil'), {
      executablePath: findChromium(),
      headless: true,
      args: [...CHROMIUM_ARGS.filter((arg) => arg !== '--headless'), ...this.argumentos],
      viewport: TELEFONO,
      locale: 'es-MX',
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
    for (const pid of procesosDelPerfil(join(this.carpeta, 'perfil'))) matar(pid)
    await cerrado
    this.navegador = undefined
  }

  foto(pagina: Page, nombre: string): Promise<Buffer> {
    return pagina.screenshot({ path: join(this.fotos, `${nombre}.png`) })
  }

  /** The same screen on a phone and on a desk. */
  async fotos2(pagina: Page, nombre: string): Promise<void> {
    await this.foto(pagina, nombre)
    await pagina.setViewportSize(ESCRITORIO)
    await this.foto(pagina, `${nombre}-1280`)
    await pagina.setViewportSize(TELEFONO)
  }

  /** The same data behind another address, where the browser's page does not look; gone again afterwards. */
  async enOtroPuerto(hacer: (origen: string) => Promise<void>): Promise<void> {
    const servidor = await startServer({ dataDir: join(this.carpeta, 'data'), port: await freePort() })
    try {
      await hacer(servidor.url)
    } finally {
      await servidor.kill9()
    }
  }

  async cerrar(): Promise<void> {
    await this.navegador?.close().catch(() => {})
    await this.quitarServidor()
    rmSync(this.carpeta, { recursive: true, force: true })
  }
}

/** The browser and all its children: the main process names the profile on its command line, the others descend from it. */
function procesosDelPerfil(perfil: string): number[] {
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
