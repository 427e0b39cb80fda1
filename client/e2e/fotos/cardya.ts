/** The shopper's phone: the three metals, points, history, a ticket; then without network, and in English. */
import type { Page } from 'playwright-core'
import type { Mundo } from '../lib/mundo.ts'
import type { Mirada } from './vistas.ts'

export const QUIENES = [
  { clave: 'juan', nivel: 'oro' },
  { clave: 'ana', nivel: 'plata' },
  { clave: 'maria', nivel: 'bronce' },
]

export async function escenasDeCardya(mundo: Mundo, mirada: Mirada): Promise<void> {
  const en = (pagina: Page, camino: string) => pagina.goto(`${mundo.origen}/cardya-widget/${camino}`)
  for (const { clave, nivel } of QUIENES) {
    const aparato = mundo.otroAparato(`fotos-${clave}`)
    const pagina = await aparato.abrirNavegador()
    const retrato = (nombre: string, oscuro = true) => mirada.retrato(pagina, `cardya-${nombre}`, oscuro ? 'oscuro' : undefined)
    if (nivel === 'oro') {
      await en(pagina, '')
      await pagina.getByRole('button', { name: 'Entrar' }).click()
      await pagina.getByRole('alert').first().waitFor()
      await retrato('01-entrar')
      await pagina.getByRole('button', { name: /Primera vez/ }).click()
      await pagina.getByRole('button', { name: 'Crear mi tarjeta' }).waitFor()
      await retrato('01-cuenta-nueva', false)
    }
    await en(pagina, `?demo=${clave}`)
    await pagina.locator(`.tarjeta--${nivel} .codigo`).waitFor()
    await alDia(pagina)
    await retrato(`02-${nivel}`)
    if (nivel === 'oro') await loDemas(mundo, pagina, retrato)
    await aparato.cerrarNavegador()
    if (!mundo.servidor) await mundo.levantarServidor()
  }
  const aparato = mundo.otroAparato('fotos-card')
  aparato.idioma = 'en'
  const pagina = await aparato.abrirNavegador()
  await en(pagina, '')
  await pagina.locator('form').waitFor()
  await mirada.deTelefono(pagina, 'cardya-en-entrar')
  await en(pagina, '?demo=maria')
  await pagina.locator('.codigo').waitFor()
  await alDia(pagina)
  await mirada.deTelefono(pagina, 'cardya-en-tarjeta')
  await en(pagina, '#puntos')
  await pagina.locator('[data-negocio]').first().waitFor()
  await mirada.deTelefono(pagina, 'cardya-en-puntos')
  await pagina.goto(`${mundo.origen}/p/cupon/pizzeria-roma/PIZZA2X1`)
  await pagina.locator('main[data-estado=vigente]').waitFor()
  await mirada.deTelefono(pagina, 'publico-en-cupon')
  await pagina.getByRole('link', { name: 'Save to my CardYA' }).click()
  await pagina.locator('[data-guardado=si]').waitFor()
  await mirada.deTelefono(pagina, 'cardya-en-cupon-guardado')
  await en(pagina, '#cupones')
  await pagina.locator('[data-cupon]').first().waitFor()
  await mirada.deTelefono(pagina, 'cardya-en-cupones')
  await pagina.locator('[data-cupon] a').first().click()
  await pagina.locator('.vale .codigo').waitFor()
  await mirada.deTelefono(pagina, 'cardya-en-cupon')
  await aparato.cerrarNavegador()
}

const alDia = (pagina: Page) => pagina.locator('.chip[data-fase="al_dia"]').waitFor({ timeout: 60_000 })

/** What points buy, its code, and the cupones. */
async function loQueSeGasta(mundo: Mundo, pagina: Page, retrato: (nombre: string, oscuro?: boolean) => Promise<void>): Promise<void> {
  await pagina.goto(`${mundo.origen}/cardya-widget/#puntos`)
  await pagina.getByRole('link', { name: 'Canjear en Pizzería Roma' }).click()
  await pagina.getByRole('button', { name: 'Canjear Café gratis' }).waitFor()
  await retrato('10-recompensas')
  await pagina.getByRole('button', { name: 'Canjear Café gratis' }).click()
  await pagina.getByLabel('Centro').check()
  await retrato('11-confirmar-canje', false)
  await pagina.getByRole('button', { name: 'Sí, canjear' }).click()
  await pagina.locator('.pase').waitFor()
  await retrato('12-canje')
  await pagina.goto(`${mundo.origen}/cardya-widget/mis-cupones`)
  await pagina.locator('[data-cupon=PIZZA2X1]').waitFor()
  await retrato('13-cupones')
  await pagina.getByRole('link', { name: 'Ver QR de 2x1 en pizzas' }).click()
  await pagina.locator('.vale .codigo').waitFor()
  await retrato('14-cupon')
}

async function loDemas(mundo: Mundo, pagina: Page, retrato: (nombre: string, oscuro?: boolean) => Promise<void>): Promise<void> {
  await pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await pagina.getByRole('link', { name: 'Puntos', exact: true }).click()
  await pagina.locator('[data-negocio]').first().waitFor()
  await retrato('03-puntos')
  await pagina
    .getByRole('link', { name: /istorial en/ })
    .first()
    .click()
  await pagina.locator('[data-movimiento]').first().waitFor()
  await retrato('04-historial', false)
  await pagina.goBack()
  await pagina.getByRole('link', { name: 'Sumar puntos de un ticket' }).click()
  await pagina.getByLabel('O pega el texto del código').fill('cualquier cosa')
  await pagina.getByRole('button', { name: 'Sumar' }).click()
  await pagina.getByRole('alert').first().waitFor()
  await retrato('05-ticket-no-es')
  await loQueSeGasta(mundo, pagina, retrato)
  await pagina.goto(`${mundo.origen}/cardya-widget/#avisos`)
  await pagina.locator('[data-aviso]').first().waitFor()
  await retrato('05-avisos')
  await pagina.getByText('Qué quieres que te avisemos').click()
  await pagina.getByLabel(/Cupones/).waitFor()
  await retrato('05-avisos-preferencias', false)
  await mundo.quitarServidor()
  await pagina.context().setOffline(true)
  await pagina.goto(`${mundo.origen}/cardya-widget/?source=pwa`)
  await pagina.locator('.codigo').waitFor()
  await pagina.locator('.chip[data-fase="sin_conexion"]').waitFor()
  await pagina.locator('.banda').getByText('Tu tarjeta sirve igual').waitFor()
  await retrato('06-sin-conexion')
  await pagina.locator('.chip').click()
  await pagina.getByRole('dialog').waitFor()
  await retrato('07-hoja')
  await pagina.keyboard.press('Escape')
  await pagina.getByRole('link', { name: 'Puntos', exact: true }).click()
  await retrato('08-puntos-sin-conexion', false)
}
