// @timeout 300
/**
 * The two faces end to end: a shopper's phone, two tills, and a server that goes away between them. The QR is the one a real CardYA page draws without
 * network; it goes through the cameras as pixels; both tills sell with it; a browser dies the moment it said "registrada"; somebody is deactivated and a
 * clock is set back meanwhile. At the end the shopper, the tills and the ledger say what the rules give by hand.
 */
import { join } from 'node:path'
import type { Page, Worker } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { leerQrDeImagen } from '../../workers/scanner/testing/leer-qr.ts'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { CamaraFalsa } from './lib/camara-falsa.ts'
import { darDeBajaA, leerLedger, type VentaDelLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'

const UN_DIA_MS = 86_400_000
/** Of Pizzería Roma: a point for each $10; Juan is oro, María bronce. */
const puntosDe = (monto: number, veces: number): number => Math.floor(Math.floor(monto / 10) * veces)
const JUAN = 1.5
const MARIA = 1

const mundo = new Mundo()
const camara = new CamaraFalsa(join(mundo.carpeta, 'camara.y4m'))
/** The first till is the world's own browser; both look at the same phone. */
const segunda = mundo.otroAparato('segunda-caja')
const telefono = mundo.otroAparato('telefono')
for (const aparato of [mundo, segunda]) aparato.argumentos = camara.argumentos
let primera: CajaEnPantalla
let otra: CajaEnPantalla
let tarjeta: Page
let mostrado: string
const vendido = { enPrimera: [] as string[], enSegunda: [] as string[] }

test.before(async () => {
  await mundo.levantarServidor()
  primera = new CajaEnPantalla(await mundo.abrirNavegador())
  await primera.darDeAlta(mundo.origen, 'carlos')
  otra = new CajaEnPantalla(await segunda.abrirNavegador())
  await otra.darDeAlta(mundo.origen, 'lucia')
  tarjeta = await telefono.abrirNavegador()
})
test.after(() => mundo.cerrar())

const fase = (pagina: Page, cual: string) => pagina.locator(`.chip[data-fase="${cual}"]`).waitFor({ timeout: 60_000 })

/** What the card shows, as pixels, and what they say. */
async function fotoDelQr(): Promise<{ pixeles: Buffer; texto: string }> {
  await tarjeta.locator('.codigo').waitFor()
  const pixeles = await tarjeta.locator('.plate').screenshot()
  const texto = await leerQrDeImagen(pixeles)
  assert.ok(texto, 'the plate shows a QR that reads')
  return { pixeles, texto }
}

async function puntosEnLaTarjeta(cuantos: number, dicho: RegExp): Promise<void> {
  await tarjeta.getByRole('link', { name: 'Puntos', exact: true }).click()
  const negocio = tarjeta.locator('[data-negocio="Pizzería Roma"]')
  await hasta(
    async () =>
      (await negocio
        .locator('.pts')
        .innerText({ timeout: 1_000 })
        .catch(() => '')) === String(cuantos) && dicho.test(await negocio.innerText()),
    `${cuantos} points and ${dicho} on the card`,
  )
}

/** Where the tills and the phone are, there is no network; the machine of the server is off as well. */
async function sinRed(): Promise<void> {
  await mundo.quitarServidor()
  for (const aparato of [mundo, segunda, telefono]) await aparato.navegador?.setOffline(true)
}

test('a shopper enters on a phone, and the card is there', async () => {
  await tarjeta.goto(`${mundo.origen}/cardya-widget/`)
  await tarjeta.getByLabel('Correo').fill('juan@example.mx')
  await tarjeta.getByLabel('Contraseña').fill('Puntos-2026-demo')
  await tarjeta.keyboard.press('Enter')
  await tarjeta.locator('.tarjeta--oro').waitFor()
  await fase(tarjeta, 'al_dia')
  await tarjeta.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
})

test('[R2] no network anywhere: the phone draws a QR, two tills sell with it, one dies right after “¡Venta registrada!”', async () => {
  await sinRed()
  await tarjeta.reload()
  const { pixeles, texto } = await fotoDelQr()
  mostrado = texto
  camara.mostrarPixeles(pixeles)
  const enPrimera = async () => {
    vendido.enPrimera.push(await primera.venderConCamara('500'))
    await mundo.matarNavegador()
  }
  await Promise.all([enPrimera(), otra.venderConCamara('200').then((folio) => vendido.enSegunda.push(folio))])
  await otra.pagina.getByText('Falta enviarla al servidor').waitFor()
  await mundo.foto(otra.pagina, '80-vendida-sin-red')
  camara.quitar()
})

test('[PWA-07, PWA-12] airplane mode, cold: the till opens with its sale and its cashier, the card with a new QR', async () => {
  await telefono.cerrarNavegador()
  await segunda.matarNavegador()
  primera = new CajaEnPantalla(await mundo.abrirNavegador())
  tarjeta = await telefono.abrirNavegador()
  for (const aparato of [mundo, telefono]) await aparato.contexto.setOffline(true)
  await primera.abrir(mundo.origen)
  assert.equal(await primera.lista(), [{ folio: vendido.enPrimera[0], aspecto: 'aqui' }])
  await tarjeta.goto(`${mundo.origen}/cardya-widget/`)
  assert.is.not((await fotoDelQr()).texto, mostrado)
  await fase(tarjeta, 'sin_conexion')
})

test('the network is back: the first till is credited, and the shopper sees the points once', async () => {
  await mundo.levantarServidor()
  for (const aparato of [mundo, telefono]) await aparato.contexto.setOffline(false)
  await primera.hastaQueTodo('servidor', 1)
  await primera.hastaLaFase('al_dia')
  const puntos = puntosDe(500, JUAN)
  assert.equal((await ventas(vendido.enPrimera)).map(resumida), [[vendido.enPrimera[0], 500, 'Juan', puntos, true]])
  await puntosEnLaTarjeta(puntos, /^(?!.*retenid)/s)
  assert.is(await tarjeta.locator('[data-movimiento]').count(), 1)
  await mundo.foto(tarjeta, '81-puntos')
})

test('[R10, EMP-19] a cashier is deactivated while her till is away, and sells on; [R11] a clock is set back, and so does its till', async () => {
  const qr = await qrDeMaria()
  await darDeBajaA(mundo.origen, 'lucia')
  await sinRed()
  otra = new CajaEnPantalla(await segunda.abrirNavegador())
  await segunda.contexto.setOffline(true)
  await otra.abrir(mundo.origen)
  camara.mostrar(qr)
  vendido.enSegunda.push(await otra.venderConCamara('120'))

  await abrirConElRelojAtrasado(primera, UN_DIA_MS)
  vendido.enPrimera.push(await primera.vender('80'), await primera.vender('90'))
})

test('back again: nothing is lost, each held sale says why, and who was deactivated is out', async () => {
  await mundo.levantarServidor()
  for (const aparato of [mundo, segunda]) await aparato.contexto.setOffline(false)
  await otra.pagina.getByText('¿Quién está en caja?').waitFor({ timeout: 60_000 })
  assert.is(await otra.pagina.getByRole('radio', { name: /@lucia/ }).count(), 0)
  await fase(otra.pagina, 'atencion')
  await otra.abrirLoQueFalta()
  const hoja = otra.pagina.getByRole('dialog')
  for (const motivo of ['QR repetido', 'Cajero dado de baja']) await hoja.getByText(motivo).waitFor()
  await esAccesible(otra.pagina, 'two sales that are held')
  await cabeEnAngosto(otra.pagina, 'two sales that are held')
  await mundo.foto(otra.pagina, '82-lo-que-falta')
  await primera.hastaQueTodo('servidor', 3)
  assert.equal(
    (await primera.lista()).map(({ folio }) => folio),
    vendido.enPrimera.toReversed(),
    'of today, each after the one before it',
  )
  await mundo.foto(primera.pagina, '84-reloj')
})

test('shopper, tills and ledger agree with what the rules give by hand', async () => {
  const [a, b, c] = vendido.enPrimera
  const [repetida, deBaja] = vendido.enSegunda
  const enElLedger = await ventas([...vendido.enPrimera, ...vendido.enSegunda])
  assert.equal(
    enElLedger.map(resumida).sort(),
    [
      [a, 500, 'Juan', puntosDe(500, JUAN), true],
      [b, 80, null, 0, false],
      [c, 90, null, 0, false],
      [repetida, 200, 'Juan', puntosDe(200, JUAN), false],
      [deBaja, 120, 'María', puntosDe(120, MARIA), false],
    ].sort(),
  )
  const horas = vendido.enPrimera.map((folio) => enElLedger.find((v) => v.folio === folio)?.effAt ?? 0)
  assert.equal(horas, horas.toSorted(), 'time does not go back in a till')
  await telefono.contexto.setOffline(false)
  await puntosEnLaTarjeta(puntosDe(500, JUAN), new RegExp(`${puntosDe(200, JUAN)} `))
  await mundo.foto(tarjeta, '83-puntos-retenidos')
  await esAccesible(tarjeta, 'points that are held')
})

test('no page asked for anything that its own policy forbids', () => {
  const todos = [mundo, segunda, telefono].flatMap(({ errores }) => errores)
  assert.equal(
    todos.filter((error) => /Content Security Policy|Trusted/i.test(error)),
    [],
  )
})

const resumida = (v: VentaDelLedger) => [v.folio, v.monto, v.cliente?.split(' ')[0] ?? null, v.puntosOtorgados, v.acreditada]

/** Of the ledger, as many as there are of these folios: one that is there twice shows. */
async function ventas(folios: string[]): Promise<VentaDelLedger[]> {
  return (await leerLedger(mundo.origen)).filter(({ folio }) => folios.includes(folio))
}

async function qrDeMaria(): Promise<string> {
  const respuesta = await fetch(`${mundo.origen}/api/demo/qr`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shopper: 'maria' }),
  })
  return ((await respuesta.json()) as { data: { qr: string } }).data.qr
}

/**
 * The till is opened again with its clock set back: in the page, and in the worker that keeps the journal before its own code begins. When that code was
 * quicker, the page is opened once more.
 */
async function abrirConElRelojAtrasado(caja: CajaEnPantalla, ms: number): Promise<void> {
  const { pagina } = caja
  const atrasar = `{
    const real = Date.now
    self.preguntas = 0
    Date.now = function atrasado() { self.preguntas++; return real() - ${ms} }
  }`
  // The worker takes its clock when the page tells it to begin: that waits until the hand was on it.
  const despacio = `{
    const mandar = Worker.prototype.postMessage
    Worker.prototype.postMessage = function (dato, ...mas) {
      setTimeout(() => mandar.call(this, dato, ...mas), dato?.replica === 'iniciar' ? 1500 : 0)
    }
  }`
  await pagina.addInitScript({ content: atrasar + despacio })
  for (let veces = 0; veces < 5; veces++) {
    const atrasados = new Map<Worker, Promise<unknown>>()
    const alNacer = (obrero: Worker) => void atrasados.set(obrero, obrero.evaluate(atrasar))
    pagina.on('worker', alNacer)
    await pagina.reload()
    await pagina.locator('.chip').waitFor()
    pagina.off('worker', alNacer)
    const obrero = await caja.obrero()
    await atrasados.get(obrero)
    // The worker puts a clock of its own over the one it found as it began: that one must be ours.
    const loEsta = () => obrero.evaluate('{ const n = self.preguntas; Date.now(); Date.now.name !== "atrasado" && self.preguntas > n }')
    if (atrasados.has(obrero) && (await loEsta())) return
  }
  throw new Error('the worker never began with the clock set back')
}

test.run()
