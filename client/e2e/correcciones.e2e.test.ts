// @timeout 240
/** A day at a till with the network away: a photo with a sale, a monto corrected, a line given back, a sale cancelled, the shift closed. Then all agree. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarBytes, generarParDeLlaves } from '../../schema/core/firma.ts'
import { azarDelSistema, uuidv7 } from '../../schema/core/ids.ts'
import { SUPERVISOR } from '../../schema/domain/empleados/permisos.ts'
import { firmarTicket } from '../../schema/domain/tickets/ticket.ts'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { darPermisosA, leerLedger, leerTurnos } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'

const TODO = { ...SUPERVISOR, ajustes: { reembolsos: true, cancelaciones: true, modificarMontos: true } }
const mundo = new Mundo()
let caja: CajaEnPantalla
let [conFoto, corregida, anulada] = ['', '', '']
/** Centavos of what was given back in cash. */
let devueltoEnEfectivo = 0
let esperado = 0

test.before(async () => {
  mundo.entorno = { DEMO_DIAS: '2' }
  await mundo.levantarServidor()
  await darPermisosA(mundo.origen, 'carlos', TODO)
  caja = new CajaEnPantalla(await mundo.abrirNavegador())
  await caja.darDeAlta(mundo.origen)
})
test.after(() => mundo.cerrar())

async function revisar(nombre: string): Promise<void> {
  await esAccesible(caja.pagina, nombre)
  await cabeEnAngosto(caja.pagina, nombre)
  await mundo.fotos2(caja.pagina, nombre)
}
const boton = (name: string | RegExp) => caja.pagina.getByRole('button', { name, exact: typeof name === 'string' })
const enHoja = (name: string | RegExp) => caja.pagina.getByRole('dialog').getByRole('button', { name, exact: typeof name === 'string' })
const elegir = (name: string) => caja.pagina.getByRole('dialog').getByRole('radio', { name, exact: true }).click()
const sinHoja = () => caja.pagina.getByRole('dialog').waitFor({ state: 'detached' })
async function abrirVenta(folio: string): Promise<void> {
  await caja.abrirHistorial()
  await caja.pagina.locator(`.sales [data-folio="${folio}"] button`).click()
  await caja.pagina.locator(`.ticket[data-folio="${folio}"]`).waitFor()
}
async function totalDeHoy(): Promise<number> {
  await caja.abrirHistorial()
  return centavosDe(await caja.pagina.locator('.sum dd').first().innerText())
}
const centavosDe = (texto: string): number => Math.round(Number(/\$([\d,]+\.\d\d)/.exec(texto)?.[1]?.replaceAll(',', '')) * 100)

test('SCAN-17: with no network a shift is opened, and a photo goes with its sale', async () => {
  const { pagina } = caja
  await mundo.ponerRed(false)
  await boton(/Abrir turno/).click()
  await pagina.locator('#abrir-turno').waitFor()
  await pagina.keyboard.type('50000')
  await pagina.locator('output.monto').filter({ hasText: '500.00' }).waitFor()
  await revisar('70-abrir-turno')
  await boton('Abrir turno').click()
  await boton('Cerrar turno').waitFor()
  await caja.escribirVenta('120')
  await pagina.locator('.foto input[type=file]').setInputFiles({
    ...{ name: 'foto.png', mimeType: 'image/png' },
    buffer: await pagina.screenshot(),
  })
  await boton('Ver la foto de evidencia').waitFor()
  await revisar('71-cobrar-con-foto')
  await caja.registrar()
  conFoto = await caja.folioDelRecibo()
  corregida = await caja.vender('50')
  anulada = await caja.vender('80')
  await abrirVenta(conFoto)
  await boton('Ver la foto de evidencia').waitFor()
  await revisar('72-venta-con-foto')
})

test('SCAN-22, 51: a monto is corrected and a sale cancelled, each with its reason; the day adds up at once', async () => {
  const { pagina } = caja
  const antes = await totalDeHoy()
  await abrirVenta(corregida)
  await boton('Cambiar monto').click()
  await enHoja('Guardar cambio').click()
  assert.match(await caja.error(), /Escribe el monto/)
  await pagina.keyboard.type('5500')
  await elegir('Monto mal tecleado')
  await revisar('73-cambiar-monto')
  await enHoja('Guardar cambio').click()
  await sinHoja()
  await pagina.locator('.ticket .big', { hasText: '$55.00' }).waitFor()
  await pagina.locator('.historia [data-tipo=cambio_monto][data-aspecto=aqui]').waitFor()
  await revisar('74-monto-cambiado')

  await abrirVenta(anulada)
  await boton('Anular venta').click()
  await elegir('Era una prueba')
  await revisar('75-anular')
  await enHoja('Anular venta').click()
  await sinHoja()
  await pagina.locator('.sello-de-estado').waitFor()
  for (const nombre of ['Cambiar monto', 'Anular venta', 'Reembolsar']) assert.is(await boton(nombre).count(), 0, nombre)
  await hasta(async () => (await totalDeHoy()) === antes + 500 - 8_000, 'the day adds up')
})

test('SCAN-40: one line of a sale of another till comes back; more than remains is refused with the number', async () => {
  const { pagina } = caja
  await caja.abrirHistorial()
  const ayer = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Mexico_City' }).format(Date.now() - 86_400_000)
  await pagina.locator('.fecha').fill(ayer)
  await pagina.locator('.sales [data-tipo=venta][data-propio=false] button').first().click()
  await boton('Reembolsar').click()
  await elegir('Por artículo')
  await pagina
    .getByRole('button', { name: /^Una de .* más$/ })
    .first()
    .click()
  await elegir('Pedido equivocado')
  await revisar('76-reembolso-por-articulo')
  const entrega = (await pagina.locator('.effect .line').first().innerText()).replaceAll('\n', ' ')
  const monto = centavosDe(entrega)
  assert.ok(monto > 0, entrega)
  if (/efectivo/.test(entrega)) devueltoEnEfectivo += monto
  await enHoja(/^Reembolsar/).click()
  await sinHoja()
  await pagina.getByText(/volvió 1/).waitFor()
  await revisar('77-linea-devuelta')

  await abrirVenta(conFoto)
  await boton('Reembolsar').click()
  await elegir('Una parte')
  await pagina.keyboard.type('12001')
  await elegir('Llegó mal')
  await enHoja(/^Reembolsar/).click()
  assert.match(await caja.error(), /quedan \$120\.00/)
  for (let tecla = 0; tecla < 5; tecla++) await pagina.keyboard.press('Backspace')
  await pagina.keyboard.type('2000')
  await enHoja(/^Reembolsar/).click()
  await sinHoja()
  devueltoEnEfectivo += 2_000
})

test('SCAN-40: [R14] a ticket of another till is read with no network, and no more than it says is given back', async () => {
  const { pagina } = caja
  const { privateKey } = await generarParDeLlaves()
  const hechoId = uuidv7(Date.now() - 60_000, azarDelSistema)
  const ticket = { hechoId, negocioNumero: 1, negocioNombre: 'Pizzería Roma', folio: 'C9-000009', montoCentavos: 9_000, puntos: 0 }
  const firmado = (negocioNumero: number) =>
    firmarTicket({ ...ticket, negocioNumero, effAt: Date.now(), cardId: null }, (cuerpo) => firmarBytes(privateKey, 'CYA1|ticket', cuerpo))
  await caja.abrirHistorial()
  await boton('Reembolsar con el ticket').click()
  const campo = pagina.getByLabel(/pega su código/)
  for (const [texto, dice] of [
    ['HOLA', /no es el de un ticket/],
    [await firmado(2), /otro negocio/],
  ] as const) {
    await campo.fill(texto)
    await campo.press('Enter')
    await pagina.getByRole('alert').filter({ hasText: dice }).waitFor()
  }
  await revisar('83-leer-ticket')
  await campo.fill(await firmado(1))
  await campo.press('Enter')
  await pagina.getByText(/Vendida en otra caja/).waitFor()
  await boton('Reembolsar').click()
  await elegir('Se cobró doble')
  await enHoja(/^Reembolsar/).click()
  await sinHoja()
  await pagina.getByText(/ya no queda nada/).waitFor()
  await revisar('84-ticket-devuelto')
  devueltoEnEfectivo += 9_000
})

test('the shift is closed with what was counted beside what there should be; what waits is told', async () => {
  const { pagina } = caja
  await caja.aInicio()
  await boton(/Ver turno/).click()
  await revisar('78-turno')
  await boton('Cerrar turno').click()
  esperado = 50_000 + 12_000 + 5_500 - devueltoEnEfectivo
  assert.is(centavosDe(await pagina.locator('.effect .line').first().innerText()), esperado)
  await enHoja('Cerrar turno').click()
  assert.match(await caja.error(), /Cuenta el efectivo o cierra sin contar/)
  await pagina.keyboard.type('0')
  await pagina.getByRole('status').filter({ hasText: 'Faltan' }).waitFor()
  await pagina.keyboard.type(String(esperado - 500))
  await pagina.getByRole('status').filter({ hasText: 'Faltan $5.00' }).waitFor()
  await revisar('79-cerrar-turno')
  await enHoja('Cerrar turno').click()
  await pagina.getByRole('dialog', { name: 'Turno cerrado' }).waitFor()
  await revisar('80-turno-cerrado')
  await caja.cerrarHoja()
  await caja.abrirLoQueFalta()
  await pagina.getByText('Fotos por enviar').waitFor()
  await revisar('81-lo-que-falta')
  await caja.cerrarHoja()
})

test('the network returns: the ledger, the shift and the photo at the server are what the till said', async () => {
  const { pagina } = caja
  await mundo.ponerRed(true)
  await caja.hastaLaFase('al_dia')
  const ledger = new Map((await leerLedger(mundo.origen)).map((v) => [v.folio, v]))
  assert.equal(
    [conFoto, corregida, anulada].map((folio) => [ledger.get(folio)?.monto, ledger.get(folio)?.estado]),
    [
      [120, 'completada'],
      [55, 'completada'],
      [80, 'anulada'],
    ],
  )
  const [turno] = await leerTurnos(mundo.origen)
  assert.equal(
    [turno?.fondo, turno?.esperado, turno?.contado, turno?.ventas, turno?.total, turno?.anuladas],
    [500, esperado / 100, esperado / 100 - 5, 2, 175, 1],
  )
  await hasta(async () => {
    await caja.abrirLoQueFalta()
    const quedan = await pagina.getByText('Fotos por enviar').count()
    await caja.cerrarHoja()
    return quedan === 0
  }, 'the photo is at the server')
  // It is gone from here once it is there: what is seen now comes from the server.
  await abrirVenta(conFoto)
  await boton('Ver la foto de evidencia').click()
  await pagina.getByRole('dialog', { name: 'Foto de evidencia' }).getByRole('img').waitFor()
  await mundo.fotos2(pagina, '82-foto-del-servidor')
  assert.equal(
    mundo.errores.filter((error) => !/Failed to load resource|net::ERR/.test(error)),
    [],
    'no page complained',
  )
})

test.run()
