// @full
// @timeout 240
import { join } from 'node:path'
import type { Page, Worker } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { leerQrDeImagen } from '../../workers/scanner/testing/leer-qr.ts'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { CamaraFalsa } from './lib/camara-falsa.ts'
import { Mundo } from './lib/mundo.ts'
import { entrar, pedir } from './lib/pedir.ts'

const mundo = new Mundo()
const camara = new CamaraFalsa(join(mundo.carpeta, 'camara.y4m'))
mundo.argumentos = camara.argumentos
let pagina: Page

test.after(() => mundo.cerrar())

/** What the phone of a demo shopper would show now. */
async function qrDe(shopper: string): Promise<string> {
  const respuesta = await fetch(`${mundo.origen}/api/demo/qr`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shopper }),
  })
  const { data } = (await respuesta.json()) as { data: { qr: string } | null }
  assert.ok(data, `the demo’s phone of ${shopper} answers, status ${respuesta.status}`)
  return data.qr
}

/** On the phone of a demo shopper, in another tab: the QR of a cupón that they keep first. */
async function qrDeCupon(shopper: string, codigo: string): Promise<string> {
  const telefono = await mundo.otraPestana()
  await telefono.goto(`${mundo.origen}/cardya-widget/?demo=${shopper}`)
  await telefono.locator('.codigo').waitFor()
  const token = await entrar(mundo.origen, `${shopper}@example.mx`, 'Puntos-2026-demo')
  const cupon = await pedir<{ negocioId: string; cupon: { cuponId: string } }>(
    `${mundo.origen}/api/negocios/publico/pizzeria-roma/cupones/${codigo}`,
  )
  await pedir(`${mundo.origen}/api/cardya/cupones/${cupon.cupon.cuponId}/guardar`, token, { negocioId: cupon.negocioId })
  await telefono.getByRole('link', { name: 'Cupones', exact: true }).click()
  await telefono
    .locator(`[data-cupon=${codigo}]`)
    .getByRole('link', { name: /^Ver QR/ })
    .click()
  await telefono.locator('.vale .codigo').waitFor()
  const qr = await leerQrDeImagen(await telefono.locator('.vale__placa').screenshot())
  await telefono.close()
  assert.ok(qr, 'the phone shows a QR that reads')
  return qr
}

async function escanear(): Promise<void> {
  await pagina.goto(`${mundo.origen}/scanya-widget/escanear`)
  await pagina.locator('.lector[data-fase="viendo"]').waitFor()
}
const clienteIdentificado = () => pagina.waitForURL(/\/scanya-widget\/cliente/)

/** Keeps the tracks of every camera the page is given. As text: what compiles this file would add helpers that the page does not have. */
const ANOTAR_CAMARAS = `
  const pistas = []
  window.camarasVivas = () => pistas.filter((pista) => pista.readyState === 'live').length
  const pedir = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (deseos) => {
    const flujo = await pedir(deseos)
    pistas.push(...flujo.getTracks())
    return flujo
  }`
const camarasVivas = () => pagina.evaluate(() => (window as unknown as { camarasVivas: () => number }).camarasVivas())

/** A browser without a window shows all its pages always; what it would say when one is covered is said for it. */
const verLaPagina = (seVe: boolean) =>
  pagina.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, !seVe)

const esElEscaner = (worker: Worker) => worker.evaluate(() => self.name === 'escaner').catch(() => false)

test('[SCAN-09, SCAN-14] a card held before the camera is its client, and the camera is let go', async () => {
  await mundo.levantarServidor()
  pagina = await mundo.abrirNavegador()
  await mundo.contexto.addInitScript({ content: ANOTAR_CAMARAS })
  await new CajaEnPantalla(pagina).darDeAlta(mundo.origen)
  await escanear()
  assert.is(await camarasVivas(), 1)
  await mundo.fotos2(pagina, 'escanear')
  await esAccesible(pagina, 'the camera')
  await cabeEnAngosto(pagina, 'the camera')

  camara.mostrar(await qrDe('juan'))
  await clienteIdentificado()
  assert.is(await camarasVivas(), 0)
  const prohibidos = mundo.errores.filter((error) => /Content Security Policy|Trusted/i.test(error))
  assert.equal(prohibidos, [], 'the decoder and its worker are what the policy allows')
})

test('a page nobody sees lets go of the camera, and opens it again when it is seen', async () => {
  camara.quitar()
  await escanear()
  await verLaPagina(false)
  await pagina.locator('.lector[data-fase="dormida"]').waitFor()
  assert.is(await camarasVivas(), 0)
  await verLaPagina(true)
  await pagina.locator('.lector[data-fase="viendo"]').waitFor()
  assert.is(await camarasVivas(), 1)
  camara.mostrar(await qrDe('maria'))
  await clienteIdentificado()
})

test('SCAN-26, CUP-11: the QR of a cupón held before the camera is the cupón and its client at once', async () => {
  camara.quitar()
  const qr = await qrDeCupon('juan', 'ROMA10')
  await escanear()
  camara.mostrar(qr)
  await pagina.waitForURL(/\/scanya-widget\/cupon/)
  await pagina.getByText('Cupón válido').waitFor()
  const hallado = await pagina.locator('.hallado').innerText()
  for (const dicho of ['10 % para quien regresa', '−10%', 'Compra mínima $150'])
    assert.ok(hallado.includes(dicho), `${dicho} in ${hallado}`)
  assert.is(await camarasVivas(), 0)
  await pagina.getByRole('button', { name: 'Aplicar cupón' }).click()
  await pagina.getByRole('button', { name: /^Revisar/ }).waitFor()
})

test('a scanner that dies while it looks is started again', async () => {
  camara.quitar()
  await escanear()
  const suyos: Worker[] = []
  for (const worker of pagina.workers()) if (await esElEscaner(worker)) suyos.push(worker)
  assert.is(suyos.length, 1)
  await suyos[0]?.evaluate(() => self.close()).catch(() => {})
  camara.mostrar(await qrDe('juan'))
  await clienteIdentificado()
})

test('what is not a card is refused in words, the picture goes on, and the next card is read without a touch', async () => {
  camara.mostrar('HTTPS://EXAMPLE.MX/MENU')
  await escanear()
  await pagina.getByRole('alert').waitFor()
  assert.is(await leerQrDeImagen(await pagina.screenshot()), 'HTTPS://EXAMPLE.MX/MENU')
  await esAccesible(pagina, 'a code that was refused')
  camara.mostrar(await qrDe('ana'))
  await clienteIdentificado()
})

test('with the server away and the page opened cold, a card is read from what the device keeps', async () => {
  camara.quitar()
  const qr = await qrDe('maria')
  await mundo.quitarServidor()
  await mundo.matarNavegador()
  pagina = await mundo.abrirNavegador()
  await escanear()
  camara.mostrar(qr)
  await clienteIdentificado()
})

/** The same device with other cameras, on the screen that scans. */
async function otroNavegador(argumentos: string[]): Promise<void> {
  await mundo.navegador?.close()
  mundo.argumentos = argumentos
  pagina = await mundo.abrirNavegador()
  await pagina.goto(`${mundo.origen}/scanya-widget/escanear`)
}
const camaraEnUso = () =>
  pagina.evaluate(() => {
    const flujo = document.querySelector('video')?.srcObject
    return flujo instanceof MediaStream ? (flujo.getVideoTracks()[0]?.getSettings().deviceId ?? null) : null
  })

test('a device without a camera says so, and the numbers can be typed', async () => {
  await otroNavegador([])
  await pagina.getByText('Este equipo no tiene cámara').waitFor()
  await pagina.getByLabel('Tarjeta, 8 dígitos').waitFor()
  await mundo.fotos2(pagina, 'escanear-sin-camara')
  await esAccesible(pagina, 'no camera')
  await cabeEnAngosto(pagina, 'no camera')
  await pagina.getByRole('button', { name: 'Intentar otra vez' }).click()
  await pagina.getByText('Este equipo no tiene cámara').waitFor()
})

test('with two cameras the other one is a touch away, and this device remembers it', async () => {
  await otroNavegador(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=2'])
  const lector = pagina.locator('.lector[data-fase="viendo"]')
  await lector.waitFor()
  const antes = await camaraEnUso()
  await pagina.getByRole('button', { name: 'Cambiar cámara' }).click()
  await hasta(async () => ![null, antes].includes(await camaraEnUso()), 'the other camera')
  const despues = await camaraEnUso()
  await pagina.reload()
  await lector.waitFor()
  assert.is(await camaraEnUso(), despues)
  await esAccesible(pagina, 'two cameras')
})

test('a camera that is not allowed says so and what to do', async () => {
  await otroNavegador(['--use-fake-device-for-media-stream', '--deny-permission-prompts'])
  await pagina.getByText('La cámara no tiene permiso').waitFor()
  await pagina.getByText('Toca el candado').waitFor()
})

test.run()
