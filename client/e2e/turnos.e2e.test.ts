// @timeout 240
/** Who is at the till: several people on one device, what each may see and do, and somebody who no longer works there. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CAJERO_BASICO } from '../../schema/domain/empleados/permisos.ts'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { darDeBajaA, darPermisosA, leerLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()
let caja: CajaEnPantalla
let deCarlos = ''
let deLucia = ''

test.before(async () => {
  await mundo.levantarServidor()
  caja = new CajaEnPantalla(await mundo.abrirNavegador())
  await caja.darDeAlta(mundo.origen)
})
test.after(() => mundo.cerrar())

async function revisar(nombre: string): Promise<void> {
  await esAccesible(caja.pagina, nombre)
  await cabeEnAngosto(caja.pagina, nombre)
  await mundo.fotos2(caja.pagina, nombre)
}
const folios = async () => (await caja.lista()).map((fila) => fila.folio)

test('[SCAN-52] a cashier sees their own sales; a supervisor all of them, or only her own', async () => {
  const { pagina } = caja
  deCarlos = await caja.vender('120')
  await caja.salir()
  await caja.entrar('lucia')
  await caja.enInicio()
  deLucia = await caja.vender('80')
  assert.equal(await folios(), [deLucia, deCarlos])
  await pagina.getByLabel('De quién').selectOption('mias')
  await pagina.locator(`.sales [data-folio="${deCarlos}"]`).waitFor({ state: 'detached' })
  await revisar('60-historial-mis-ventas')
  await caja.salir()
  await caja.entrar('carlos')
  await caja.enInicio()
  assert.equal(await folios(), [deCarlos])
  assert.is(await pagina.getByLabel('De quién').count(), 0)
})

test('a search finds the sale by its folio, from the keyboard', async () => {
  const { pagina } = caja
  await caja.abrirHistorial()
  await pagina.keyboard.press('/')
  await pagina.keyboard.type(deCarlos.slice(-3))
  await pagina.locator(`.sales [data-folio="${deCarlos}"]`).waitFor()
  await pagina.keyboard.type('zzz')
  await pagina.getByText('Ninguna venta coincide.').waitFor()
  await revisar('61-busqueda-vacia')
})

test('[SCAN-05] a dueño enters with the account of Business Studio; a wrong password is told beside the fields', async () => {
  const { pagina } = caja
  await caja.salir()
  await pagina.getByRole('button', { name: 'Soy el dueño' }).click()
  await pagina.getByLabel('Correo').fill('dueno@pizzeriaroma.mx')
  await pagina.getByLabel('Contraseña').fill('otra-contrasena-cualquiera')
  await pagina.getByRole('dialog').getByRole('button', { name: 'Entrar', exact: true }).click()
  assert.match(await pagina.getByRole('dialog').getByRole('alert').innerText(), /incorrectos/)
  await revisar('62-dueno')
  await pagina.getByLabel('Contraseña').fill('Roma-2026-demo')
  await pagina.getByRole('dialog').getByRole('button', { name: 'Entrar', exact: true }).click()
  await caja.enInicio()
  assert.equal((await folios()).slice(0, 2), [deLucia, deCarlos])
  await caja.salir()
})

test('somebody typed by nick enters as by tile; a lock is told with what is left of it', async () => {
  const { pagina } = caja
  await pagina.getByRole('radio', { name: /Otra persona/ }).click()
  await pagina.getByLabel('Nick').fill('@Carlos')
  await pagina.getByLabel('Nick').press('Tab')
  await pagina.keyboard.type('482913')
  await caja.enInicio()
  await caja.salir()
  await pagina.getByRole('radio', { name: /@lucia/ }).click()
  const bloqueada = async () => /Prueba en \d+:\d\d/.test(await pagina.locator('.pin__mal').innerText())
  await hasta(async () => {
    if (await bloqueada()) return true
    await pagina.getByRole('button', { name: 'Entrar', exact: true }).waitFor()
    await pagina.keyboard.type('111223')
    assert.match(await caja.error(), /incorrectos|Demasiados intentos/)
    return false
  }, 'five wrong PINs lock, and the lock counts down')
  assert.ok(await pagina.getByRole('button', { name: '1', exact: true }).isDisabled())
  await revisar('63-bloqueada')
})

test('[SCAN-60] SCAN-08, 13, 61: a Cajero Básico finds app, negocio, sucursal, own name and last sale at the start, and nothing they may not do', async () => {
  const { pagina } = caja
  await darPermisosA(mundo.origen, 'carlos', CAJERO_BASICO)
  await pagina.getByRole('radio', { name: /@carlos/ }).click()
  await pagina.keyboard.type('482913')
  await caja.enInicio()
  const folio = await caja.vender('45')
  await caja.aInicio()
  const cabeza = (await pagina.locator('header').first().innerText()).replaceAll('\n', ' ')
  for (const texto of ['ScanYA', '@carlos', '(Cajero)', 'Pizzería Roma', 'Centro', 'Cerrar sesión'])
    assert.ok(cabeza.includes(texto), texto)
  const ultima = pagina.locator('.last')
  assert.is(await ultima.getAttribute('data-folio'), folio)
  await ultima.getByText('$45.00').waitFor()
  for (const permitido of [/^Escanear QR/, /^Cobrar sin cliente/, /^Historial/])
    await pagina.getByRole('button', { name: permitido }).waitFor()
  const NEGADO = /canje|reembols|anular|cancelar|estad[ií]stica|cambiar monto|business studio/i
  const nada = async (donde: string) => assert.is(await pagina.locator('button, a').filter({ hasText: NEGADO }).count(), 0, donde)
  await nada('the start')
  await revisar('65-inicio-basico')
  await pagina.getByRole('button', { name: 'Ajustes de esta caja' }).click()
  await nada('the settings')
  await caja.cerrarHoja()
  await ultima.click()
  await pagina.waitForURL(/\/venta\//)
  await nada('the detail of a sale')
  assert.equal((await folios()).slice(0, 1), [folio])
  assert.is(await pagina.getByLabel('De quién').count(), 0)
  await caja.salir()
})

test('[EMP-19] deactivated while away: the sale is handed in under his name, the turn ends, his tile is gone', async () => {
  const { pagina } = caja
  await pagina.getByRole('radio', { name: /@carlos/ }).click()
  await pagina.keyboard.type('482913')
  await caja.enInicio()
  await mundo.quitarServidor()
  const ultima = await caja.vender('95')
  await mundo.enOtroPuerto((origen) => darDeBajaA(origen, 'carlos'))
  await mundo.levantarServidor()
  await caja.abrirLoQueFalta()
  await pagina.getByRole('button', { name: 'Intentar ahora' }).click()
  await pagina.getByText('¿Quién está en caja?').waitFor()
  await hasta(async () => (await pagina.getByRole('radio', { name: /@carlos/ }).count()) === 0, 'nobody offers him the till')
  await pagina.getByRole('status').filter({ hasText: '@carlos ya no trabaja en esta caja.' }).waitFor()
  await revisar('64-sin-carlos')
  assert.ok((await leerLedger(mundo.origen)).some((v) => v.folio === ultima))
})

test.run()
