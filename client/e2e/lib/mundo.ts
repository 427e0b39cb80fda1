/**
 * A journey's world: the real server in its own process, the built client, and Chromium on a profile that is on disk. Everything can be
 * ended with -9 and started again on the same data.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { freePort, type ServerProcess, startServer } from '../../../scripts/lib/server-process.mjs'
import { copyWorld } from '../../../scripts/lib/worlds.mjs'
import { Aparato, ESCRITORIO, TELEFONO } from './aparato.ts'
import { hasta } from './caja.ts'

/** A world with a history takes its time on a busy machine. */
const LISTO_MS = 150_000

const RELOJ = new URL('../../../scripts/lib/movable-clock.mjs', import.meta.url).href
const conReloj = (ms: number) => ({ NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${RELOJ}`, CLOCK_STEP_MS: String(ms) })

/** The server, and the one browser that most journeys need; more of them with otroAparato(). */
export class Mundo extends Aparato {
  readonly carpeta: string
  puerto = 0
  servidor: ServerProcess | undefined
  /** Of the server, besides the usual: DEMO_DIAS for a demo world with its twelve weeks. */
  entorno: Record<string, string> = {}
  /** How far saltarElReloj() takes the server's clock, ms; set before it is started. */
  saltoDelReloj = 0
  private readonly otros: Aparato[] = []

  constructor() {
    const carpeta = mkdtempSync(join(tmpdir(), 'aya-e2e-'))
    super(join(carpeta, 'perfil'))
    this.carpeta = carpeta
  }

  get origen(): string {
    return `http://127.0.0.1:${this.puerto}`
  }

  /** Somebody else's device in the same world. Closed with it. */
  otroAparato(nombre: string): Aparato {
    const aparato = new Aparato(join(this.carpeta, nombre))
    this.otros.push(aparato)
    return aparato
  }

  async levantarServidor(): Promise<ServerProcess> {
    this.puerto ||= await freePort()
    const env = { ...this.entorno, ...(this.saltoDelReloj > 0 ? conReloj(this.saltoDelReloj) : {}) }
    const dataDir = join(this.carpeta, 'data')
    if (!existsSync(dataDir)) copyWorld(dataDir, this.entorno.DEMO_DIAS)
    this.servidor = await startServer({ dataDir, port: this.puerto, env, readyMs: LISTO_MS })
    return this.servidor
  }

  /** `saltoDelReloj` passes at once on the server, with whatever it does by itself meanwhile. A server that starts again has the machine's hour. */
  async saltarElReloj(): Promise<void> {
    const { servidor } = this
    if (!servidor) throw new Error('the server runs')
    const saltos = () => servidor.output().split('clock moved to').length
    const antes = saltos()
    process.kill(servidor.pid, 'SIGUSR2')
    await hasta(async () => saltos() > antes, 'the clock is moved')
  }

  /** The server goes away, as a machine that is switched off. An honest offline also cuts open streams (design 07). */
  async quitarServidor(): Promise<void> {
    await this.servidor?.kill9()
    this.servidor = undefined
  }

  /** The demo's network switch: off, tills and cards get no answer, while /api/demo/qr goes on standing for the shopper's phone. */
  async ponerRed(encendida: boolean): Promise<void> {
    const cuerpo = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ encendida }) }
    const { ok, status } = await fetch(`${this.origen}/api/demo/red`, cuerpo)
    if (!ok) throw new Error(`the switch answered ${status}`)
  }

  /** For whoever asked to see them (E2E_FOTOS): nobody looks at what goes away with the journey's folder. */
  async foto(pagina: Page, nombre: string): Promise<void> {
    if (process.env.E2E_FOTOS) await pagina.screenshot({ path: join(process.env.E2E_FOTOS, `${nombre}.png`) })
  }

  /** The same screen on a phone and on a desk. */
  async fotos2(pagina: Page, nombre: string): Promise<void> {
    if (!process.env.E2E_FOTOS) return
    await this.foto(pagina, nombre)
    await pagina.setViewportSize(ESCRITORIO)
    await this.foto(pagina, `${nombre}-1280`)
    await pagina.setViewportSize(TELEFONO)
  }

  /** The same data behind another address, where the browser's page does not look; gone again afterwards. */
  async enOtroPuerto(hacer: (origen: string) => Promise<void>): Promise<void> {
    const servidor = await startServer({ dataDir: join(this.carpeta, 'data'), port: await freePort(), env: this.entorno })
    try {
      await hacer(servidor.url)
    } finally {
      await servidor.kill9()
    }
  }

  async cerrar(): Promise<void> {
    for (const aparato of [this, ...this.otros]) await aparato.cerrarNavegador()
    await this.quitarServidor()
    rmSync(this.carpeta, { recursive: true, force: true })
  }
}
