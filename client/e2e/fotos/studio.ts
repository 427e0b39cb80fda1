/** Business Studio: the catálogo, what two people wrote at once, held points and their evidence, a file's dry run; then with no network, and in English. */
import type { Page } from 'playwright-core'
import type { Aparato } from '../lib/aparato.ts'
import type { Mundo } from '../lib/mundo.ts'
import type { Mirada } from './vistas.ts'

const CSV = 'nombre,precio,categoria\r\nTaco de canasta,18.00,Tacos\r\nTiramisú,95.00,Postres\r\nTaco sin precio,gratis,Tacos\r\n'

export async function escenasDeStudio(mundo: Mundo, mirada: Mirada): Promise<void> {
  const aparato = mundo.otroAparato('fotos-studio')
  const pagina = await entrar(mundo, aparato, { correo: 'Correo', clave: 'Contraseña', boton: 'Entrar' })
  const en = (camino: string) => pagina.goto(`${mundo.origen}/business-studio/${camino}`)
  const retrato = (nombre: string, oscura = false) => mirada.retrato(pagina, `studio-${nombre}`, oscura ? 'oscuro' : undefined)

  await retrato('10-catalogo', true)
  await en('conflictos')
  await pagina.locator('.it').first().waitFor()
  await retrato('20-conflictos')
  await pagina
    .getByRole('button', { name: /cambiaron lo mismo/ })
    .first()
    .click()
  await pagina.locator('.cr').first().waitFor()
  await retrato('21-conflicto', true)
  await pagina.getByRole('button', { name: /^Editar precio/ }).click()
  await pagina.getByLabel('Otro valor de precio').fill('mucho')
  await retrato('22-conflicto-otro-valor')
  await en('conflictos')
  await pagina
    .getByRole('button', { name: /eliminó|eliminaste/ })
    .first()
    .click()
  await pagina.locator('.dst').waitFor()
  await retrato('23-eliminado')
  await pagina.getByRole('button', { name: /^Guardar y seguir/ }).click()
  await en('conflictos')
  await pagina.getByRole('tab', { name: /^Resueltos [1-9]/ }).click()
  await retrato('24-resueltos')

  await en('por-revisar')
  await pagina.getByText('Lo que sabemos').waitFor()
  await retrato('30-por-revisar', true)
  await pagina
    .getByLabel(/^Seleccionar \w+-/)
    .first()
    .check()
  await retrato('31-por-revisar-elegidas')
  await pagina.getByRole('button', { name: 'Ya decididas' }).click()
  await retrato('32-ya-decididas')

  await en('importar')
  await pagina.getByRole('button', { name: 'Elegir archivo' }).waitFor()
  await retrato('40-importar')
  await pagina.locator('input[type=file]').setInputFiles({ name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
  await pagina.getByRole('tab', { name: /^Todas/ }).click()
  await retrato('41-ensayo', true)

  for (const [seccion, espera] of [
    ['cupones', '[data-cupon]'],
    ['recompensas', '[data-recompensa]'],
  ] as const) {
    await en(seccion)
    await pagina.locator(espera).first().waitFor()
    await retrato(`60-${seccion}`, true)
    await pagina
      .getByRole('button', { name: /^Crear / })
      .first()
      .click()
    await pagina.getByRole('dialog').waitFor()
    await retrato(`61-${seccion}-nueva`)
    await pagina.keyboard.press('Escape')
  }

  await mundo.quitarServidor()
  await en('por-revisar')
  await pagina.getByText('esto es lo que sabe este equipo').waitFor()
  await retrato('50-por-revisar-sin-red')
  await en('conflictos')
  await pagina.locator('.it').first().waitFor()
  await retrato('51-conflictos-sin-red')
  await aparato.cerrarNavegador()
  await mundo.levantarServidor()
  await enIngles(mundo, mirada)
}

async function enIngles(mundo: Mundo, mirada: Mirada): Promise<void> {
  const aparato = mundo.otroAparato('fotos-studio-en')
  aparato.idioma = 'en'
  const pagina = await entrar(mundo, aparato, { correo: 'E-mail', clave: 'Password', boton: 'Enter' })
  for (const [seccion, espera] of [
    ['conflictos', '.it'],
    ['por-revisar', '.ev'],
    ['importar', '.imp__soltar'],
    ['cupones', '[data-cupon]'],
    ['recompensas', '[data-recompensa]'],
  ] as const) {
    await pagina.goto(`${mundo.origen}/business-studio/${seccion}`)
    await pagina.locator(espera).first().waitFor()
    await mirada.deTelefono(pagina, `studio-en-${seccion}`)
  }
  await aparato.cerrarNavegador()
}

/** As the dueño; the page would open without a server afterwards. */
async function entrar(mundo: Mundo, aparato: Aparato, t: { correo: string; clave: string; boton: string }): Promise<Page> {
  const pagina = await aparato.abrirNavegador()
  await pagina.goto(`${mundo.origen}/business-studio/catalogo`)
  await pagina.getByLabel(t.correo).fill('dueno@pizzeriaroma.mx')
  await pagina.getByLabel(t.clave).fill('Roma-2026-demo')
  await pagina.getByRole('button', { name: t.boton }).click()
  await pagina.locator('[data-articulo]').first().waitFor()
  await pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  return pagina
}
