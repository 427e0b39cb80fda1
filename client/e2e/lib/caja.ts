/** What a cashier does on the page, and what they read there. */
import { setTimeout as dormir } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import * as assert from 'uvu/assert'

const LIMITE_MS = 60_000

/** Asks from outside the page: its own policy forbids the text-to-code that waiting inside it needs. */
export async function hasta(condicion: () => Promise<boolean>, que: string): Promise<void> {
  for (const desde = Date.now(); Date.now() - desde < LIMITE_MS; await dormir(25)) if (await condicion()) return
  throw new Error(`not in ${LIMITE_MS / 1_000} s: ${que}`)
}

export class CajaEnPantalla {
  readonly pagina: Page
  constructor(pagina: Page) {
    this.pagina = pagina
  }

  /** Enrols with the demo's one tap and waits until the page would open without a server. */
  async darDeAlta(origen: string): Promise<void> {
    await this.pagina.goto(origen)
    await this.pagina.getByRole('button', { name: 'Dar de alta esta caja' }).click()
    await this.pagina.getByRole('button', { name: 'Registrar venta' }).waitFor()
    await this.pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  }

  async abrir(origen: string): Promise<void> {
    await this.pagina.goto(origen)
    await this.pagina.getByRole('button', { name: 'Registrar venta' }).waitFor()
  }

  async escribirVenta(monto: string, metodo = 'Efectivo'): Promise<void> {
    await this.pagina.getByLabel('Monto de la compra').fill(monto)
    await this.pagina.getByRole('radio', { name: metodo, exact: true }).check({ force: true })
  }

  registrar(): Promise<void> {
    return this.pagina.getByRole('button', { name: 'Registrar venta' }).click()
  }

  /** Sells and waits for "¡Venta registrada!" of exactly this sale; gives its folio. */
  async vender(monto: string, metodo?: string): Promise<string> {
    const antes = await this.folioDelRecibo()
    await this.escribirVenta(monto, metodo)
    await this.registrar()
    await hasta(async () => ![null, antes].includes(await this.folioDelRecibo()), `the receipt of ${monto}`)
    await this.pagina.getByRole('heading', { name: '¡Venta registrada!' }).waitFor()
    const folio = await this.folioDelRecibo()
    assert.ok(folio, 'a registered sale has its folio')
    return folio
  }

  async folioDelRecibo(): Promise<string | null> {
    const folio = this.pagina.locator('.papel__folio')
    return (await folio.count()) === 0 ? null : folio.textContent()
  }

  /** Folios of today's list with how each looks, newest first. */
  async lista(): Promise<{ folio: string; aspecto: string }[]> {
    return this.pagina
      .locator('[data-folio]')
      .evaluateAll((filas) =>
        filas.map((fila) => ({ folio: fila.getAttribute('data-folio') ?? '', aspecto: fila.getAttribute('data-aspecto') ?? '' })),
      )
  }

  /** Waits until every row of the list looks so. */
  async hastaQueTodo(aspecto: 'aqui' | 'servidor', cuantos: number): Promise<void> {
    await hasta(async () => {
      const filas = await this.lista()
      return filas.length === cuantos && filas.every((fila) => fila.aspecto === aspecto)
    }, `${cuantos} rows that look ${aspecto}`)
  }

  async hastaLaFase(fase: string): Promise<void> {
    await this.pagina.locator(`.chip[data-fase="${fase}"]`).waitFor({ timeout: 60_000 })
  }

  error(): Promise<string> {
    return this.pagina
      .locator('.mal[role=alert]')
      .first()
      .innerText()
      .then((texto) => texto.trim())
  }
}
