// @timeout 300
/**
 * The platform's own people watch a till: it falls silent with fourteen sales, comes back, and one of them used a QR that another till had already
 * taken. The Panel is opened once and never loaded again.
 */
import { gunzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { ESCRITORIO } from './lib/aparato.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { Mundo } from './lib/mundo.ts'

const VENTAS = 14
/** A device that was not heard of for two minutes is out of contact. While the server is away these pass: it starts again with its clock ahead. */
const TRES_MINUTOS = '--import=data:text/javascript,const%20n=Date.now.bind(Date);Date.now=()=>n()+180000'

const mundo = new Mundo()
const otra = mundo.otroAparato('otra-caja')
let panel: Page
let caja: CajaEnPantalla

test.after(() => mundo.cerrar())

const frescura = (como: string) => panel.locator(`[data-frescura="${como}"]`).waitFor()
/** The row of the till that goes away. */
const fila = () => panel.locator(`tr[data-serie="${serie}"]`)
const celda = async (nombre: string) => (await fila().locator(`[data-l="${nombre}"]`).innerText()).trim()
const cifra = async (rotulo: string) => (await panel.locator('.strip > div').filter({ hasText: rotulo }).locator('.v').innerText()).trim()
let serie = ''

test('before: two tills, and a card whose QR one of them takes', async () => {
  await mundo.levantarServidor()
  const paginaB = await otra.abrirNavegador()
  const cajaB = new CajaEnPantalla(paginaB)
  let qr = ''
  paginaB.on('response', async (r) => {
    if (r.url().endsWith('/api/demo/qr')) qr = await r.text()
  })
  await cajaB.darDeAlta(mundo.origen, 'lucia')
  caja = new CajaEnPantalla(await mundo.abrirNavegador())
  await caja.darDeAlta(mundo.origen)
  await cajaB.vender('320', { cliente: 'Juan' })
  await cajaB.hastaLaFase('al_dia')
  assert.ok(qr)
  // The phone in front of both tills is the same one, with the same code on its screen.
  await mundo.contexto.route('**/api/demo/qr', (ruta) => ruta.fulfill({ body: qr, contentType: 'application/json' }))

  panel = await otra.otraPestana()
  await panel.setViewportSize(ESCRITORIO)
  await paginaB.close()
  await panel.goto(`${mundo.origen}/admin?demo=admin`)
  await frescura('viva')
  await panel.evaluate(() => Object.assign(window, { sinRecargar: true }))
  await panel.getByRole('link', { name: 'Dispositivos' }).first().click()
  await caja.hastaLaFase('al_dia')
  serie = await serieDeLaCaja()
  await fila().getByText('Al día').waitFor()
  assert.is(await celda('Por enviar'), '0')
  await esAccesible(panel, 'devices')
})

test('a network that lets only short words through: fourteen sales wait, and the Panel counts them as the till says', async () => {
  await mundo.contexto.route('**/sync/diario', (ruta) => {
    const dicho = ruta.request().postDataBuffer() ?? Buffer.from('{}')
    // A long body goes out compressed.
    const { cuerpos } = JSON.parse(String(dicho[0] === 0x1f ? gunzipSync(dicho) : dicho)) as { cuerpos: unknown[] }
    return cuerpos.length > 0 ? ruta.abort() : ruta.continue()
  })
  await caja.vender('480', { cliente: 'Juan' })
  for (let i = 1; i < VENTAS; i++) await caja.vender(String(20 + i))
  await caja.abrirLoQueFalta()
  await caja.pagina.getByRole('button', { name: 'Intentar ahora' }).click()
  await hasta(async () => (await celda('Por enviar')) === String(VENTAS), 'the last word of the till')
  await caja.cerrarHoja()
  assert.match(await celda('Más viejo'), /^\d+ s$/)
  await mundo.foto(panel, '80-panel-por-enviar')
})

test('the till is gone and the server is away: what was known stays, with its hour; back again, it is at least that', async () => {
  await mundo.contexto.setOffline(true)
  await mundo.quitarServidor()
  await frescura('reconectando')
  await panel
    .getByText(/^El servidor no responde\. Ves lo último que dijo/)
    .first()
    .waitFor()
  assert.is(await celda('Por enviar'), String(VENTAS))
  await esAccesible(panel, 'devices without a server')
  await cabeEnAngosto(panel, 'devices without a server')
  // A screen that was never opened has nothing to show yet; one that was has its last answer.
  await panel.getByRole('link', { name: 'Conflictos' }).first().click()
  await panel.getByText('El servidor no responde', { exact: true }).waitFor()
  await panel.getByRole('button', { name: 'Reintentar' }).waitFor()
  await esAccesible(panel, 'a screen that could not be read')
  await mundo.foto(panel, '81-panel-sin-servidor')

  mundo.entorno = { NODE_OPTIONS: TRES_MINUTOS }
  await mundo.levantarServidor()
  await frescura('viva')
  await panel.getByRole('link', { name: 'Servidor' }).first().click()
  await hasta(async () => (await celda('Por enviar')) === `≥ ${VENTAS}`, 'at least what it last said')
  await fila().getByText('Sin señal').waitFor()
  assert.is(await cifra('Hechos por enviar'), `≥ ${VENTAS}`)
  await esAccesible(panel, 'the server, with a till that is away')
  await mundo.foto(panel, '82-panel-ultima-palabra')
})

test('it comes back: the Panel sees the arrival and the conflict, and explains it with both sales', async () => {
  const antes = Number(await cifra('Recibidos hoy'))
  await mundo.contexto.unroute('**/sync/diario')
  await mundo.contexto.setOffline(false)
  await caja.abrirLoQueFalta()
  await caja.pagina.getByRole('button', { name: 'Intentar ahora' }).click()
  await hasta(async () => (await celda('Por enviar')) === '0', 'nothing is missing any more')
  await hasta(async () => Number(await cifra('Recibidos hoy')) >= antes + VENTAS, 'the arrival is counted')
  await panel.getByText(/^(1[4-9]|[2-9]\d) ahora$/).waitFor()
  await panel.getByRole('link', { name: /^R2/ }).waitFor()
  await mundo.foto(panel, '83-panel-llegada')

  await panel.getByRole('link', { name: /^R2/ }).click()
  await panel.getByRole('heading', { name: 'Mismo QR de tarjeta en dos cajas' }).waitFor()
  await panel.locator('tr[data-regla="R2"] a').first().click()
  const evidencia = panel.getByRole('region', { name: 'Las dos lecturas' })
  await evidencia.getByText('$480.00').waitFor()
  await evidencia.getByText('$320.00').waitFor()
  await evidencia.getByText('Gana la venta que llegó primero').waitFor()
  assert.match(await evidencia.innerText(), /@carlos[\s\S]*@lucia|@lucia[\s\S]*@carlos/)
  await evidencia.getByText(/espera al dueño hasta el .*Después los puntos caducan/).waitFor()
  await esAccesible(panel, 'a conflict')
  await cabeEnAngosto(panel, 'a conflict')
  await mundo.foto(panel, '84-panel-conflicto')

  await panel.keyboard.press('/')
  await panel.keyboard.type(`${serie} pizzeria`)
  const hallazgo = panel.getByRole('option', { name: new RegExp(`· ${serie}$`) })
  await hallazgo.waitFor()
  while ((await hallazgo.getAttribute('aria-selected')) !== 'true') await panel.keyboard.press('ArrowDown')
  await panel.keyboard.press('Enter')
  await panel.waitForURL(/\/admin\/dispositivos\//)
  await panel
    .getByRole('row', { name: /\$480\.00/ })
    .getByText('Retenido R2')
    .waitFor()
  await esAccesible(panel, 'a device')
  await cabeEnAngosto(panel, 'a device')
  await mundo.foto(panel, '85-panel-dispositivo')
  assert.ok(await panel.evaluate(() => 'sinRecargar' in window), 'the page was never loaded again')
})

test('CARD-19: a version of the configuration is published with its reason and reaches every negocio; of two admins at once one is told, and loses nothing', async () => {
  const ir = (pagina: Page) => pagina.getByRole('link', { name: 'Configuración' }).first().click()
  await ir(panel)
  await panel.getByText('Los números de siempre. Nadie ha publicado una versión todavía').waitFor()
  const otro = await otra.otraPestana()
  await otro.setViewportSize(ESCRITORIO)
  await otro.goto(`${mundo.origen}/admin/configuracion`)
  await otro.getByLabel('Vigencia del QR').fill('180')
  await otro.getByLabel('Motivo').fill('Los teléfonos lentos')
  // What this tab reads waits until it has tried: it would see the other version come by itself.
  let intentado = () => {}
  const trasElIntento = new Promise<void>((seguir) => {
    intentado = seguir
  })
  await otro.route('**/api/admin/configuracion', async (ruta) => {
    if (ruta.request().method() === 'PUT') intentado()
    else await trasElIntento
    await ruta.continue().catch(() => {})
  })

  await panel.getByLabel('Plata a Oro').fill('4000')
  await panel.getByText('Oro empieza después de Plata').waitFor()
  await panel.getByLabel('Plata a Oro').fill('12,000')
  await panel.getByLabel('Multiplicador Oro').fill('2')
  await panel.getByRole('row', { name: 'Oro 75 100' }).waitFor()
  await panel.getByText(/\d+ (cliente pasaría|clientes pasarían) a Oro\./).waitFor()
  await panel.getByRole('button', { name: 'Publicar versión 1' }).click()
  await panel.getByText('Escribe por qué cambia').waitFor()
  await panel.getByLabel('Motivo').fill('Temporada navideña')
  await esAccesible(panel, 'the configuration, about to be published')
  await cabeEnAngosto(panel, 'the configuration')
  await mundo.foto(panel, '86-panel-configuracion')
  await panel.keyboard.press('Control+Enter')
  await panel.locator('[data-version="1"]').getByText('1, vigente').waitFor()

  await otro.getByRole('button', { name: 'Publicar versión 1' }).click()
  await otro.getByText(/^Alguien publicó otra versión mientras editabas/).waitFor()
  await otro.getByText(/^Alguien publicó la versión 1 mientras editabas/).waitFor()
  assert.is(await otro.getByLabel('Vigencia del QR').inputValue(), '180')
  assert.is(await otro.getByLabel('Plata a Oro').inputValue(), '12,000')
  await otro.getByRole('button', { name: 'Publicar versión 2' }).click()
  await otro.getByText(/Los teléfonos lentos.*3 de 3 negocios la tienen/).waitFor()
  await otro.close()
})

test('the page never asked for anything that its own policy forbids', () => {
  assert.equal(
    otra.errores.filter((texto) => /Content Security Policy|TrustedScript|Trusted Type/.test(texto)),
    [],
  )
})

/** Two tills of one sucursal have one name in the demo: the series of their folios tells them apart. */
async function serieDeLaCaja(): Promise<string> {
  const [dicha = ''] = (await caja.vender('15')).split('-')
  await caja.hastaLaFase('al_dia')
  return dicha
}

test.run()
