// @full
// @timeout 240
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

test('enrolment, who is at the till, and a wrong PIN are accessible', async () => {
  const { pagina } = caja
  await pagina.goto(`${mundo.origen}/scanya-widget/`)
  await pagina.getByRole('button', { name: 'Dar de alta esta caja' }).waitFor()
  await revisar('20-alta')
  await pagina.getByRole('button', { name: 'Probar con la caja de demostración' }).click()
  await pagina.getByRole('radio', { name: /@carlos/ }).waitFor()
  await pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await revisar('20-login')
  await caja.entrar('carlos', '111222')
  assert.match(await caja.error(), /incorrectos/)
  await revisar('20-pin-mal')
  await caja.entrar('carlos')
  await caja.enInicio()
  await revisar('20-inicio-vacio')
})

test('a wrong monto, a receipt, the history and a held sale are accessible', async () => {
  await caja.escribirVenta('')
  await caja.revisar()
  await caja.error()
  await revisar('21-monto-mal')
  folios.push(await caja.vender('120'))
  await caja.hastaLaFase('al_dia')
  await revisar('22-recibo')
  folios.push(await caja.vender('90000', { cliente: 'María' }))
  await caja.hastaLaFase('atencion')
  await revisar('23-atencion')
  await caja.abrirHistorial()
  await revisar('23-historial')
  await caja.pagina.locator(`.sales [data-folio="${folios[1]}"] button`).click()
  await caja.pagina.getByRole('button', { name: 'Reembolsar' }).waitFor()
  await revisar('23-venta-retenida')
  await caja.pagina.getByRole('button', { name: 'Reembolsar' }).click()
  await caja.pagina.getByRole('dialog').waitFor()
  await revisar('23-reembolso')
  await caja.pagina.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click()
  await caja.abrirLoQueFalta()
  await caja.pagina.getByRole('button', { name: 'Ver venta' }).waitFor()
  await revisar('23-lo-que-falta')
  const hoja = caja.pagina.getByRole('dialog')
  await hoja.getByRole('button', { name: 'Entendido' }).click()
  await hoja.getByRole('button', { name: 'Deshacer' }).waitFor()
  await hoja.getByText('Todo está en orden').waitFor()
  await revisar('23-entendido')
  await hoja.getByRole('button', { name: 'Deshacer' }).click()
  await hoja.getByRole('button', { name: 'Ver venta' }).waitFor()
  assert.is(await hoja.getByRole('button', { name: 'Deshacer' }).count(), 0)
  await hoja.getByRole('button', { name: 'Entendido' }).click()
  await caja.cerrarHoja()
  await caja.hastaLaFase('al_dia')
  await caja.aInicio()
  await caja.pagina.getByRole('button', { name: 'Ajustes de esta caja' }).click()
  await caja.pagina.getByRole('button', { name: 'Pantalla clara' }).click()
  await revisar('23-ajustes-claro')
  await caja.cerrarHoja()
  await revisar('23-inicio-claro')
  await caja.pagina.getByRole('button', { name: 'Ajustes de esta caja' }).click()
  await caja.pagina.getByRole('button', { name: 'Pantalla oscura' }).click()
  await caja.cerrarHoja()
})

test('a worker that dies under a sale: it is looked for, not there, and confirming again registers it once', async () => {
  const antes = await caja.lista()
  await caja.escribirVenta('33')
  await caja.revisar()
  const obrero = await caja.obrero()
  await obrero.evaluate(() => self.close()).catch(() => {})
  await caja.confirmar()
  assert.match(await caja.error(), /no quedó guardada|todavía no se sabe/)
  await esAccesible(caja.pagina, 'worker restarted')
  await caja.confirmar()
  folios.push(await caja.folioDelRecibo())
  assert.equal(
    (await caja.lista()).map((fila) => fila.folio),
    [folios.at(-1), ...antes.map((fila) => fila.folio)],
  )
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
  await otra.abrirHistorial()
  await hasta(
    async () => (await otra.pagina.locator('.sales [data-aspecto=aqui]').count()) === 0,
    'the sale left through the tab that took over',
  )
  await caja.pagina.close()
  caja = otra
})

test('revoked while away: what was sold is handed in first, then nothing of the negocio is left, and the page says so', async () => {
  await mundo.quitarServidor()
  folios.push(await caja.vender('55'), await caja.vender('66'))
  await caja.aInicio()
  await caja.hastaLaFase('sin_conexion')
  await caja.pagina.getByText('Sigue vendiendo. Nada se pierde.').waitFor()
  await revisar('25-sin-conexion')
  await caja.abrirLoQueFalta()
  await revisar('26-por-enviar')
  await caja.cerrarHoja()
  assert.ok((await basesDelNegocio()).length > 0)

  await mundo.enOtroPuerto((origen) => darDeBajaLaCaja(origen))
  await mundo.levantarServidor()
  await caja.abrirLoQueFalta()
  await caja.pagina.getByRole('button', { name: 'Intentar ahora' }).click()
  await caja.hastaLaFase('revocado')
  await caja.pagina.getByText('Todo lo que vendió se entregó').waitFor()
  await hasta(async () => (await basesDelNegocio()).length === 0, 'the databases of this app are gone')
  await revisar('27-revocado')
  assert.is(await caja.pagina.getByRole('button', { name: /Escanear|Cobrar/ }).count(), 0)
  const [serie] = folios[0]!.split('-')
  const suyas = (await leerLedger(mundo.origen)).map((v) => v.folio).filter((folio) => folio.startsWith(`${serie}-`))
  assert.equal(suyas.sort(), folios.toSorted())

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
