// @timeout 240
// @serial
/**
 * Mishaps of the page itself: its worker dies, the leading tab freezes, the dueño revokes the till while it is away. (A clock set back before a restart
 * is a fault of the simulation: a browser gives no honest way to move the clock of a worker.)
 */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { darDeBajaLaCaja, leerLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()
const folios: string[] = []
let caja: CajaEnPantalla

test.before(async () => {
  await mundo.levantarServidor()
  caja = new CajaEnPantalla(await mundo.abrirNavegador())
})
test.after(() => mundo.cerrar())

/** The state is accessible, fits the narrowest phone, and is photographed on a phone and on a desk. */
async function revisar(nombre: string, pagina = caja.pagina): Promise<void> {
  await esAccesible(pagina, nombre)
  await cabeEnAngosto(pagina, nombre)
  await mundo.fotos2(pagina, nombre)
}

test('enrolment, a wrong monto, a receipt and a held sale are accessible', async () => {
  await caja.pagina.goto(mundo.origen)
  await caja.pagina.getByRole('button', { name: 'Dar de alta esta caja' }).waitFor()
  await revisar('20-alta')
  await caja.darDeAlta(mundo.origen)
  await caja.escribirVenta('1.005')
  await caja.registrar()
  await caja.error()
  await revisar('21-monto-mal')
  folios.push(await caja.vender('120'))
  await caja.hastaLaFase('al_dia')
  await revisar('22-recibo')
  await caja.pagina.getByRole('radio', { name: 'Tarjeta de María' }).click({ force: true })
  await caja.pagina.locator('[data-cliente=María]').waitFor()
  folios.push(await caja.vender('90000'))
  await caja.hastaLaFase('atencion')
  await revisar('23-atencion')
})

test('a worker that dies under a sale: it is not claimed, the list tells, and the next one is registered', async () => {
  const antes = await caja.lista()
  await caja.pagina
    .workers()[0]
    ?.evaluate(() => self.close())
    .catch(() => {})
  await caja.escribirVenta('33')
  await caja.registrar()
  assert.match(await caja.error(), /no confirmó esto. Mira la lista/)
  await esAccesible(caja.pagina, 'worker restarted')
  assert.equal(await caja.lista(), antes)
  folios.push(await caja.vender('33'))
})

test('"Usar aquí" takes the lead from a frozen tab', async () => {
  const otra = new CajaEnPantalla(await mundo.otraPestana())
  await otra.abrir(mundo.origen)
  await otra.pagina.getByText('ScanYA ya está abierta en otra pestaña').waitFor()
  await revisar('24-otra-pestana', otra.pagina)
  const cdp = await mundo.contexto.newCDPSession(caja.pagina)
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  folios.push(await otra.vender('44'))
  await otra.pagina.getByRole('button', { name: 'Usar aquí' }).click()
  await otra.pagina.getByText('ScanYA ya está abierta en otra pestaña').waitFor({ state: 'detached' })
  await hasta(async () => (await otra.lista()).every((fila) => fila.aspecto !== 'aqui'), 'the sale left through the tab that took over')
  await caja.pagina.close()
  caja = otra
})

test('revoked while away: what was sold is handed in first, then nothing of the negocio is left, and the page says so', async () => {
  await mundo.quitarServidor()
  folios.push(await caja.vender('55'), await caja.vender('66'))
  await caja.hastaLaFase('sin_conexion')
  await caja.pagina.getByText('Sigue vendiendo. Nada se pierde.').waitFor()
  await revisar('25-sin-conexion')
  await caja.pagina.locator('.chip').click()
  await caja.pagina.getByRole('dialog').waitFor()
  await revisar('26-por-enviar')
  await caja.pagina.getByRole('button', { name: 'Cerrar' }).click()
  assert.ok((await basesDelNegocio()).length > 0)

  await mundo.enOtroPuerto((origen) => darDeBajaLaCaja(origen))
  await mundo.levantarServidor()
  await caja.pagina.locator('.chip').click()
  await caja.pagina.getByRole('button', { name: 'Enviar ahora' }).click()
  await caja.pagina.getByRole('button', { name: 'Cerrar' }).click()
  await caja.hastaLaFase('revocado')
  await caja.pagina.getByText('Todo lo que vendió se entregó').waitFor()
  await hasta(async () => (await basesDelNegocio()).length === 0, 'the databases of this app are gone')
  await revisar('27-revocado')
  assert.is(await caja.pagina.getByRole('button', { name: 'Registrar venta' }).count(), 0)
  assert.equal((await leerLedger(mundo.origen)).map((v) => v.folio).sort(), folios.toSorted())

  await caja.pagina.reload()
  await caja.pagina.getByRole('heading', { name: 'Este equipo fue dado de baja' }).waitFor()
  await revisar('28-revocado-otra-vez')
})

/** The replica's databases on this origin; its notes stay, they know that it was revoked. */
const basesDelNegocio = () =>
  caja.pagina.evaluate(async () =>
    (await indexedDB.databases()).map((base) => base.name ?? '').filter((nombre) => nombre.startsWith('rxdb-dexie-scanya--')),
  )

test.run()
