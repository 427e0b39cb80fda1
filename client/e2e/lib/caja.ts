/** What a cashier does on the page, and what they read there. */
import { setTimeout as dormir } from 'node:timers/promises'
import type { Page, Worker } from 'playwright-core'
import * as assert from 'uvu/assert'

const LIMITE_MS = 60_000
const PASOS_AL_INICIO = 8

/** Asks from outside the page: its own policy forbids the text-to-code that waiting inside it needs. */
export async function hasta(condicion: () => Promise<boolean>, que: string, limiteMs = LIMITE_MS): Promise<void> {
  for (const desde = Date.now(); Date.now() - desde < limiteMs; await dormir(25)) if (await condicion()) return
  throw new Error(`not in ${limiteMs / 1_000} s: ${que}`)
}

/** PINs of the demo world (design 01). */
const PINES: Record<string, string> = { carlos: '482913', lucia: '739154' }

export class CajaEnPantalla {
  readonly pagina: Page
  constructor(pagina: Page) {
    this.pagina = pagina
  }

  /** Enrols and enters with the demo's one tap, and waits until the page would open without a server. */
  async darDeAlta(origen: string, como = 'carlos'): Promise<void> {
    await this.pagina.goto(`${origen}/scanya-widget/demo?como=${como}`)
    await this.enInicio()
    await this.pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  }

  /** Opens the app where somebody is at the till already (PWA-12). */
  async abrir(origen: string): Promise<void> {
    await this.pagina.goto(`${origen}/scanya-widget/`)
    await this.enInicio()
  }

  enInicio(): Promise<void> {
    return this.pagina.getByRole('button', { name: 'Cerrar sesión' }).waitFor()
  }

  /** By tile and PIN, from the login screen. */
  async entrar(nick: string, pin = PINES[nick] ?? ''): Promise<void> {
    await this.pagina.getByRole('radio', { name: new RegExp(`@${nick}`) }).click()
    await this.pagina.keyboard.type(pin)
  }

  async salir(): Promise<void> {
    await this.aInicio()
    await this.pagina.getByRole('button', { name: 'Cerrar sesión' }).click()
    await this.pagina.getByText('¿Quién está en caja?').waitFor()
  }

  /** The way back a person takes, from any screen. */
  async aInicio(): Promise<void> {
    for (let paso = 0; paso < PASOS_AL_INICIO; paso++) {
      const { pathname } = new URL(this.pagina.url())
      if (pathname.endsWith('/inicio')) return this.enInicio()
      await this.pagina.locator('.top .icon-btn, .top .marca').first().click()
      await dormir(50)
    }
    throw new Error(`no way to the start from ${this.pagina.url()}`)
  }

  /** Reads the card a demo shopper's phone would show now, as the camera would. */
  async leerTarjetaDe(nombre: string): Promise<void> {
    await this.aInicio()
    await this.pagina.getByRole('button', { name: /^Escanear QR/ }).click()
    await this.pagina.getByRole('button', { name: `Tarjeta de ${nombre}` }).click()
    await this.pagina.getByRole('button', { name: 'Cobrar', exact: true }).click()
    await this.pagina.getByRole('button', { name: /^Revisar/ }).waitFor()
  }

  /** Holds the till up until it has read the card before its camera, and goes on to the amount. */
  async leerTarjetaConCamara(): Promise<void> {
    await this.aInicio()
    await this.pagina.getByRole('button', { name: /^Escanear QR/ }).click()
    await this.pagina.waitForURL(/\/scanya-widget\/cliente/)
    await this.pagina.getByRole('button', { name: 'Cobrar', exact: true }).click()
    await this.pagina.getByRole('button', { name: /^Revisar/ }).waitFor()
  }

  /** As vender(), for the card before the camera. */
  async venderConCamara(monto: string): Promise<string> {
    await this.leerTarjetaConCamara()
    await this.escribirMonto(monto)
    await this.registrar()
    return this.folioDelRecibo()
  }

  /** `325.50` on the pad, which fills from the centavos; on the screen where a sale is charged. */
  async escribirMonto(monto: string, metodo = 'Efectivo'): Promise<void> {
    const digitos = monto === '' ? '' : monto.includes('.') ? monto.replace('.', '') : `${monto}00`
    // Not focused on a button: its own keys would be meant.
    await this.pagina.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await this.pagina.keyboard.type(digitos)
    await this.pagina.getByRole('radio', { name: metodo, exact: true }).click()
  }

  /** Begins a sale without a client and writes its amount. */
  async escribirVenta(monto: string, metodo?: string): Promise<void> {
    await this.aInicio()
    await this.pagina.getByRole('button', { name: 'Cobrar sin cliente' }).click()
    await this.pagina.getByRole('button', { name: /^Revisar/ }).waitFor()
    await this.escribirMonto(monto, metodo)
  }

  revisar(): Promise<void> {
    return this.pagina.getByRole('button', { name: /^Revisar/ }).click()
  }

  confirmar(): Promise<void> {
    return this.pagina.getByRole('button', { name: 'Confirmar venta' }).click()
  }

  async registrar(): Promise<void> {
    await this.revisar()
    await this.confirmar()
  }

  /** Sells and waits for "¡Venta registrada!" of exactly this sale; gives its folio. `cliente`: a demo shopper whose card is read first. */
  async vender(monto: string, { metodo, cliente }: { metodo?: string; cliente?: string } = {}): Promise<string> {
    if (cliente === undefined) await this.escribirVenta(monto, metodo)
    else {
      await this.leerTarjetaDe(cliente)
      await this.escribirMonto(monto, metodo)
    }
    await this.registrar()
    return this.folioDelRecibo()
  }

  async folioDelRecibo(): Promise<string> {
    await this.pagina.getByRole('heading', { name: '¡Venta registrada!' }).waitFor()
    const folio = /\w+-\d{6,}/.exec((await this.pagina.locator('.folio').textContent()) ?? '')?.[0]
    assert.ok(folio, 'a registered sale has its folio')
    return folio
  }

  async abrirHistorial(): Promise<void> {
    await this.aInicio()
    await this.pagina.getByRole('button', { name: 'Historial', exact: true }).click()
    await this.pagina.locator('.sales, .historial .empty').first().waitFor()
  }

  /** In the history: also what a long day leaves for later. */
  async verTodas(): Promise<void> {
    const mas = this.pagina.locator('.historial .mas')
    while ((await mas.count()) > 0) await mas.click()
  }

  /** Folios that this till sold today, as its history shows them, with how each looks; newest first. */
  async lista(): Promise<{ folio: string; aspecto: string }[]> {
    await this.abrirHistorial()
    return this.filas()
  }

  private filas(): Promise<{ folio: string; aspecto: string }[]> {
    return this.pagina
      .locator('.sales [data-propio=true]')
      .evaluateAll((filas) =>
        filas.map((fila) => ({ folio: fila.getAttribute('data-folio') ?? '', aspecto: fila.getAttribute('data-aspecto') ?? '' })),
      )
  }

  /** Waits until every row of the history looks so; `cuantos` of them. */
  async hastaQueTodo(aspecto: 'aqui' | 'servidor', cuantos: number): Promise<void> {
    await this.abrirHistorial()
    await hasta(async () => {
      const filas = await this.filas()
      return filas.length === cuantos && filas.every((fila) => fila.aspecto === aspecto)
    }, `${cuantos} rows that look ${aspecto}`)
  }

  async hastaLaFase(fase: string): Promise<void> {
    await this.pagina.locator(`.chip[data-fase="${fase}"]`).waitFor({ timeout: LIMITE_MS })
  }

  /** What the screen refuses, in words. */
  async error(): Promise<string> {
    const aviso = this.pagina.locator('[role=alert]').filter({ hasText: /\S/ }).first()
    await aviso.waitFor()
    return (await aviso.innerText()).trim()
  }

  /** Opens the sheet behind the status chip. */
  async abrirLoQueFalta(): Promise<void> {
    await this.pagina.locator('.chip').click()
    await this.pagina.getByRole('dialog', { name: 'Lo que falta' }).waitFor()
  }

  async cerrarHoja(): Promise<void> {
    await this.pagina.getByRole('dialog').getByRole('button', { name: 'Cerrar', exact: true }).click()
    await this.pagina.getByRole('dialog').waitFor({ state: 'detached' })
  }

  /** The worker that keeps the journal. */
  async obrero(): Promise<Worker> {
    for (const obrero of this.pagina.workers())
      if ((await obrero.evaluate(() => self.name).catch(() => '')).startsWith('replica-')) return obrero
    throw new Error('the page has its replica')
  }
}
