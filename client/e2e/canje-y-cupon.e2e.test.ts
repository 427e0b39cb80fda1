// @timeout 240
/**
 * A canje and a cupón at a till with no network, then the network returns: both were given once, the points are spent once, and what the cupón took off
 * is in the ledger (R3, R4, R5).
 */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { leerLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'
import { Shopper } from './lib/shopper.ts'

const CAFE = 'Café gratis'
const mundo = new Mundo()
let pagina: Page
let caja: CajaEnPantalla
let juan: Shopper
let codigo: string
let folio: string

test.before(async () => {
  await mundo.levantarServidor()
  pagina = await mundo.abrirNavegador()
  caja = new CajaEnPantalla(pagina)
  await caja.darDeAlta(mundo.origen)
  juan = await Shopper.entrar(mundo.origen, 'juan@example.mx')
})
test.after(() => mundo.cerrar())

test('SCAN-12, 31: a shopper with points asks for a reward; the till that may give it offline says so', async () => {
  // 600 pesos of a client oro: 90 points.
  await caja.vender('600', { cliente: 'Juan' })
  await caja.hastaQueTodo('servidor', 1)
  await hasta(async () => (await juan.puntos()) === 90, 'the points of the sale')
  const canje = await juan.canjear(CAFE)
  codigo = canje.codigo
  assert.is(await juan.puntos(), 10)
  await caja.aInicio()
  // SCAN-13: the last sale, with its client, their nivel and the points.
  const ultima = pagina.locator('.last')
  await ultima.getByText('+90').waitFor()
  const dicha = (await ultima.innerText()).replace(/\s+/g, ' ')
  for (const dicho of ['Juan', 'ORO', '$600.00', '+90']) assert.ok(dicha.includes(dicho), `${dicho} in ${dicha}`)
  await mundo.fotos2(pagina, '90-inicio')
  await pagina.getByRole('button', { name: 'Validar canje' }).click()
  await pagina.getByText(/Esta caja los entrega sin red hasta/).waitFor()
  await mundo.fotos2(pagina, '91-canje')
  // Its row is here, so that the code is known without a network.
  await pagina.getByLabel('Código del canje').fill('no es')
  await pagina.getByRole('button', { name: 'Validar', exact: true }).click()
  assert.is(await caja.error(), 'Ese código no es de un canje.')
  await esAccesible(pagina, 'a code that is none')
  await cabeEnAngosto(pagina, 'the form of a canje')
})

test('[R5] SCAN-30..33: with no network it is found by its code, given once, and never again', async () => {
  await mundo.quitarServidor()
  await mundo.contexto.setOffline(true)
  await pagina.getByLabel('Código del canje').fill(codigo.slice(-6).toLowerCase())
  await pagina.keyboard.press('Enter')
  await pagina.getByRole('button', { name: 'Confirmar entrega' }).waitFor()
  const hallado = await pagina.locator('.hallado-canje').innerText()
  for (const dicho of [CAFE, 'Juan', 'ORO', '80', codigo]) assert.ok(hallado.includes(dicho), dicho)
  assert.match(hallado, /1[0-4]:\d\d/)
  await mundo.fotos2(pagina, '92-canje-valido')
  await esAccesible(pagina, 'a canje that may be given')
  await cabeEnAngosto(pagina, 'a canje that may be given')
  await pagina.getByRole('button', { name: 'Confirmar entrega' }).click()
  await pagina.getByRole('heading', { name: '¡Canje entregado!' }).waitFor()
  await pagina.getByText('Guardado en este equipo').first().waitFor()
  await mundo.fotos2(pagina, '93-canje-entregado')
  await pagina.getByRole('button', { name: 'Otro canje' }).click()
  await pagina.locator('.entregados li').filter({ hasText: CAFE }).filter({ hasText: 'Juan' }).waitFor()
  await pagina.getByLabel('Código del canje').fill(codigo)
  await pagina.keyboard.press('Enter')
  assert.is(await caja.error(), 'Este canje ya se entregó.')
  await mundo.fotos2(pagina, '94-canje-ya-entregado')
})

test('[R3] SCAN-26..28: a cupón by its code, with no network: below its minimum it takes nothing off, then it is in the sale', async () => {
  await caja.aInicio()
  await pagina.getByRole('button', { name: 'Validar cupón' }).click()
  await pagina.getByLabel('Código del cupón').fill('NADIE-LO-SABE')
  await pagina.keyboard.press('Enter')
  assert.match(await caja.error(), /^Sin conexión este código no se puede revisar aquí/)
  await mundo.fotos2(pagina, '95-cupon-sin-red')
  await pagina.getByLabel('Código del cupón').fill('roma10')
  await pagina.keyboard.press('Enter')
  await pagina.getByText('Cupón válido').waitFor()
  const hallado = await pagina.locator('.hallado').innerText()
  for (const dicho of ['10 % para quien regresa', '−10%', 'Compra mínima $150', 'Válido hasta']) assert.ok(hallado.includes(dicho), dicho)
  await mundo.fotos2(pagina, '96-cupon-valido')
  await esAccesible(pagina, 'a cupón that counts')
  await cabeEnAngosto(pagina, 'a cupón that counts')
  await pagina.getByRole('button', { name: 'Aplicar cupón' }).click()
  await caja.escribirMonto('100')
  await pagina.getByText('Falta $50.00 para que el cupón descuente').waitFor()
  await caja.revisar()
  assert.is(await caja.error(), 'La compra no llega al mínimo del cupón.')
  // One more digit: $1,000.00.
  await caja.escribirMonto('.0')
  await pagina.getByRole('button', { name: /^Revisar \$900.00/ }).waitFor()
  await mundo.fotos2(pagina, '97-cobrar-con-cupon')
  await esAccesible(pagina, 'a sale with a cupón')
  await cabeEnAngosto(pagina, 'a sale with a cupón')
  await caja.revisar()
  await pagina.getByText('−$100.00').first().waitFor()
  await mundo.fotos2(pagina, '98-confirmar-con-cupon')
  await caja.confirmar()
  folio = await caja.folioDelRecibo()
  await mundo.fotos2(pagina, '99-registrada-con-cupon')
})

test('the network returns: one debit, one discount, and the start counts both', async () => {
  await mundo.levantarServidor()
  await mundo.contexto.setOffline(false)
  await caja.hastaQueTodo('servidor', 2)
  await hasta(async () => (await juan.estadoDelCanje(codigo)) === 'confirmado', 'the canje is given on the server')
  assert.is(await juan.puntos(), 10)
  const venta = (await leerLedger(mundo.origen)).find((v) => v.folio === folio)
  assert.is(venta?.monto, 900)
  await caja.aInicio()
  const resumen = await pagina.locator('.facts').innerText()
  assert.match(resumen, /Cupones\s*1/)
  assert.match(resumen, /Canjes\s*1/)
  await mundo.fotos2(pagina, '99b-inicio-contado')
})

test('SCAN-16, CUP-27: a client’s cupones are listed; one that is taken online only is asked of the server and goes into the sale', async () => {
  await pagina.getByRole('button', { name: /^Escanear QR/ }).click()
  await pagina.getByRole('button', { name: 'Tarjeta de Juan' }).click()
  await pagina.getByRole('radio', { name: /\$100 en tu cena/ }).click()
  await mundo.fotos2(pagina, '99c-cupones-del-cliente')
  await esAccesible(pagina, 'the cupones of a client')
  await cabeEnAngosto(pagina, 'the cupones of a client')
  await pagina.getByRole('button', { name: 'Aplicar cupón y cobrar' }).click()
  await pagina.getByRole('button', { name: /^Revisar/ }).waitFor()
  await caja.escribirMonto('600')
  await caja.registrar()
  folio = await caja.folioDelRecibo()
  await caja.hastaQueTodo('servidor', 3)
  assert.is((await leerLedger(mundo.origen)).find((v) => v.folio === folio)?.monto, 500)
})

/** From the start: a cupón by its code, taken into a sale of this amount. */
async function aplicarPorCodigo(codigo: string, monto: string): Promise<void> {
  await caja.aInicio()
  await pagina.getByRole('button', { name: 'Validar cupón' }).click()
  await pagina.getByLabel('Código del cupón').fill(codigo)
  await pagina.keyboard.press('Enter')
  await pagina.getByRole('button', { name: 'Aplicar cupón' }).click()
  await caja.escribirMonto(monto)
}
async function agregarAJuan(): Promise<void> {
  await pagina.getByRole('button', { name: 'Agregar' }).click()
  await pagina.getByRole('button', { name: 'Tarjeta de Juan' }).click()
  await pagina.getByRole('radio', { name: /2x1 en pizzas/ }).waitFor()
}

test('SCAN-27..29: an applied cupón stays when the card of the client is read, with what goes free; used up, it says so before the full price is charged', async () => {
  await aplicarPorCodigo('pizza2x1', '300')
  await pagina.getByLabel('¿Cuánto cuesta lo que va gratis?').fill('100')
  await agregarAJuan()
  await pagina.getByRole('radio', { name: /2x1 en pizzas/, checked: true }).waitFor()
  const aplicar = pagina.getByRole('button', { name: 'Aplicar cupón y cobrar' })
  await aplicar.click()
  await pagina.getByRole('button', { name: /^Revisar \$200.00/ }).waitFor()
  await pagina.getByRole('button', { name: 'Volver al cliente' }).click()
  await aplicar.click()
  await caja.registrar()
  folio = await caja.folioDelRecibo()
  await caja.hastaQueTodo('servidor', 4)
  assert.is((await leerLedger(mundo.origen)).find((v) => v.folio === folio)?.monto, 200)

  await aplicarPorCodigo('pizza2x1', '300')
  await agregarAJuan()
  assert.is(await caja.error(), '2x1 en pizzas: El cupón ya se usó las veces que permite.')
  await mundo.fotos2(pagina, '99d-cupon-que-ya-no')
  await esAccesible(pagina, 'a cupón that does not count for the client')
  await cabeEnAngosto(pagina, 'a cupón that does not count for the client')
  await pagina.getByRole('button', { name: 'Cobrar', exact: true }).click()
  await pagina.getByRole('button', { name: /^Revisar \$300.00/ }).waitFor()
})

test('what is typed over an open sheet does not change the amount behind it', async () => {
  await caja.abrirLoQueFalta()
  await pagina.keyboard.type('7')
  await pagina.keyboard.press('Backspace')
  await pagina.keyboard.type('55')
  await caja.cerrarHoja()
  assert.match(await pagina.getByRole('button', { name: /^Revisar/ }).innerText(), /\$300\.00/)
  await pagina.keyboard.type('5')
  await pagina.getByRole('button', { name: /^Revisar \$3,000.05/ }).waitFor()
})

test.run()
