// @timeout 240
/**
 * Notices on a shopper's phone (SCAN-25, CARD-21): a sale at a till is an unread notice, the list says it also without network, what is read stays read;
 * a push reaches the service worker and is shown. The browser's own push service is out of reach here: the push is handed to the worker as the browser would.
 */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { leerQrDeImagen } from '../../workers/scanner/testing/leer-qr.ts'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { hasta } from './lib/caja.ts'
import { MostradorEnLinea } from './lib/mostrador-en-linea.ts'
import { Mundo } from './lib/mundo.ts'
import { pedir } from './lib/pedir.ts'

/** FULL=1: also in the other theme. */
const COMPLETO = process.env.FULL === '1'
const mundo = new Mundo()
let pagina: Page

const fase = (cual: string) => pagina.locator(`.chip[data-fase="${cual}"]`).waitFor({ timeout: 60_000 })
const renglones = () => pagina.locator('[data-aviso]')
const sinLeer = (cuantos: number) => pagina.locator(`.campana[data-sin-leer="${cuantos}"]`).waitFor()
async function bien(estado: string): Promise<void> {
  await esAccesible(pagina, estado)
  await cabeEnAngosto(pagina, estado)
}
let deJuan: string | undefined
async function comoJuan<T>(camino: string): Promise<T> {
  const cuerpo = { correo: 'juan@example.mx', contrasena: 'Puntos-2026-demo' }
  deJuan ??= (await pedir<{ token: string }>(`${mundo.origen}/api/auth/login`, null, cuerpo)).token
  return pedir<T>(`${mundo.origen}${camino}`, deJuan)
}

test.before(async () => {
  mundo.entorno = { DEMO_DIAS: '2' }
  await mundo.levantarServidor()
  pagina = await mundo.abrirNavegador()
})
test.after(() => mundo.cerrar())

test('what there was before the phone is in the list and no news', async () => {
  await pagina.goto(`${mundo.origen}/cardya-widget/?demo=juan`)
  await fase('al_dia')
  await pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await sinLeer(0)
  await bien('the card with its bell')
  await pagina.getByRole('link', { name: 'Avisos', exact: true }).click()
  await renglones().first().waitFor()
  assert.is(await pagina.locator('[data-nueva="true"]').count(), 0)
  await pagina.locator('[data-push="apagado"]').waitFor()
  await bien('the notices')
  await mundo.fotos2(pagina, 'avisos-01-lista')
})

test('SCAN-25: a sale at the till is one notice on the phone, unread until it is opened, and read everywhere then', async () => {
  await pagina.getByRole('link', { name: 'Volver' }).click()
  await pagina.locator('.codigo').waitFor()
  const qr = await leerQrDeImagen(await pagina.locator('.plate').screenshot())
  await (await MostradorEnLinea.abrir(mundo.origen)).vender(qr ?? '', 500)
  await sinLeer(1)
  await mundo.foto(pagina, 'avisos-02-campana')
  await pagina.getByRole('link', { name: 'Avisos: 1 sin leer' }).click()
  const nuevo = pagina.locator('[data-nueva="true"]')
  await nuevo.waitFor()
  assert.match(await nuevo.innerText(), /^\+\d+ puntos\s+Ganaste \d+ puntos en Pizzería Roma\.\s+Hoy/)
  await bien('an unread notice')
  await mundo.fotos2(pagina, 'avisos-03-sin-leer')
  await pagina.getByRole('link', { name: 'Volver' }).click()
  await sinLeer(0)
  await hasta(async () => (await comoJuan<{ sinLeer: number }>('/api/cardya/notificaciones')).sinLeer === 0, 'the server knows it was read')
})

test('what to be told of is the shopper’s choice, kept by the server', async () => {
  await pagina.getByRole('link', { name: 'Avisos', exact: true }).click()
  await pagina.getByText('Qué quieres que te avisemos').click()
  await pagina.getByLabel(/Cupones/).uncheck()
  const preferencias = () => comoJuan<Record<string, boolean>>('/api/cardya/notificaciones/preferencias')
  await hasta(async () => (await preferencias()).cupones === false, 'the server keeps it')
  assert.equal(await preferencias(), { puntos: true, nivel: true, canjes: true, cupones: false })
  await bien('the preferences')
  await mundo.fotos2(pagina, 'avisos-04-preferencias')
  if (!COMPLETO) return
  await pagina.emulateMedia({ colorScheme: 'dark' })
  await bien('the preferences in the dark')
  await mundo.fotos2(pagina, 'avisos-04-preferencias-oscuro')
  await pagina.emulateMedia({ colorScheme: 'light' })
})

test('a browser that says no is told how to change its mind, and nobody is asked', async () => {
  await pagina.locator('.llegada .toast').waitFor({ state: 'detached' })
  await mundo.contexto.grantPermissions([], { origin: mundo.origen })
  await pagina.reload()
  await pagina.locator('[data-push="negado"]').waitFor()
  await bien('notices that the browser blocks')
  await mundo.foto(pagina, 'avisos-07-negado')
  await mundo.contexto.clearPermissions()
})

test('a push is shown by the card’s worker, once however often it comes', async () => {
  await mundo.contexto.grantPermissions(['notifications'], { origin: mundo.origen })
  const cdp = await mundo.contexto.newCDPSession(pagina)
  const registrada = new Promise<string>((listo) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const suya = registrations.find(({ scopeURL }) => scopeURL.endsWith('/cardya-widget/'))
      if (suya) listo(suya.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  const registrationId = await registrada
  const data = JSON.stringify({ id: 'historial:1', titulo: '+75 puntos', cuerpo: 'Ganaste 75 puntos en Pizzería Roma.', ir: '#puntos' })
  const mostradas = () =>
    pagina.evaluate(async () => {
      const registro = await navigator.serviceWorker.ready
      return (await registro.getNotifications()).map(({ title, body, tag, data }) => [title, body, tag, data.ir])
    })
  for (let vez = 0; vez < 2; vez++) await cdp.send('ServiceWorker.deliverPushMessage', { origin: mundo.origen, registrationId, data })
  await hasta(async () => (await mostradas()).length > 0, 'the notification is shown')
  assert.equal(await mostradas(), [['+75 puntos', 'Ganaste 75 puntos en Pizzería Roma.', 'historial:1', '#puntos']])
  await cdp.detach()
})

test('without network and without server the list is there, with what was told', async () => {
  await renglones().first().waitFor()
  const antes = await renglones().count()
  await mundo.quitarServidor()
  await mundo.contexto.setOffline(true)
  await pagina.reload()
  await renglones().first().waitFor()
  assert.is(await renglones().count(), antes)
  await fase('sin_conexion')
  await pagina.getByText('Sin conexión: ves los avisos que ya llegaron.').waitFor()
  await bien('the notices offline')
  await mundo.fotos2(pagina, 'avisos-05-sin-conexion')
})

test.run()
