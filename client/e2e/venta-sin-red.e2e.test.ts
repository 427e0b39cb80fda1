// @timeout 240
// @serial
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CajaEnPantalla } from './lib/caja.ts'
import { leerLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()

test.after(() => mundo.cerrar())

test('a sale survives kill -9 of the browser with the server away; more are sold; all heals', async () => {
  await mundo.levantarServidor()
  let pagina = await mundo.abrirNavegador()
  let caja = new CajaEnPantalla(pagina)
  await pagina.goto(mundo.origen)
  await pagina.getByRole('button', { name: 'Dar de alta esta caja' }).waitFor()
  await mundo.foto(pagina, '01-alta')
  await caja.darDeAlta(mundo.origen)

  const folios = [await caja.vender('325.50')]
  await caja.hastaQueTodo('servidor', 1)
  await pagina.getByText(/Recibido por el servidor \d\d:\d\d/).waitFor()
  await mundo.foto(pagina, '02-recibida')

  // The server stops; the next sale is on this device only, and the browser dies the moment it is confirmed.
  await mundo.quitarServidor()
  folios.push(await caja.vender('1250', 'Tarjeta'))
  await mundo.matarNavegador()

  // A cold start with the server away: the page comes from the device, and so does the sale.
  pagina = await mundo.abrirNavegador()
  caja = new CajaEnPantalla(pagina)
  await caja.abrir(mundo.origen)
  await pagina.locator(`[data-folio="${folios[1]}"]`).waitFor()
  assert.equal(
    (await caja.lista()).map((fila) => fila.folio),
    folios.toReversed(),
  )
  assert.is((await caja.lista())[0]?.aspecto, 'aqui')

  for (const monto of ['80', '99.99', '15.00']) folios.push(await caja.vender(monto))
  await caja.hastaLaFase('sin_conexion')
  assert.match(await pagina.locator('.chip').innerText(), /^Sin conexión, \d+ por enviar$/)
  await pagina.getByText('Sigue vendiendo. Nada se pierde.').waitFor()
  await mundo.foto(pagina, '03-sin-conexion')
  await pagina.locator('.chip').click()
  await pagina.getByRole('dialog').waitFor()
  await mundo.foto(pagina, '04-por-enviar')
  await pagina.getByRole('button', { name: 'Cerrar' }).click()

  await mundo.levantarServidor()
  await caja.hastaQueTodo('servidor', folios.length)
  await caja.hastaLaFase('al_dia')
  await mundo.foto(pagina, '05-al-dia')
  await pagina.setViewportSize({ width: 1280, height: 800 })
  await mundo.foto(pagina, '06-al-dia-1280')

  const ventas = await leerLedger(mundo.origen)
  assert.equal(
    ventas.map((v) => [v.folio, v.monto]).sort(),
    [
      ['C1-000001', 325.5],
      ['C1-000002', 1250],
      ['C1-000003', 80],
      ['C1-000004', 99.99],
      ['C1-000005', 15],
    ],
    'every sale once, folios without holes',
  )
  assert.equal(folios, ['C1-000001', 'C1-000002', 'C1-000003', 'C1-000004', 'C1-000005'])
})

test.run()
