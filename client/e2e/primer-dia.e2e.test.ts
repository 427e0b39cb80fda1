// @timeout 300
/**
 * A shopper's first days as one story: from the link to a card of her own, the first points, and plata once they have settled (CARD-06, 16, 21). What she
 * shows at the counter is the QR that her page drew; the nights pass on the server's clock and on her phone's.
 */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importarPublica } from '../../schema/core/firma.ts'
import { type QrVerificado, verificarQr } from '../../schema/domain/tarjetas/qr.ts'
import { leerQrDeImagen } from '../../workers/scanner/testing/leer-qr.ts'
import { hasta } from './lib/caja.ts'
import { MostradorEnLinea } from './lib/mostrador-en-linea.ts'
import { Mundo } from './lib/mundo.ts'
import { entrar, pedir } from './lib/pedir.ts'

const ROMA = 'Pizzería Roma'
const ELENA = { correo: 'elena.rios@example.mx', contrasena: 'mi gato duerme' }
/** A night: what was bought the day before has settled (24 h). */
const NOCHE_MS = 25 * 3_600_000
/** In pesos, at a point for each $10: a lunch and a wedding, then what is missing to plata and not a peso more. */
const PRIMERA = 185
const BODA = 45_000
const SEGUNDO_DIA = 4_825
const puntosDe = (monto: number): number => Math.floor(monto / 10)
const DEL_PRIMER_DIA = puntosDe(PRIMERA) + puntosDe(BODA)
const PLATA = 5_000

const mundo = new Mundo()
mundo.saltoDelReloj = NOCHE_MS
// Nights pass in a moment here: a copy of the database each of them shows nothing.
mundo.entorno = { BACKUP_DIR: '0' }
let pagina: Page
let llaves: Map<number, CryptoKey>
let cardId: string
let mostrador: MostradorEnLinea
let noches = 0

const en = (camino = '') => `${mundo.origen}/cardya-widget/${camino}`
const fase = (cual: string) => pagina.locator(`.chip[data-fase="${cual}"]`).waitFor()
const ir = (seccion: string) => pagina.getByRole('link', { name: seccion, exact: true }).click()
const numero = (n: number) => n.toLocaleString('es-MX')

/** What the plate shows, as a camera sees it. */
async function placa(): Promise<string> {
  await pagina.locator('.codigo').waitFor()
  const texto = await leerQrDeImagen(await pagina.locator('.plate').screenshot())
  assert.ok(texto, 'the plate shows a QR that reads')
  return texto
}
async function verificada(): Promise<QrVerificado> {
  const qr = await verificarQr(await placa(), llaves)
  assert.ok(qr, 'its signatures are good')
  assert.is(qr.cardId, cardId)
  return qr
}

/** She shows the card at the counter; a code counts once, so it is drawn anew. */
async function comprar(monto: number): Promise<void> {
  await mostrador.vender(await placa(), monto)
  await pagina.reload()
}
async function puntosEnPantalla(cuantos: number): Promise<void> {
  await ir('Puntos')
  await pagina.locator(`[data-negocio="${ROMA}"] .pts`, { hasText: new RegExp(`^${numero(cuantos)}$`) }).waitFor()
}
/** Of her whole life, settled; and the nivel they make. */
async function deVida(cuantos: number, nivel: string): Promise<void> {
  await ir('Puntos')
  await pagina.locator('.life', { hasText: new RegExp(`${numero(cuantos)} puntos.*${nivel}`, 's') }).waitFor()
}

/** The next day: on the server, where so many points are settled by then, and on the phone when the card is opened again. */
async function otroDia(deVida: number): Promise<void> {
  await pagina.goto('about:blank')
  await mundo.saltarElReloj()
  mostrador = await MostradorEnLinea.abrir(mundo.origen)
  const token = await entrar(mundo.origen, ELENA.correo, ELENA.contrasena)
  const asentados = async () => (await pedir<{ puntosLifetime: number }>(`${mundo.origen}/api/cardya/mi-tarjeta`, token)).puntosLifetime
  // The job that settles may have been at it when the night began: then it comes round in a minute.
  await hasta(async () => (await asentados()) === deVida, `${deVida} settled points`, 90_000)
  noches++
  await pagina.addInitScript(adelantar(NOCHE_MS))
  await pagina.goto(en())
}
const adelantar = (ms: number) => `{ const antes = Date.now; Date.now = () => antes() + ${ms} }`

test.before(async () => {
  await mundo.levantarServidor()
  mostrador = await MostradorEnLinea.abrir(mundo.origen)
  pagina = await mundo.abrirNavegador()
})
test.after(() => mundo.cerrar())

test('CARD-23: from the link to a card of her own: she makes it, the phone installs it, and the empty views say what to do', async () => {
  await pagina.goto(en('?instalar'))
  await pagina.getByRole('button', { name: /Primera vez/ }).click()
  await pagina.getByLabel('Nombre').fill('Elena')
  await pagina.getByLabel('Apellidos').fill('Ríos')
  await pagina.getByLabel('Correo').fill(ELENA.correo)
  await pagina.getByLabel('Contraseña').fill(ELENA.contrasena)
  await pagina.getByRole('button', { name: 'Crear mi tarjeta' }).click()
  await pagina.locator('.tarjeta--bronce').waitFor()
  await fase('al_dia')
  const token = await entrar(mundo.origen, ELENA.correo, ELENA.contrasena)
  const suya = await pedir<{ cardId: string; llaves: { kid: number; publica: string }[] }>(`${mundo.origen}/api/cardya/qr`, token)
  cardId = suya.cardId
  llaves = new Map(await Promise.all(suya.llaves.map(async ({ kid, publica }) => [kid, await importarPublica(publica)] as const)))
  assert.is((await verificada()).nivel, 'bronce')
  await mundo.foto(pagina, 'primer-01-tarjeta')

  // What Chromium says of a page it would install: its own machinery is out of reach without a window.
  await pagina.evaluate(`(() => {
    const oferta = new Event('beforeinstallprompt', { cancelable: true })
    oferta.prompt = async () => (dispatchEvent(new Event('appinstalled')), { outcome: 'accepted' })
    dispatchEvent(oferta)
  })()`)
  await ir('Puntos')
  await pagina.getByText('Muestra tu código al pagar. Los puntos llegan solos, negocio por negocio.').waitFor()
  await mundo.foto(pagina, 'primer-02-vacia')
  const instalar = pagina.getByRole('button', { name: 'Instalar', exact: true })
  await instalar.click()
  await instalar.waitFor({ state: 'detached' })
  await ir('Avisos')
  await pagina.getByText('Todavía no hay avisos').waitFor()
  await pagina.goto(en())
})

test('PWA-06: the first purchase: the points arrive on the card she is looking at, and are a notice', async () => {
  await mostrador.vender(await placa(), PRIMERA)
  await pagina.locator('.llegada', { hasText: `+${puntosDe(PRIMERA)} puntos en ${ROMA}` }).waitFor()
  await mundo.foto(pagina, 'primer-03-llegaron')
  await pagina.locator('.campana[data-sin-leer="1"]').waitFor()
  await puntosEnPantalla(puntosDe(PRIMERA))
  await ir('Tarjeta')
})

test('CARD-20: what she buys counts for the nivel a day later, and not before', async () => {
  await pagina.reload()
  await comprar(BODA)
  await puntosEnPantalla(DEL_PRIMER_DIA)
  await deVida(0, 'Bronce')
  await otroDia(DEL_PRIMER_DIA)
  await deVida(DEL_PRIMER_DIA, 'Bronce')
  await ir('Tarjeta')
  await comprar(SEGUNDO_DIA)
  await puntosEnPantalla(PLATA)
  await deVida(DEL_PRIMER_DIA, 'Bronce')
  assert.is(await pagina.locator('[data-celebracion]').count(), 0)
})

test('CARD-16, CARD-21: with 5,000 settled points the card is plata: celebrated once, a notice, and the code says it', async () => {
  await otroDia(PLATA)
  await pagina.locator('[data-celebracion=plata]').waitFor()
  assert.match(await pagina.locator('.celebracion').innerText(), /¡Ya eres Plata!\s*Desde hoy ganas 1.25x en cada compra/)
  await pagina.locator('.tarjeta--plata').waitFor()
  await mundo.foto(pagina, 'primer-04-plata')
  await pagina.getByRole('button', { name: '¡Gracias!' }).click()
  await pagina.locator('[data-celebracion]').waitFor({ state: 'detached' })
  await deVida(PLATA, 'Plata')
  await pagina.getByRole('link', { name: /^Avisos/ }).click()
  await pagina.locator('[data-aviso=nivel]').waitFor()
  assert.is(await pagina.locator('[data-aviso=nivel]').count(), 1)
  await mundo.foto(pagina, 'primer-05-avisos')
  await pagina.goto(en())
  await fase('al_dia')
  await hasta(async () => (await verificada()).nivel === 'plata', 'the certificate is of plata')
  assert.is(await pagina.locator('[data-celebracion]').count(), 0)
})

test('CARD-08, CARD-17: from now on a purchase is worth 1.25 times', async () => {
  await comprar(100)
  await puntosEnPantalla(PLATA + 12)
  const [ultima] = await pagina.locator('[data-movimiento=ganado]').allInnerTexts()
  assert.match(ultima ?? '', /Plata 1.25x[\s\S]*\+12/)
  await mundo.foto(pagina, 'primer-06-puntos')
})

test('CARD-27: cold, with no network and no server: still plata, with a code that rotates', async () => {
  await mundo.cerrarNavegador()
  await mundo.quitarServidor()
  pagina = await mundo.abrirNavegador()
  await mundo.contexto.setOffline(true)
  await pagina.clock.install({ time: Date.now() + noches * NOCHE_MS })
  await pagina.goto(en())
  await pagina.locator('.tarjeta--plata').waitFor()
  // Open as far as it goes: what is still under way would not have its time when the clock is moved.
  await fase('sin_conexion')
  const primero = await verificada()
  assert.is(primero.nivel, 'plata')
  await mundo.foto(pagina, 'primer-07-sin-red')
  await pagina.clock.fastForward(31_000)
  await hasta(async () => (await verificada()).ctr > primero.ctr, 'another number')
  await deVida(PLATA, 'Plata')
  await puntosEnPantalla(PLATA + 12)
  assert.is(await pagina.locator('[data-celebracion]').count(), 0)
  assert.equal(
    mundo.errores.filter((error) => !/Failed to load resource|net::ERR/.test(error)),
    [],
    'no page complained',
  )
})

test.run()
