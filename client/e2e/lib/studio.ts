/** What a merchant does in Business Studio, and what they read there. */
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { hasta } from './caja.ts'

/** Accounts of the demo world (design 01). */
const CUENTAS = {
  dueno: { correo: 'dueno@pizzeriaroma.mx', clave: 'Roma-2026-demo' },
  gerente: { correo: 'gerente@pizzeriaroma.mx', clave: 'Norte-2026-demo' },
}
export type Seccion = 'hoy' | 'catalogo' | 'importar' | 'por-revisar' | 'conflictos' | 'cupones' | 'recompensas' | 'turnos' | 'cajas'

export class StudioEnPantalla {
  readonly pagina: Page
  constructor(pagina: Page) {
    this.pagina = pagina
  }

  /** Logs in, which enrols this browser, and waits until the page would open without a server. */
  async entrar(origen: string, quien: keyof typeof CUENTAS): Promise<void> {
    await this.abrir(origen, quien, 'catalogo')
    await this.enCatalogo()
    await this.pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  }

  /** Logs in to look at one section, whatever this browser still has to fetch. */
  async abrir(origen: string, quien: keyof typeof CUENTAS, seccion: Seccion): Promise<void> {
    const { correo, clave } = CUENTAS[quien]
    await this.pagina.goto(`${origen}/business-studio/${seccion}`)
    await this.pagina.getByLabel('Correo').fill(correo)
    await this.pagina.getByLabel('Contraseña').fill(clave)
    await this.pagina.getByRole('button', { name: 'Entrar' }).click()
  }

  enCatalogo(): Promise<void> {
    return this.pagina.locator('[data-articulo]').first().waitFor()
  }

  /** By the menu where it is there: the page is not loaded again. */
  async ir(seccion: Seccion): Promise<void> {
    if (seccion === 'importar') {
      await this.ir('catalogo')
      await this.pagina.getByRole('link', { name: 'Importar' }).click()
    } else await this.pagina.locator(`.rail a[href$="/${seccion}"]`).click()
    await this.pagina.waitForURL(new RegExp(`/business-studio/${seccion}`))
    await this.pagina.getByRole('heading', { level: 1 }).waitFor()
  }

  async hastaLaFase(fase: string): Promise<void> {
    await hasta(async () => (await this.pagina.locator('.top .sync').getAttribute('data-fase')) === fase, `the chip says ${fase}`)
  }

  /** Now, as somebody who does not want to wait would. */
  async intentarAhora(): Promise<void> {
    await this.pagina.locator('.top .sync').click()
    await this.pagina.getByRole('dialog').getByRole('button', { name: 'Intentar ahora' }).click()
    await this.pagina.keyboard.press('Escape')
    await this.pagina.getByRole('dialog').waitFor({ state: 'detached' })
  }

  /** What waits in a section, as the menu counts it. */
  async cuenta(seccion: Seccion): Promise<number> {
    // Read at once: it goes away by itself when nothing waits any more.
    const [texto = '0'] = await this.pagina.locator(`.rail a[href$="/${seccion}"] .cnt`).allInnerTexts()
    return Number(/\d+/.exec(texto)?.[0])
  }

  /** The catálogo by category, all of it chosen. */
  async elegirTodo(categoria: string, cuantos: number): Promise<void> {
    await this.ir('catalogo')
    await this.categoria(categoria, cuantos).click()
    await this.pagina.getByLabel('Seleccionar todos').click()
    await this.pagina.getByRole('toolbar', { name: `${cuantos} seleccionados` }).waitFor()
  }

  categoria(nombre: string, cuantos: number): Locator {
    return this.pagina.getByRole('group', { name: 'Categorías' }).getByRole('button', { name: `${nombre} ${cuantos}`, exact: true })
  }

  /** Its row, while it is in view. */
  fila(nombre: string): Locator {
    return this.pagina.locator('[data-articulo]').filter({ hasText: nombre })
  }

  async elegir(nombre: string): Promise<void> {
    await this.pagina.getByLabel(`Seleccionar ${nombre}`, { exact: true }).click()
  }

  async soltar(): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Quitar la selección' }).click()
    await this.pagina.getByRole('toolbar').waitFor({ state: 'detached' })
  }

  async ponerPrecio(pesos: string): Promise<void> {
    await this.enBarra('Cambiar precio')
    const hoja = this.pagina.getByRole('dialog')
    await hoja.getByLabel('Precio', { exact: true }).fill(pesos)
    await this.pagina.keyboard.press('Control+Enter')
    await hoja.waitFor({ state: 'detached' })
  }

  enBarra(accion: string): Promise<void> {
    return this.pagina.getByRole('toolbar').getByRole('button', { name: accion, exact: true }).click()
  }

  /** Says that it was done. */
  async dice(texto: string | RegExp): Promise<void> {
    await this.pagina.locator('.cola-de-avisos').getByText(texto).first().waitFor()
  }

  /** Takes back what a toast tells. */
  deshacer(texto: RegExp): Promise<void> {
    return this.pagina.locator('.toast').filter({ hasText: texto }).getByRole('button', { name: 'Deshacer' }).click()
  }

  /** Writes a field of one artículo in its sheet. */
  async editar(nombre: string, campo: string, valor: string): Promise<void> {
    await this.fila(nombre).getByRole('button', { name: nombre }).first().click()
    const hoja = this.pagina.getByRole('dialog')
    await hoja.getByLabel(campo, { exact: true }).fill(valor)
    await this.pagina.keyboard.press('Control+Enter')
    await hoja.waitFor({ state: 'detached' })
  }

  /** The whole catálogo as this device exports it. */
  async exportar(): Promise<string> {
    await this.ir('importar')
    const [bajada] = await Promise.all([
      this.pagina.waitForEvent('download'),
      this.pagina.getByRole('button', { name: 'Exportar el catálogo' }).click(),
    ])
    return readFile(await bajada.path(), 'utf8')
  }

  /** Gives the importer a file and waits for its dry run: how many rows of each fate. */
  async ensayar(csv: string): Promise<Record<'todas' | 'nuevo' | 'cambia' | 'igual' | 'malo', number>> {
    await this.pagina.locator('input[type=file]').setInputFiles({ name: 'catalogo.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await this.pagina.getByRole('button', { name: 'Otro archivo' }).waitFor({ timeout: 60_000 })
    const de = async (id: string) => Number((await this.pagina.locator(`#ensayo-${id} .n`).innerText()).replace(/\D/g, ''))
    return {
      todas: await de('todas'),
      nuevo: await de('nuevo'),
      cambia: await de('cambia'),
      igual: await de('igual'),
      malo: await de('malo'),
    }
  }

  importar(): Promise<void> {
    return this.pagina.getByRole('button', { name: /^Importar: / }).click()
  }

  /** Starts it and stops it in the moment it can be stopped. */
  async importarYCancelar(): Promise<void> {
    await this.pagina.evaluate(() => {
      const ojo = new MutationObserver(() => {
        const boton = [...document.querySelectorAll('button')].find((b) => b.textContent?.trim() === 'Cancelar')
        if (!boton) return
        ojo.disconnect()
        boton.click()
      })
      ojo.observe(document.body, { childList: true, subtree: true })
    })
    await this.importar()
  }
}
