// @timeout 900
/**
 * A day at a till as one story: a new cashier enrols it by the installation QR, the network goes, and until the evening the till is alone. It sells, hands
 * over a canje, takes a cupón, gives a sale back, closes its shift, and its cashier goes home before anything was sent; another one sells on. Then the
 * network returns, and three screens and the ledger say what this file added up itself (R2..R6, TU6). `--full`: 200 sales.
 */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { CAJERO_AVANZADO } from '../../schema/domain/empleados/permisos.ts'
import { leerQrDeImagen } from '../../workers/scanner/testing/leer-qr.ts'
import { ESCRITORIO } from './lib/aparato.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { CamaraFalsa } from './lib/camara-falsa.ts'
import { aprobarLaCaja, contratar, leerLedger, leerTurnos, ligaDeInstalacion } from './lib/ledger.ts'
import { conDiaPorDelante } from './lib/medianoche.ts'
import { Mundo } from './lib/mundo.ts'
import { Shopper } from './lib/shopper.ts'
import { StudioEnPantalla } from './lib/studio.ts'

const VENTAS = process.env.FULL ? 200 : 8
/** Of them, with the card of Juan: a seventh of the day would be held (R16). */
const CON_TARJETA = 2
const NORA = { nombre: 'Nora Díaz', nick: 'nora', pin: '620417', puesto: 'Cajera' }
const CAFE = { nombre: 'Café gratis', puntos: 80 }
const CUPON = 'PIZZA2X1'
const FONDO = 50_000
const METODOS = ['Efectivo', 'Tarjeta', 'Transferencia'] as const
type Metodo = (typeof METODOS)[number]

/** Centavos, and points as the rules give them: one for each $10, Juan is oro. */
interface Venta {
  folio: string
  monto: number
  metodo: Metodo
  nick: 'nora' | 'lucia'
  puntos: number
}
const puntosDeJuan = (centavos: number): number => Math.floor((centavos * 150) / 100_000)
const suma = (ventas: readonly Venta[], de: (v: Venta) => number = (v) => v.monto): number => ventas.reduce((n, v) => n + de(v), 0)
const enPantalla = (centavos: number): string =>
  `$${(centavos / 100).toLocaleString('es-MX', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
const texto = (centavos: number): string => (centavos / 100).toFixed(2)

const mundo = new Mundo()
const camara = new CamaraFalsa(join(mundo.carpeta, 'camara.y4m'))
mundo.argumentos = camara.argumentos
const telefono = mundo.otroAparato('telefono')
let caja: CajaEnPantalla
let tarjeta: Page
let juan: Shopper
let canje: { codigo: string; qr: string }
let ids: Record<Venta['nick'], string>
const vendidas: Venta[] = []
let devuelta: Venta
let descuento = 0

test.before(async () => {
  await conDiaPorDelante(process.env.FULL ? 15 : 4)
  await mundo.levantarServidor()
  caja = new CajaEnPantalla(await mundo.abrirNavegador())
  tarjeta = await telefono.abrirNavegador()
})
test.after(() => mundo.cerrar())

const boton = (name: string | RegExp) => caja.pagina.getByRole('button', { name, exact: typeof name === 'string' })
const enHoja = (name: string | RegExp) => caja.pagina.getByRole('dialog').getByRole('button', { name, exact: typeof name === 'string' })
const alDia = () => tarjeta.locator('.chip[data-fase="al_dia"]').waitFor()
function apuntar(
  folio: string,
  monto: number,
  metodo: Metodo,
  { de = 'nora', puntos = 0 }: { de?: Venta['nick']; puntos?: number } = {},
): Venta {
  const venta = { folio, monto, metodo, nick: de, puntos }
  vendidas.push(venta)
  return venta
}

/** Juan opens his card and holds it before the till. A code counts once: each time it is another. */
async function mostrarTarjeta(): Promise<void> {
  await tarjeta.goto(`${mundo.origen}/cardya-widget/`)
  await tarjeta.locator('.codigo').waitFor()
  camara.mostrarPixeles(await tarjeta.locator('.plate').screenshot())
}
async function venderAJuan(monto: number, metodo: Metodo): Promise<Venta> {
  await mostrarTarjeta()
  await caja.leerTarjetaConCamara()
  await caja.escribirMonto(texto(monto), metodo)
  await caja.registrar()
  return apuntar(await caja.folioDelRecibo(), monto, metodo, { puntos: puntosDeJuan(monto) })
}
async function vender(monto: number, metodo: Metodo, de?: Venta['nick']): Promise<void> {
  apuntar(await caja.vender(texto(monto), { metodo }), monto, metodo, de ? { de } : {})
}

test('PWA-14: a new cashier enrols the till by her installation QR, with its four digits; a supervisor enters once while there is a network', async () => {
  const { pagina } = caja
  const nora = await contratar(mundo.origen, { ...NORA, permisosScanYA: CAJERO_AVANZADO })
  ids = { nora: nora.id, lucia: nora.otros.lucia ?? '' }
  const liga = await ligaDeInstalacion(mundo.origen, nora.id)
  await pagina.goto(liga.url)
  await boton('Dar de alta esta caja').click()
  const cotejo = (await pagina.locator('.alta__digitos').innerText()).trim()
  await aprobarLaCaja(mundo.origen, liga.id, cotejo)
  await caja.enInicio()
  await pagina.getByText('@nora').first().waitFor()
  await caja.salir()
  await caja.entrar('lucia')
  await caja.enInicio()
  await caja.salir()
  await caja.entrar('nora', NORA.pin)
  await caja.enInicio()
  await pagina.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
})

test('the morning: Juan buys, keeps a cupón, asks for a reward; then the network is cut and the shift opened', async () => {
  await tarjeta.goto(`${mundo.origen}/cardya-widget/?demo=juan`)
  await alDia()
  await tarjeta.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await venderAJuan(60_000, 'Tarjeta')
  juan = await Shopper.entrar(mundo.origen, 'juan@example.mx')
  await hasta(async () => (await juan.puntos()) === puntosDeJuan(60_000), 'the points of the morning')
  canje = await juan.canjear(CAFE.nombre)
  await juan.guardarCupon(CUPON)
  await tarjeta.goto(`${mundo.origen}/cardya-widget/mis-cupones`)
  await tarjeta.locator(`[data-cupon=${CUPON}]`).waitFor()
  await caja.aInicio()
  await boton('Validar canje').click()
  await caja.pagina.getByText(/Esta caja los entrega sin red hasta/).waitFor()

  await mundo.quitarServidor()
  for (const aparato of [mundo, telefono]) await aparato.contexto.setOffline(true)
  await caja.aInicio()
  await boton(/Abrir turno/).click()
  await caja.pagina.locator('#abrir-turno').waitFor()
  await caja.pagina.keyboard.type(String(FONDO))
  await caja.pagina
    .locator('output.monto')
    .filter({ hasText: texto(FONDO) })
    .waitFor()
  await boton('Abrir turno').click()
  await boton('Cerrar turno').waitFor()
})

test('[R5] SCAN-30: the canje is read by the camera and handed over by the till that may', async () => {
  const { pagina } = caja
  camara.mostrar(canje.qr)
  await caja.aInicio()
  await boton(/^Escanear QR/).click()
  await boton('Confirmar entrega').click()
  await pagina.getByRole('heading', { name: '¡Canje entregado!' }).waitFor()
})

test(`[R2] [R3] ${VENTAS} sales with no network: by the keypad, with the card of Juan, and one with the cupón his phone shows`, async () => {
  const cada = Math.floor(VENTAS / CON_TARJETA)
  for (let n = 0; n < VENTAS - 1; n++) {
    const monto = 3_550 + 725 * (n % 40) + n
    const metodo = METODOS[n % METODOS.length] ?? 'Efectivo'
    if (n % cada === cada - 2) await venderAJuan(monto * 4, metodo)
    else await vender(monto, metodo)
  }
  const { pagina } = caja
  await tarjeta.goto(`${mundo.origen}/cardya-widget/mis-cupones`)
  await tarjeta.getByRole('link', { name: 'Ver QR de 2x1 en pizzas' }).click()
  await tarjeta.locator('.vale .codigo').waitFor()
  const qr = await leerQrDeImagen(await tarjeta.locator('.vale__placa').screenshot())
  assert.ok(qr, 'its QR reads')
  camara.mostrar(qr)
  await caja.aInicio()
  await boton(/^Escanear QR/).click()
  await boton('Aplicar cupón').click()
  await boton(/^Revisar/).waitFor()
  await caja.escribirMonto('330')
  descuento = 16_500
  await pagina.locator('.regalado input').fill(texto(descuento))
  await boton(/^Revisar \$165.00/).waitFor()
  await caja.registrar()
  apuntar(await caja.folioDelRecibo(), 33_000 - descuento, 'Efectivo', { puntos: puntosDeJuan(33_000 - descuento) })
})

test('SCAN-40: a sale of Juan is given back whole, with its reason', async () => {
  const { pagina } = caja
  const [, deJuan] = vendidas.filter(({ puntos }) => puntos > 0)
  assert.ok(deJuan)
  devuelta = deJuan
  await caja.abrirHistorial()
  await caja.verTodas()
  await pagina.locator(`.sales [data-tipo=venta][data-folio="${devuelta.folio}"] button`).click()
  await boton('Reembolsar').click()
  await pagina.getByRole('dialog').getByRole('radio', { name: 'Pedido equivocado', exact: true }).click()
  await enHoja(/^Reembolsar/).click()
  await pagina.getByRole('dialog').waitFor({ state: 'detached' })
  await pagina.locator('.sello-de-estado').waitFor()
})

test('TU6: the shift is closed by what this file counted, and she leaves with everything still to be sent; the next one sells on', async () => {
  const { pagina } = caja
  const turno = vendidas.slice(1)
  const de = (metodo: Metodo) => suma(turno.filter((v) => v.metodo === metodo))
  const enEfectivo = FONDO + de('Efectivo') - (devuelta.metodo === 'Efectivo' ? devuelta.monto : 0)
  await caja.aInicio()
  await boton(/Ver turno/).click()
  await boton('Cerrar turno').click()
  await pagina.keyboard.type(String(enEfectivo))
  await pagina.getByRole('status').filter({ hasText: 'Cuadra' }).waitFor()
  await enHoja('Cerrar turno').click()
  const hoja = pagina.getByRole('dialog', { name: 'Turno cerrado' })
  await hoja.waitFor()
  const papel = (await hoja.innerText()).replaceAll('\n', ' ')
  for (const linea of [
    ...METODOS.map((metodo) => `${metodo} ${enPantalla(de(metodo))}`),
    `Ventas ${turno.length}`,
    `Vendido ${enPantalla(suma(turno))}`,
    `Devuelto −${enPantalla(devuelta.monto)}`,
    `Descuentos de cupones ${enPantalla(descuento)}`,
    'Cupones 1',
    'Canjes entregados 1',
    `Debe haber en efectivo ${enPantalla(enEfectivo)}`,
  ])
    assert.ok(papel.includes(linea), `${linea} in ${papel}`)
  await caja.cerrarHoja()
  await caja.salir()
  // Shift opened and closed, canje, sales, refund.
  await pagina.getByRole('radio', { name: new RegExp(`@nora.*${turno.length + 4} por enviar`, 's') }).waitFor()
  await caja.entrar('lucia')
  await caja.enInicio()
  await vender(4_999, 'Efectivo', 'lucia')
  await caja.aInicio()
  await caja.hastaLaFase('sin_conexion')
  await mundo.foto(pagina, 'dia-01-sin-conexion')
})

test('the network returns: nothing waits at the till; the ledger has each sale once, to the centavo, under who sold it', async () => {
  const { pagina } = caja
  await mundo.levantarServidor()
  for (const aparato of [mundo, telefono]) await aparato.contexto.setOffline(false)
  await caja.hastaLaFase('al_dia')
  const ledger = await leerLedger(mundo.origen)
  assert.equal(
    ledger.map((v) => [v.folio, v.monto, v.empleadoId, v.puntosOtorgados, v.retenida, v.estado, v.reembolsado]).sort(),
    vendidas
      .map((v) => [
        ...[v.folio, v.monto / 100, ids[v.nick], v.puntos, false],
        ...(v === devuelta ? ['reembolsada', v.monto / 100] : ['completada', 0]),
      ])
      .sort(),
  )
  assert.is(suma(vendidas), Math.round(ledger.reduce((n, v) => n + v.monto * 100, 0)))
  const [turno] = await leerTurnos(mundo.origen)
  assert.equal([turno?.ventas, turno?.total, turno?.fondo], [vendidas.length - 2, suma(vendidas.slice(1, -1)) / 100, FONDO / 100])

  await caja.abrirHistorial()
  await caja.verTodas()
  const filas = await pagina
    .locator('.sales [data-tipo=venta]')
    .evaluateAll((todas) => todas.map((fila) => `${fila.getAttribute('data-folio')} ${fila.getAttribute('data-aspecto')}`))
  assert.equal(filas, vendidas.map(({ folio }) => `${folio} servidor`).reverse())
  assert.match(
    await pagina.locator('.sum').innerText(),
    new RegExp(`${escapar(enPantalla(suma(vendidas)))}[\\s\\S]*\\b${vendidas.length}\\b`),
  )
  await mundo.foto(pagina, 'dia-02-historial')
  await pagina.getByLabel('De quién').selectOption('mias')
  await hasta(async () => (await pagina.locator('.sales [data-tipo=venta]').count()) === 1, 'only her own')
  assert.is(await pagina.locator('.sales [data-tipo=venta]').getAttribute('data-folio'), vendidas.at(-1)?.folio)
  await caja.aInicio()
  await mundo.foto(pagina, 'dia-03-inicio')
})

test('[R4] [R6] the card of Juan: his points once, the reward and the cupón used, what was given back', async () => {
  await tarjeta.goto(`${mundo.origen}/cardya-widget/mis-cupones`)
  await tarjeta.getByRole('tab', { name: /Usados 1/ }).click()
  await tarjeta.locator(`[data-cupon=${CUPON}]`).waitFor()
  assert.is(await tarjeta.locator('[data-ahorro]').getAttribute('data-ahorro'), String(descuento))
  await mundo.foto(tarjeta, 'dia-04-cupones')
  await tarjeta.getByRole('link', { name: 'Puntos', exact: true }).click()
  const suyas = suma(vendidas, (v) => v.puntos) - devuelta.puntos - CAFE.puntos
  await tarjeta.locator('[data-negocio="Pizzería Roma"] .pts', { hasText: new RegExp(`^${suyas.toLocaleString('es-MX')}$`) }).waitFor()
  assert.is(await juan.estadoDelCanje(canje.codigo), 'confirmado')
  const cuantos = (tipo: string) => tarjeta.locator(`[data-movimiento=${tipo}]`).count()
  const ganadas = vendidas.filter(({ puntos }) => puntos > 0).length
  assert.equal(
    [await cuantos('canjeado'), await cuantos('devuelto'), await cuantos('ganado'), await cuantos('retenido')],
    [1, 1, ganadas, 0],
  )
  await mundo.foto(tarjeta, 'dia-05-puntos')
})

test('Business Studio: the day’s total and number of sales, and the shift that balances', async () => {
  const pagina = await telefono.otraPestana()
  await pagina.setViewportSize(ESCRITORIO)
  const studio = new StudioEnPantalla(pagina)
  await studio.abrir(mundo.origen, 'dueno', 'hoy')
  await pagina.locator('.studio-ventas tbody tr').first().waitFor()
  const cifras = await pagina.locator('.studio-cifras .v').allInnerTexts()
  const puntos = suma(vendidas, (v) => v.puntos) - devuelta.puntos
  assert.equal(cifras, [
    enPantalla(suma(vendidas) - devuelta.monto),
    String(vendidas.length),
    puntos.toLocaleString('es-MX'),
    enPantalla(devuelta.monto),
  ])
  assert.equal((await pagina.locator('.studio-ventas td.mono').allInnerTexts()).sort(), vendidas.map(({ folio }) => folio).sort())
  await mundo.foto(pagina, 'dia-06-hoy')
  await studio.ir('turnos')
  const renglon = pagina.locator('.tu').first()
  await renglon
    .filter({ hasText: enPantalla(suma(vendidas.slice(1, -1))) })
    .filter({ hasText: /Nora/ })
    .waitFor()
  await renglon.filter({ hasText: 'Cuadra' }).waitFor()
  await mundo.foto(pagina, 'dia-07-turnos')
  assert.equal(
    [...mundo.errores, ...telefono.errores].filter((error) => !/Failed to load resource|net::ERR/.test(error)),
    [],
    'no page complained',
  )
})

const escapar = (literal: string): string => literal.replaceAll(/[$.]/g, '\\$&')

test.run()
