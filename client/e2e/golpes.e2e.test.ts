// @full
// @timeout 900
/**
 * Two tills and the server, each a process of its own, and kill -9 of one of them by turns while both cashiers go on selling. At the end the tills' screens,
 * the ledger, the shoppers and Business Studio tell of the same sales: each that a screen said was registered, once. SEED=… strikes in the same order again.
 */
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { azar } from '../../schema/testing/azar.ts'
import { ESCRITORIO } from './lib/aparato.ts'
import { hasta } from './lib/caja.ts'
import { Cajero, type Puesto, type Vendida } from './lib/cajero.ts'
import { golpear, ServidorQueVuelve } from './lib/golpes.ts'
import { diaDe, leerLedger, type VentaDelLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'
import { revisarCarpeta } from './lib/oraculo.ts'
import { Shopper } from './lib/shopper.ts'
import { StudioEnPantalla } from './lib/studio.ts'
import { CLAVES, type Nombre, SHOPPERS, TelefonosALaVista } from './lib/telefonos-a-la-vista.ts'

const RONDAS = process.env.FULL ? 20 : 3
const SEMILLA = Number(process.env.SEED ?? Date.now() % 1_000_000)
/** Of Pizzería Roma: $10 a point, by what each one's nivel multiplies, in hundredths. */
const PCT: Record<Nombre, number> = { Juan: 150, Ana: 125, María: 100 }
const puntosDe = (v: Vendida): number => (v.shopper ? Math.floor((v.centavos * PCT[v.shopper]) / (1_000 * 100)) : 0)
const suma = (numeros: number[]): number => numeros.reduce((total, n) => total + n, 0)

const mundo = new Mundo()
const delMundo = azar(SEMILLA)
const telefonos = new TelefonosALaVista(() => mundo.origen)
let vendidas = 0
const puesto = (n: number): Puesto => ({ azar: azar(SEMILLA + n), telefonos, centavos: () => 2_000 + 37 * vendidas++ })
const cajeros = [new Cajero(mundo, puesto(1)), new Cajero(mundo.otroAparato('segunda-caja'), puesto(2))]
const todas = () => cajeros.flatMap((c) => c.vendidas)
const empezadoAt = Date.now()

test.before(async () => {
  await mundo.levantarServidor()
  await telefonos.preparar()
  await Promise.all(cajeros.map((c, i) => c.darDeAlta(mundo.origen, ['carlos', 'lucia'][i] ?? '')))
})
test.after(() => mundo.cerrar())

test(`[DI3, R1] kill -9 of two tills and the server by turns, ${RONDAS} rounds: what a screen said is in its history, and all of it arrives`, async () => {
  console.log(`SEED=${SEMILLA}`)
  const servidor = new ServidorQueVuelve(mundo, delMundo)
  const vidas = Promise.all(cajeros.map((c) => c.vivir(mundo.origen)))
  await Promise.race([golpear(RONDAS, servidor, cajeros, delMundo), vidas])
  await servidor.vuelta
  for (const c of cajeros) c.terminar()
  await vidas
  for (const c of cajeros) {
    await c.revisarHistorial('servidor')
    await c.caja().hastaLaFase('al_dia')
  }
  const dudosas = cajeros.flatMap((c) => c.sinConfirmar)
  console.log(
    [
      `${RONDAS} blows (${servidor.cortes} of the server, ${cajeros.map((c) => c.cortes).join(' and ')} of the tills)`,
      `${todas().length - dudosas.filter((i) => i.hallada).length} sales confirmed`,
      `${dudosas.length} pressed and not confirmed: ${dudosas.filter((i) => i.hallada).length} of them were made`,
      `${((Date.now() - empezadoAt) / 60_000).toFixed(1)} min`,
    ].join(' · '),
  )
})

test('[R1] the ledger has each of them once, with its folio, its amount and its points, and nothing else', async () => {
  const ledger = await ledgerDeEstosDias()
  // The day was over before its till was on again: the history of today could not tell.
  for (const i of cajeros.flatMap((c) => c.sinConfirmar))
    if (i.hallada === undefined) i.hallada = ledger.find((v) => Math.round(v.monto * 100) === i.centavos)?.folio ?? null
  const esperadas = todas().map((v) => [v.folio, v.centavos / 100, v.shopper, puntosDe(v), v.shopper !== null])
  assert.equal(
    ledger.map((v) => [v.folio, v.monto, v.cliente?.split(' ')[0] ?? null, v.puntosOtorgados, v.acreditada]).sort(),
    esperadas.sort(),
  )
  for (const { vendidas: suyas } of cajeros) {
    const numeros = suyas.map((v) => Number(v.folio.split('-')[1])).sort((a, b) => a - b)
    assert.equal(
      numeros,
      numeros.map((_, i) => i + 1),
      'folios without holes',
    )
  }
})

test('each shopper has the points of what they bought, and so does their history', async () => {
  for (const nombre of SHOPPERS) {
    const shopper = await Shopper.entrar(mundo.origen, `${CLAVES[nombre]}@example.mx`)
    const puntos = suma(
      todas()
        .filter((v) => v.shopper === nombre)
        .map(puntosDe),
    )
    await hasta(async () => (await shopper.puntos()) === puntos, `${nombre} has ${puntos} points`)
    assert.is(await shopper.sumaDelHistorial(), puntos)
  }
})

test('Business Studio counts the same money and the same sales', async () => {
  const studio = new StudioEnPantalla(await mundo.otraPestana())
  await studio.pagina.setViewportSize(ESCRITORIO)
  await studio.entrar(mundo.origen, 'dueno')
  await studio.ir('hoy')
  const cifra = (rotulo: string) => studio.pagina.locator('.studio-cifras .kpi').filter({ hasText: rotulo }).locator('.v').innerText()
  await hasta(async () => {
    const deHoy = await leerLedger(mundo.origen)
    const centavos = suma(deHoy.map((v) => Math.round(v.monto * 100)))
    const [total, ventas] = await Promise.all([cifra('Total del día'), cifra('Ventas')])
    return Number(total.replace(/\D/g, '')) === centavos && Number(ventas.replace(/\D/g, '')) === deHoy.length
  }, 'the total of today')
})

test('[DI3] the folder of the server that was killed: no hole in what it accepted, and the ledger is the oracle’s, byte for byte', async () => {
  assert.equal(await mundo.servidor?.terminate(), { code: 0, signal: null })
  const recibidos = await revisarCarpeta(join(mundo.carpeta, 'data'))
  assert.ok(recibidos >= todas().length, `${recibidos} entries accepted`)
})

/** A journey that began before midnight has sold on two days. */
async function ledgerDeEstosDias(): Promise<VentaDelLedger[]> {
  const dias = [...new Set([diaDe(empezadoAt), diaDe(Date.now())])]
  return (await Promise.all(dias.map((dia) => leerLedger(mundo.origen, dia)))).flat()
}

test.run()
