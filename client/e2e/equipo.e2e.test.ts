// @timeout 240
// @serial
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CajaEnPantalla } from './lib/caja.ts'
import { leerLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()
let caja: CajaEnPantalla
const folios: string[] = []

test.before(async () => {
  await mundo.levantarServidor()
  caja = new CajaEnPantalla(await mundo.abrirNavegador())
  await caja.darDeAlta(mundo.origen)
})
test.after(() => mundo.cerrar())

test('a wrong monto is told beside its field, in Spanish, and nothing is sold', async () => {
  const casos: [string, RegExp][] = [
    ['', /no es un número/],
    ['0', /mayor que cero/],
    ['-5', /negativo/],
    ['1.005', /dos decimales/],
    ['100000000', /99,999,999\.99/],
    ['doce', /no es un número/],
  ]
  for (const [monto, esperado] of casos) {
    await caja.escribirVenta(monto)
    await caja.registrar()
    assert.match(await caja.error(), esperado, monto)
    assert.is(await caja.pagina.getByLabel('Monto de la compra').getAttribute('aria-invalid'), 'true')
  }
  await mundo.foto(caja.pagina, '10-monto-mal')
  assert.equal(await caja.lista(), [])
})

test('a sale with a card gives points; the server settles them', async () => {
  const tarjeta = caja.pagina.getByRole('radio', { name: 'Tarjeta de Juan' })
  await tarjeta.click({ force: true })
  await caja.pagina.locator('[data-cliente=Juan]').waitFor()
  assert.ok(await tarjeta.isChecked())
  folios.push(await caja.vender('500'))
  await caja.pagina.locator('.papel').getByText('Juan').waitFor()
  await caja.pagina.locator('.puntos:not(.puntos--porconfirmar)').waitFor()
  await mundo.foto(caja.pagina, '11-con-puntos')
})

test('part of a sale is given back, never more than remains', async () => {
  const [folio] = folios
  await caja.pagina.getByRole('button', { name: `Reembolsar ${folio}` }).click()
  const hoja = caja.pagina.getByRole('dialog')
  await hoja.getByLabel('Monto a devolver').fill('600')
  await hoja.getByLabel('Motivo').fill('Pizza fría')
  await hoja.getByRole('button', { name: 'Devolver' }).click()
  assert.match(await hoja.getByRole('alert').innerText(), /quedan \$500\.00/)
  await mundo.foto(caja.pagina, '12-reembolso-de-mas')
  await hoja.getByLabel('Monto a devolver').fill('200')
  await hoja.getByRole('button', { name: 'Devolver' }).click()
  await hoja.waitFor({ state: 'detached' })
  await caja.pagina.getByText(/^Reembolso C1-/).waitFor()
  await caja.hastaLaFase('al_dia')
  await mundo.foto(caja.pagina, '13-reembolsada')
})

test('a second tab sees the same sales and may sell: one number is never taken twice', async () => {
  const otra = new CajaEnPantalla(await mundo.otraPestana())
  await otra.abrir(mundo.origen)
  await otra.pagina.locator(`.renglon[data-folio="${folios[0]}"]`).first().waitFor()
  await mundo.foto(otra.pagina, '14-otra-pestana')
  const [aqui, alla] = await Promise.all([caja.vender('11'), otra.vender('22')])
  assert.is.not(aqui, alla)
  folios.push(aqui, alla)
  await otra.pagina.close()
})

test('a full disk refuses the sale in one sentence, and nothing confirmed is lost', async () => {
  // The browser asks for the quota when it opens the store and believes the answer for a while: the disk is full before the page starts.
  await mundo.matarNavegador()
  const pagina = await mundo.abrirNavegador()
  caja = new CajaEnPantalla(pagina)
  const cdp = await mundo.contexto.newCDPSession(pagina)
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: mundo.origen, quotaSize: 1 })
  await caja.abrir(mundo.origen)
  const antes = await caja.lista()
  await caja.escribirVenta('77')
  await caja.registrar()
  assert.match(await caja.error(), /sin espacio: la venta NO se guardó/)
  await mundo.foto(pagina, '15-disco-lleno')
  assert.equal(await caja.lista(), antes, 'what was confirmed is still listed, and the refused sale is not')

  await cdp.send('Storage.overrideQuotaForOrigin', { origin: mundo.origen })
  await pagina.reload()
  await caja.abrir(mundo.origen)
  folios.push(await caja.vender('77'))
})

test('the ledger has every sale once', async () => {
  await caja.hastaLaFase('al_dia')
  const ventas = await leerLedger(mundo.origen)
  assert.equal(ventas.map((v) => v.folio).sort(), [...folios].sort())
  assert.is(new Set(folios).size, folios.length)
})

test('the page never asked for anything that its own policy forbids', () => {
  const csp = mundo.errores.filter((texto) => /Content Security Policy|TrustedScript|Trusted Type/.test(texto))
  assert.equal(csp, [])
})

test.run()
