// @timeout 240
/** Three apps on one phone: each controlled by its own worker, each opening with the server away, and a newer release that waits to be asked. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { APPS } from '../../scripts/lib/apps.mjs'
import { buildServiceWorker } from '../../scripts/lib/apps-plugin.mjs'
import { ROOT } from '../../scripts/lib/files.mjs'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()
/** A build of this journey's own: it publishes a second release. */
const build = join(mundo.carpeta, 'dist')
mundo.entorno = { CLIENT_DIR: build, DEMO_DIAS: '2' }
let pagina: Page
let caja: CajaEnPantalla

test.before(async () => {
  cpSync(process.env.CLIENT_DIR ?? join(ROOT, 'client/dist'), build, { recursive: true })
  await mundo.levantarServidor()
  pagina = await mundo.abrirNavegador()
  caja = new CajaEnPantalla(pagina)
})
test.after(() => mundo.cerrar())

const controlador = (de: Page) => de.evaluate(() => new URL(navigator.serviceWorker.controller?.scriptURL ?? 'x:/').pathname)
const enCache = (de: Page, nombre: string) =>
  de.evaluate(async (cual) => (await (await caches.open(cual)).keys()).map(({ url }) => new URL(url).pathname), nombre)

async function revisar(nombre: string): Promise<void> {
  await esAccesible(pagina, nombre)
  await cabeEnAngosto(pagina, nombre)
  await mundo.fotos2(pagina, nombre)
}

/** What the browser makes of the page's manifest, and why it would not install it. */
async function instalable(de: Page): Promise<{ id: unknown; errores: unknown[] }> {
  const cdp = await mundo.contexto.newCDPSession(de)
  const { data, errors } = await cdp.send('Page.getAppManifest')
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
  await cdp.detach()
  return { id: (JSON.parse(data ?? '{}') as { id?: string }).id, errores: [...errors, ...installabilityErrors] }
}

test('[PWA-21] each app is controlled by its own worker and can be installed', async () => {
  await caja.darDeAlta(mundo.origen)
  for (const { scope, name } of APPS) {
    await pagina.goto(`${mundo.origen}${scope}?source=pwa`)
    await hasta(async () => (await controlador(pagina)) === `${scope}sw.js`, `${name} is controlled by its own worker`)
    assert.equal(await instalable(pagina), { id: scope, errores: [] }, name)
    assert.ok((await enCache(pagina, `${name}-v1`)).includes(scope), `${name} keeps its page`)
  }
  const tarjeta = await enCache(pagina, 'cardya-v1')
  for (const suyo of ['/icons/cardya-192.png', '/icons/cardya-512.png']) assert.ok(tarjeta.includes(suyo), suyo)
  assert.equal(
    tarjeta.filter((ruta) => /scanya|^\/assets\/|\.wasm$/.test(ruta)),
    [],
    'the card keeps nothing of others',
  )
})

test('a cold start with the server away, without the browser’s HTTP cache: the till with its cashier, the card on each of its addresses', async () => {
  await mundo.quitarServidor()
  await mundo.matarNavegador()
  for (const cache of ['Cache', 'Code Cache']) rmSync(join(mundo.carpeta, 'perfil', 'Default', cache), { recursive: true, force: true })
  pagina = await mundo.abrirNavegador()
  caja = new CajaEnPantalla(pagina)
  await pagina.goto(`${mundo.origen}/scanya-widget/?source=pwa`)
  await caja.enInicio()
  await mundo.foto(pagina, '70-scanya-sin-servidor')
  for (const direccion of ['/cardya-widget/', '/cardya-widget/?source=pwa', '/cardya-widget/qr']) {
    await pagina.goto(mundo.origen + direccion)
    await pagina.getByRole('heading').first().waitFor()
    assert.is(await controlador(pagina), '/cardya-widget/sw.js', direccion)
  }
  await mundo.foto(pagina, '71-cardya-sin-servidor')
})

function titular(titulo: string): void {
  const ruta = join(build, 'scanya-widget', 'index.html')
  writeFileSync(ruta, readFileSync(ruta, 'utf8').replace(/<title>.*<\/title>/, `<title>${titulo}</title>`))
}
/** A newer release of the till: its page says another name. `encima`: written over it before anybody can fetch it whole. */
async function publicar(titulo: string, encima?: string): Promise<void> {
  titular(titulo)
  const scanya = APPS.find(({ name }) => name === 'scanya')
  if (scanya) await buildServiceWorker(scanya, build)
  if (encima) titular(encima)
  // The squeezed copies of what changed are of the release before: without them it goes out as it lies.
  for (const archivo of ['index.html', 'sw.js'])
    for (const copia of ['br', 'gz']) rmSync(join(build, 'scanya-widget', `${archivo}.${copia}`), { force: true })
}

/** What the page does by itself every hour and when it is looked at again. */
const buscarNueva = (en: Page) => en.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))
const hayEsperando = (en: Page) => en.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)
const aviso = (en: Page) => en.getByText('Hay una versión nueva')

test('[PWA-22] a newer release is offered, not imposed: never with a sale open, never by itself', async () => {
  await mundo.levantarServidor()
  await caja.abrir(mundo.origen)
  const antes = await pagina.title()
  await caja.escribirVenta('80')
  await pagina.evaluate(() => Object.assign(window, { testigo: true }))
  await publicar('ScanYA dos')
  await buscarNueva(pagina)
  await hasta(() => hayEsperando(pagina), 'the newer release is complete and waits')
  assert.is(await aviso(pagina).count(), 0, 'a sale is open')

  // Another page of the till knows, and may not take it either: it would drop files the sale still needs.
  const otra = await mundo.otraPestana()
  await otra.goto(`${mundo.origen}/scanya-widget/inicio`)
  await aviso(otra).waitFor()
  assert.is(await otra.title(), antes, 'the release that is open stays')
  await otra.getByRole('button', { name: 'Actualizar' }).click()
  await otra.getByText('Hay algo abierto en otra pestaña').waitFor()
  await mundo.foto(otra, '72-otra-ocupada')
  assert.ok(await hayEsperando(otra))
  await otra.close()

  await caja.aInicio()
  await aviso(pagina).waitFor()
  await mundo.foto(pagina, '73-version-nueva')
  assert.is(await pagina.title(), antes)
  assert.ok(await pagina.evaluate(() => 'testigo' in window), 'nothing was loaded again by itself')
})

test('taking it loads the page again, once, in the newer release; what was at the till stays', async () => {
  await pagina.getByRole('button', { name: 'Actualizar' }).click()
  await hasta(async () => (await pagina.title().catch(() => '')) === 'ScanYA dos', 'the newer release')
  await caja.enInicio()
  assert.not(await pagina.evaluate(() => 'testigo' in window))
  assert.not(await hayEsperando(pagina))
  assert.is(await aviso(pagina).count(), 0)
})

test('a release that was replaced in the middle of an update is not mixed with the next', async () => {
  await publicar('ScanYA tres', 'ScanYA cuatro')
  await buscarNueva(pagina).catch(() => {})
  await hasta(
    () => pagina.evaluate(async () => (await navigator.serviceWorker.ready).installing === null),
    'the update whose files do not match its list ends',
  )
  assert.not(await hayEsperando(pagina))
  await pagina.reload()
  await caja.enInicio()
  assert.is(await pagina.title(), 'ScanYA dos')
})

test('[PWA-22] a release that nobody took is taken by itself at the next cold start', async () => {
  await publicar('ScanYA cinco')
  await buscarNueva(pagina)
  await hasta(() => hayEsperando(pagina), 'the newer release waits')
  assert.is(await pagina.title(), 'ScanYA dos')
  await mundo.contexto.close()
  pagina = await mundo.abrirNavegador()
  caja = new CajaEnPantalla(pagina)
  // Whoever opens it: if the first page still is of the release before, it has no page when the next one opens.
  await caja.abrir(mundo.origen)
  assert.is(await pagina.title(), 'ScanYA cinco')
  assert.is(await aviso(pagina).count(), 0, 'nothing was asked')
})

test('PWA-13: behind the menu, the way to Business Studio is for a dueño; a cashier has none', async () => {
  const studio = pagina.getByRole('link', { name: 'Ir a Business Studio' })
  const ajustes = () => pagina.getByRole('button', { name: 'Ajustes de esta caja' }).click()
  await ajustes()
  await pagina.getByRole('button', { name: 'Cambiar mi PIN' }).waitFor()
  assert.is(await studio.count(), 0)
  await caja.cerrarHoja()
  await caja.salir()
  await pagina.getByRole('button', { name: 'Soy el dueño' }).click()
  await pagina.getByLabel('Correo').fill('dueno@pizzeriaroma.mx')
  await pagina.getByLabel('Contraseña').fill('Roma-2026-demo')
  await pagina.keyboard.press('Enter')
  await caja.enInicio()
  await ajustes()
  await studio.click()
  await pagina.waitForURL(`${mundo.origen}/business-studio*`)
})

test('CUP-28: the page of a cupón opens for anybody, also with the server away once it was seen; what is not there is said', async () => {
  const cupon = (codigo: string) => `${mundo.origen}/p/cupon/pizzeria-roma/${codigo}`
  await pagina.goto(cupon('pizza2x1'))
  await pagina.getByRole('heading', { name: '2x1 en pizzas' }).waitFor()
  await pagina.locator('main[data-estado=vigente]').getByText('Una vez por persona').waitFor()
  assert.is(await pagina.title(), '2x1 en pizzas, en Pizzería Roma · AnunciaYA')
  await revisar('75-cupon')
  await mundo.contexto.setOffline(true)
  await pagina.reload()
  await pagina.getByText(/^Sin conexión\. Así estaba/).waitFor()
  await mundo.contexto.setOffline(false)
  await pagina.goto(cupon('NO-HAY'))
  await pagina.getByRole('heading', { name: 'Este cupón no está' }).waitFor()
  await revisar('76-cupon-no-esta')
})

test('CUP-16, 28: kept from its page, through the first login; the card says so', async () => {
  await pagina.goto(`${mundo.origen}/p/cupon/pizzeria-roma/PIZZA2X1`)
  await pagina.getByRole('link', { name: 'Guardar en mi CardYA' }).click()
  await pagina.getByText('tu cupón queda guardado').waitFor()
  await revisar('77-cupon-entrada')
  await pagina.getByLabel('Correo').fill('maria@example.mx')
  await pagina.getByLabel('Contraseña').fill('Puntos-2026-demo')
  await pagina.keyboard.press('Enter')
  const hecho = pagina.locator('[data-guardado=si]')
  await hecho.getByText('2x1 en pizzas, en Pizzería Roma').waitFor()
  await revisar('78-cupon-guardado')
  assert.is(await pagina.evaluate(() => localStorage.getItem('cardya:por-guardar')), null)
  await hecho.getByRole('link', { name: 'Ver mi cupón' }).click()
  assert.match(await pagina.locator('.vale').innerText(), /2x1 en pizzas[\s\S]*PIZZA2X1-[0-9A-Z]{7}/)
})

test('PWA-08: from the card, its points and its cupones are one tap away', async () => {
  await pagina.getByRole('link', { name: 'Tarjeta', exact: true }).click()
  for (const [seccion, titulo] of [
    ['Puntos', 'Mis puntos'],
    ['Cupones', 'Cupones'],
  ] as const) {
    await pagina.locator('.tarjeta .codigo').waitFor()
    await pagina.getByRole('link', { name: seccion, exact: true }).click()
    await pagina.getByRole('heading', { name: titulo, level: 1 }).waitFor()
    await pagina.getByRole('link', { name: 'Tarjeta', exact: true }).click()
  }
})

test('[PWA-10] [PWA-25] [PWA-26] from the app’s link: the browser’s own offer is kept back, ours is pressed, and what is installed is not offered', async () => {
  // What Chromium says of a page it would install: its own machinery is out of reach without a window.
  const ofrecer = `(() => {
    const oferta = new Event('beforeinstallprompt', { cancelable: true })
    oferta.prompt = async () => {
      document.documentElement.dataset.preguntado = 'si'
      return { outcome: 'accepted' }
    }
    dispatchEvent(oferta)
    return oferta.defaultPrevented
  })()`
  // From the whole app (PWA-10): whoever follows the link wants it on the home screen.
  await pagina.goto(`${mundo.origen}/cardya-widget/?demo=maria&instalar`)
  await pagina.locator('.codigo').waitFor()
  assert.is(new URL(pagina.url()).search, '')
  const boton = pagina.getByRole('button', { name: 'Instalar', exact: true })
  assert.is(await boton.count(), 0, 'nothing to offer before the browser may')
  assert.ok(await pagina.evaluate(ofrecer), 'the browser’s own offer is kept back')
  await pagina.getByRole('link', { name: 'Puntos', exact: true }).click()
  await boton.waitFor()
  await mundo.foto(pagina, '74-instalar')
  await boton.click()
  await hasta(() => pagina.evaluate(() => document.documentElement.dataset.preguntado === 'si'), 'the browser asks')
  await pagina.evaluate(() => dispatchEvent(new Event('appinstalled')))
  await boton.waitFor({ state: 'detached' })
  assert.match(String(await pagina.evaluate(() => localStorage.getItem('cya-instalar-cardya'))), /"instalada":true/)
})

test('[PWA-23] [PWA-24] the whole app is one tap from the card, by its scheme and then the web, and the card one tap from it', async () => {
  await pagina.goto(`${mundo.origen}/cardya-widget/`)
  await pagina.locator('.codigo').waitFor()
  await pagina.locator('.cabeza__app').click()
  // Not waitForURL: the scheme that nobody answers is a navigation that never ends.
  await hasta(async () => pagina.url() === `${mundo.origen}/`, 'the whole app')
  // In a window of its own: the navigation that never ends keeps this one from another.
  const otra = await mundo.otraPestana()
  await otra.goto(mundo.origen)
  await otra.locator('.ini-puerta--cardya').getByRole('link', { name: /María/ }).click()
  await hasta(async () => new URL(otra.url()).pathname === '/cardya-widget/', 'the card')
  await otra.locator('.codigo').waitFor()
  await otra.close()
})

test('the pages never asked for anything that their own policy forbids', () => {
  assert.equal(
    mundo.errores.filter((texto) => /Content Security Policy|TrustedScript|Trusted Type/.test(texto)),
    [],
  )
})

test.run()
