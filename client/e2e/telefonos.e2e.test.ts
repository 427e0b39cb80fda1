// @timeout 240
/**
 * A card on two phones, and one of them lost (TE1, TE2): the other one takes it away; the till refuses it, also with no network; it forgets the card; the
 * points are the same. And a new nivel, celebrated once (CARD-21).
 */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { leerQrDeImagen } from '../../workers/scanner/testing/leer-qr.ts'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { Mundo } from './lib/mundo.ts'
import { pedir } from './lib/pedir.ts'

const mundo = new Mundo()
const perdido = mundo.otroAparato('perdido')
const mostrador = mundo.otroAparato('caja')
/** The phone that stays with its person. */
let nuevo: Page
let viejo: Page
let caja: CajaEnPantalla
let puntosAntes: unknown

const fase = (de: Page, cual: string) => de.locator(`.chip[data-fase="${cual}"]`).waitFor({ timeout: 60_000 })
async function bien(de: Page, estado: string): Promise<void> {
  await esAccesible(de, estado)
  await cabeEnAngosto(de, estado)
}
async function puntosDeAna(): Promise<unknown> {
  const pedir = async (ruta: string, init: RequestInit) =>
    ((await (await fetch(`${mundo.origen}${ruta}`, init)).json()) as { data: { token: string; negocios: unknown } }).data
  const body = JSON.stringify({ correo: 'ana@example.mx', contrasena: 'Puntos-2026-demo' })
  const { token } = await pedir('/api/auth/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return (await pedir('/api/cardya/mi-tarjeta', { headers: { authorization: `Bearer ${token}` } })).negocios
}

/** Holds this phone before the till's camera: what the demo's stand-in gives is what this plate shows now. */
async function mostrar(telefono: Page): Promise<void> {
  await telefono.bringToFront()
  await telefono.locator('.codigo').waitFor()
  const qr = await leerQrDeImagen(await telefono.locator('.plate').screenshot())
  assert.ok(qr, 'the plate reads')
  await mostrador.contexto.unroute('**/api/demo/qr')
  await mostrador.contexto.route('**/api/demo/qr', (ruta) =>
    ruta.fulfill({ contentType: 'application/json', body: JSON.stringify({ success: true, data: { qr }, message: '' }) }),
  )
  await caja.pagina.bringToFront()
  await caja.aInicio()
  await caja.pagina.getByRole('button', { name: /^Escanear QR/ }).click()
  await caja.pagina.getByRole('button', { name: 'Tarjeta de Ana' }).click()
}
const aceptada = () => caja.pagina.getByRole('button', { name: 'Cobrar', exact: true }).waitFor()
const negada = () => caja.pagina.getByText('Ese teléfono ya no puede usar la tarjeta').waitFor()

test.before(async () => {
  mundo.movimiento = true // of the light over a new nivel
  await mundo.levantarServidor()
  await pedir(`${mundo.origen}/api/demo/qr`, null, { shopper: 'ana' }) // the demo's own phone is one of hers
  nuevo = await mundo.abrirNavegador()
})
test.after(() => mundo.cerrar())

test('two phones show one card, each by itself, and the till takes both', async () => {
  viejo = await perdido.abrirNavegador()
  for (const telefono of [viejo, nuevo]) {
    await telefono.goto(`${mundo.origen}/cardya-widget/?demo=ana`)
    await fase(telefono, 'al_dia')
  }
  caja = new CajaEnPantalla(await mostrador.abrirNavegador())
  await caja.darDeAlta(mundo.origen)
  for (const telefono of [viejo, nuevo]) {
    await mostrar(telefono)
    await aceptada()
  }
  puntosAntes = await puntosDeAna()
})

test('a lost phone is taken away from the other one: its owner is asked once, told what happens, and how it comes back', async () => {
  // Whoever has it keeps it from the network.
  await perdido.contexto.setOffline(true)
  await nuevo.bringToFront()
  await nuevo.locator('.chip').click()
  await nuevo.getByRole('button', { name: 'Mis teléfonos' }).click()
  // The demo's own phone, which the till's stand-in for a camera shows, is one of them.
  await nuevo.locator('[data-telefono]').nth(2).waitFor()
  assert.is(await nuevo.locator('[data-este=true]').count(), 1)
  assert.match(await nuevo.locator('[data-este=true]').innerText(), /Linux · Chrome \d+[\s\S]*Este teléfono/)
  await bien(nuevo, 'the phones')
  await mundo.fotos2(nuevo, 'telefonos-01-lista')
  const otro = nuevo.locator('[data-este=false][data-telefono^=Linux]')
  await otro.getByRole('button', { name: /^Quitar/ }).click()
  await otro.getByText('Su código deja de dar puntos ahora mismo').waitFor()
  await bien(nuevo, 'the question')
  await mundo.fotos2(nuevo, 'telefonos-02-pregunta')
  await otro.getByRole('button', { name: 'Cancelar' }).click()
  assert.is(await nuevo.locator('[data-telefono]').count(), 3)
  await otro.getByRole('button', { name: /^Quitar/ }).click()
  await otro.getByRole('button', { name: 'Sí, quitarlo' }).click()
  await nuevo.getByText('ya no muestra tu tarjeta').waitFor()
  assert.is(await nuevo.locator('[data-telefono]').count(), 2)
  await bien(nuevo, 'taken away')
  await mundo.fotos2(nuevo, 'telefonos-03-quitado')
})

test('the till refuses it once it has been in touch, with the network and without; the other phone goes on; the points are the same', async () => {
  await caja.abrir(mundo.origen)
  await hasta(async () => {
    await mostrar(viejo)
    await Promise.race([aceptada(), negada()])
    return caja.pagina.getByText('Ese teléfono ya no puede usar la tarjeta').isVisible()
  }, 'the till knows')
  await mundo.foto(caja.pagina, 'telefonos-04-caja')
  await mundo.ponerRed(false)
  await mostrar(viejo)
  await negada()
  await nuevo.goto(`${mundo.origen}/cardya-widget/`)
  await mostrar(nuevo)
  await aceptada()
  await mundo.ponerRed(true)
  assert.equal(await puntosDeAna(), puntosAntes)
})

test('the lost phone, back on the network, forgets the card and says so; its person may enter there again', async () => {
  await perdido.contexto.setOffline(false)
  await viejo.reload()
  await viejo.getByText('Este teléfono se quitó de la tarjeta').waitFor({ timeout: 60_000 })
  assert.is(await viejo.locator('.codigo').count(), 0)
  await bien(viejo, 'the phone that was taken away')
  await mundo.foto(viejo, 'telefonos-05-perdido')
  await viejo.goto(`${mundo.origen}/cardya-widget/?demo=ana`)
  await fase(viejo, 'al_dia')
  await mostrar(viejo)
  await aceptada()
})

test('a purchase made without the card is claimed by its ticket: asked once, and its points arrive by themselves', async () => {
  const folio = await caja.vender('250')
  await caja.pagina.getByRole('button', { name: 'Ticket' }).click()
  const ticket = caja.pagina.getByRole('dialog')
  await ticket.locator('.qr-plate svg').waitFor()
  const texto = await leerQrDeImagen(await ticket.locator('.qr-plate').screenshot())
  assert.ok(texto, 'the ticket reads')
  await esAccesible(caja.pagina, 'a ticket')
  await caja.cerrarHoja()
  await nuevo.bringToFront()
  await nuevo.getByRole('link', { name: 'Puntos', exact: true }).click()
  await nuevo.getByRole('link', { name: 'Sumar puntos de un ticket' }).click()
  await nuevo.getByLabel('O pega el texto del código').fill(texto)
  await nuevo.getByRole('button', { name: 'Sumar' }).click()
  const pregunta = nuevo.getByRole('region', { name: '¿Es tuya esta compra?' })
  assert.match(await pregunta.innerText(), new RegExp(`\\$250(\\.00)? en Pizzería Roma[\\s\\S]*${folio}`))
  await bien(nuevo, 'the question of a claim')
  await mundo.fotos2(nuevo, 'telefonos-07-reclamar')
  await pregunta.getByRole('button', { name: 'Sí, es mía' }).click()
  await nuevo.locator('[data-reclamo=listo]').waitFor({ timeout: 60_000 })
  await bien(nuevo, 'a claim that was heard')
  await mundo.fotos2(nuevo, 'telefonos-08-reclamada')
  await nuevo.getByRole('button', { name: 'Ver mis puntos' }).click()
  // $250 at $10 a point and plata: 31.
  await nuevo.locator('[data-movimiento=ganado]').filter({ hasText: '+31' }).waitFor()
})

test('CARD-21: a new nivel is celebrated once, over a code that still reads, and not again after a reload', async () => {
  await nuevo.bringToFront()
  await nuevo.goto(`${mundo.origen}/cardya-widget/`)
  await fase(nuevo, 'al_dia')
  // As the stream would leave it when the points of yesterday settle.
  const subir = `new Promise((listo) => {
    indexedDB.open('cardya').onsuccess = ({ target: { result: db } }) => {
      const notas = db.transaction('notas', 'readwrite').objectStore('notas')
      notas.get('foto').onsuccess = ({ target: { result: foto } }) => {
        notas.put({ ...foto, leidosHasta: 0, subida: { nivel: 'plata', at: Date.now() - 60_000 } }, 'foto')
        notas.transaction.oncomplete = () => (db.close(), listo(null))
      }
    }
  })`
  await mundo.contexto.setOffline(true)
  const quedo = `new Promise((listo) => {
    indexedDB.open('cardya').onsuccess = ({ target: { result: db } }) => {
      const pedida = db.transaction('notas').objectStore('notas').get('foto')
      pedida.onsuccess = () => (db.close(), listo(pedida.result.subida?.nivel === 'plata'))
    }
  })`
  // What was under way writes the snapshot too: once it is quiet, this one stays.
  await hasta(async () => {
    await nuevo.evaluate(subir)
    await nuevo.waitForTimeout(1_000)
    return (await nuevo.evaluate(quedo)) === true
  }, 'the snapshot is quiet')
  await nuevo.reload()
  await nuevo.locator('[data-celebracion=plata]').waitFor()
  assert.match(await nuevo.locator('.celebracion').innerText(), /¡Ya eres Plata!\s*Desde hoy ganas 1.25x en cada compra/)
  assert.ok(await leerQrDeImagen(await nuevo.locator('.plate').screenshot()), 'the code reads under the light')
  await mundo.fotos2(nuevo, 'telefonos-06-nivel')
  await nuevo.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => null))).then(() => null))
  await bien(nuevo, 'a new nivel')
  await nuevo.getByRole('button', { name: '¡Gracias!' }).click()
  assert.is(await nuevo.locator('[data-celebracion]').count(), 0)
  await nuevo.evaluate(subir)
  await nuevo.reload()
  await nuevo.locator('.codigo').waitFor()
  assert.is(await nuevo.locator('[data-celebracion]').count(), 0)
  await mundo.contexto.setOffline(false)
})

test.run()
