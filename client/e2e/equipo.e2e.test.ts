// @timeout 240
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { esAccesible } from './lib/accesible.ts'
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

test('a monto that cannot be is told beside the amount, and nothing is sold', async () => {
  await caja.escribirVenta('')
  await caja.revisar()
  assert.match(await caja.error(), /mayor que cero/)
  await caja.pagina.keyboard.type('-5a.')
  assert.is(await caja.pagina.locator('.amount output').innerText(), '$0.05', 'only digits count')
  await caja.pagina.keyboard.type('999999999999')
  assert.match(await caja.error(), /99,999,999\.99/)
  await mundo.foto(caja.pagina, '10-monto-mal')
  assert.equal(await caja.lista(), [])
})

test('a sale with a card gives points; the server settles them in place', async () => {
  folios.push(await caja.vender('500', { cliente: 'Juan' }))
  const papel = caja.pagina.locator('.ticket')
  await papel.getByText('Juan').first().waitFor()
  await papel.getByText('+75').waitFor()
  await mundo.foto(caja.pagina, '11-con-puntos')
})

test('part of a sale is given back, never more than remains', async () => {
  const { pagina } = caja
  const [folio] = folios
  await caja.abrirHistorial()
  await pagina.locator(`.sales [data-folio="${folio}"] button`).click()
  await pagina.getByRole('button', { name: 'Reembolsar' }).click()
  const hoja = pagina.getByRole('dialog')
  await hoja.getByRole('radio', { name: 'Una parte' }).click()
  await hoja.getByRole('button', { name: '6', exact: true }).click()
  for (let i = 0; i < 2; i++) await hoja.getByRole('button', { name: '00', exact: true }).click()
  await hoja.getByRole('radio', { name: 'Otro…' }).click()
  await hoja.getByLabel('Escribe el motivo').fill('Pizza fría')
  await hoja.getByRole('button', { name: /^Reembolsar/ }).click()
  assert.match(await caja.error(), /quedan \$500\.00/)
  await mundo.foto(pagina, '12-reembolso-de-mas')
  for (let i = 0; i < 5; i++) await hoja.getByRole('button', { name: 'Borrar' }).click()
  for (const tecla of ['2', '00', '00']) await hoja.getByRole('button', { name: tecla, exact: true }).click()
  await hoja.getByText('−30').waitFor()
  await hoja.getByRole('button', { name: /^Reembolsar/ }).click()
  await hoja.waitFor({ state: 'detached' })
  await pagina.getByText('$300.00').waitFor()
  await caja.hastaLaFase('al_dia')
  await mundo.foto(pagina, '13-reembolsada')
  await caja.abrirHistorial()
  await pagina.getByText(/^Reembolso \w+-\d+/).waitFor()
})

test('a second tab sees the same sales and may sell: one number is never taken twice', async () => {
  const otra = new CajaEnPantalla(await mundo.otraPestana())
  await otra.abrir(mundo.origen)
  await otra.abrirHistorial()
  await otra.pagina.locator(`.sales [data-folio="${folios[0]}"]`).first().waitFor()
  await mundo.foto(otra.pagina, '14-otra-pestana')
  // Each goes on only while its tab is in front, as a person's would; the two confirmations meet.
  await caja.escribirVenta('11')
  await caja.revisar()
  await otra.escribirVenta('22')
  await otra.revisar()
  await Promise.all([caja.confirmar(), otra.confirmar()])
  const [aqui, alla] = [await caja.folioDelRecibo(), await otra.folioDelRecibo()]
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
  assert.match(await caja.error(), /sin espacio: esto NO se guardó/)
  await mundo.foto(pagina, '15-disco-lleno')
  await esAccesible(pagina, 'full disk')
  assert.equal(await caja.lista(), antes, 'what was confirmed is still listed, and the refused sale is not')

  await cdp.send('Storage.overrideQuotaForOrigin', { origin: mundo.origen })
  await caja.abrir(mundo.origen)
  folios.push(await caja.vender('77'))
})

test('the ledger has every sale once', async () => {
  await caja.hastaLaFase('al_dia')
  const [serie] = folios[0]!.split('-')
  const ventas = (await leerLedger(mundo.origen)).filter((v) => v.folio.startsWith(`${serie}-`))
  assert.equal(ventas.map((v) => v.folio).sort(), [...folios].sort())
  assert.is(new Set(folios).size, folios.length)
})

test('the page never asked for anything that its own policy forbids', () => {
  const csp = mundo.errores.filter((texto) => /Content Security Policy|TrustedScript|Trusted Type/.test(texto))
  assert.equal(csp, [])
})

test.run()
