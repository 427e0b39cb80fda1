/** The accidents one by one, in one world: each does to real parts what its name says, and in the end nothing is missing, and nothing is there twice. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { VERSION, VERSION_MINIMA } from '../../schema/protocol/version.ts'
import type { EstadoSync, HechoGuardado, NuevaVenta, Respuesta } from '../replica/api.ts'
import { cerrarCuentas, vaciarBuzones } from './cierre.ts'
import type { Equipo } from './equipo.ts'
import { actualizar } from './fallos-del-equipo.ts'
import { abrirDbDelMundo, createWorld, type EquipoDeNegocio, type Mundo } from './mundo.ts'
import { restaurar, tomarRespaldo } from './respaldo.ts'

const db = await abrirDbDelMundo()
test.after(() => db.close())
const HORA = 3_600_000

let mundo: Mundo
let caja: EquipoDeNegocio
let equipo: Equipo
test.before(async () => {
  mundo = await createWorld({ seed: 7, db, cajas: 1, studios: 0, shoppers: 1 })
  caja = mundo.negocios[0]?.equipos[0] as EquipoDeNegocio
  equipo = caja.equipo
})
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
/** A sale of 100.00, to the only shopper (six a day, R16) or to nobody. */
async function vender(conTarjeta = true): Promise<HechoGuardado> {
  const qr = (conTarjeta && (await mundo.telefonos[0]?.mostrar(0))) || null
  const venta: NuevaVenta = { montoCentavos: 10_000, metodoPago: 'efectivo', descripcion: null, lineas: [], qr, operador: null }
  return valor(await mundo.logrado(equipo.pedir((api) => api.registrarVenta(venta))))
}
const estado = (): Promise<EstadoSync> => mundo.logrado(equipo.pedir((api) => api.estado()))
const enServidor = async () => (await mundo.db.superusuario`select id from transacciones`).map((t) => t.id as string)
const tiene = async (...hechos: HechoGuardado[]) => {
  const ids = await enServidor()
  return hechos.map(({ hechoId }) => ids.includes(hechoId))
}
let vendidas = 0
/** Sales that have arrived since it was last asked. */
async function llegadas(): Promise<number> {
  const antes = vendidas
  vendidas = (await enServidor()).length
  return vendidas - antes
}

test('two tabs share a disk and a journal; a frozen leader is robbed, and thawed it neither sends again nor leads', async () => {
  await equipo.abrirPestana()
  await mundo.tiempo.quieto()
  equipo.linea.cortar()
  const dichas = [await vender(), await vender()]
  assert.equal(
    dichas.map(({ folio, seq }) => [folio, seq]),
    [
      ['C1-000001', 1],
      ['C1-000002', 2],
    ],
  )
  assert.ok(equipo.congelar())
  equipo.linea.conectar()
  await mundo.tiempo.avanzar(60_000)
  assert.equal([(await estado()).lider, (await estado()).pendientes], [true, 0])
  assert.is(await llegadas(), 2)
  equipo.descongelar()
  await mundo.tiempo.avanzar(60_000)
  const lideres = [await estado(), await estado()].filter(({ lider }) => lider)
  assert.is(lideres.length, 1)
  assert.ok(equipo.cerrarPestana())
  await vender()
  await mundo.tiempo.avanzar(60_000)
  assert.is(await llegadas(), 1)
})

test('a tab alone in the background: nothing moves in it, and what it was asked is answered when somebody looks', async () => {
  equipo.linea.cortar()
  await vender()
  assert.ok(equipo.congelar())
  equipo.linea.conectar()
  await mundo.tiempo.avanzar(HORA)
  assert.is(await llegadas(), 0)
  await vender()
  await mundo.tiempo.avanzar(60_000)
  assert.is(await llegadas(), 2)
})

test('two nodes by turns on one database: what one takes the other tells its streams; one dies and nobody notices', async () => {
  const { servicios } = await mundo.nodo.levantarOtro()
  await servicios.alArrancar()
  await vender(false)
  await vaciarBuzones(mundo)
  assert.is(mundo.nodo.cuantos, 2)
  mundo.nodo.programarMuerte({ ...mundo.azar, entre: () => 3 })
  await vender(false)
  await mundo.tiempo.avanzar(5 * 60_000)
  assert.equal([mundo.nodo.cuantos, mundo.nodo.vivo, await llegadas()], [1, true, 2])
})

test('[DI1] [PU4] a database put back to its backup: the till hands in again what it had acknowledged, and pulls its slice anew', async () => {
  const antes = await vender(false)
  await vaciarBuzones(mundo)
  const respaldo = await tomarRespaldo(mundo)
  assert.ok(respaldo)
  const despues = await vender(false)
  await vaciarBuzones(mundo)
  assert.is((await estado()).pendientes, 0)
  if (respaldo) await restaurar(mundo, respaldo)
  assert.equal(await tiene(antes, despues), [true, false])
  await mundo.tiempo.avanzar(10 * 60_000)
  assert.equal(await tiene(antes, despues), [true, true])
})

test('[DI9] [PU6] a client one release behind works as ever; one below the minimum hands in its journal and nothing else until it is updated', async () => {
  for (const [protocolo, fase] of [
    [VERSION - 1, 'al_dia'],
    [VERSION_MINIMA - 1, 'atencion'],
  ] as const) {
    equipo.linea.protocolo = protocolo
    equipo.matar()
    await equipo.encender()
    await vender(false)
    await mundo.tiempo.avanzar(5 * 60_000)
    assert.equal([(await estado()).fase === fase, (await estado()).pendientes], [true, 0], String(protocolo))
  }
  assert.is(await llegadas(), 4)
  await actualizar(caja)
  await vaciarBuzones(mundo)
  assert.is((await estado()).fase, 'al_dia')
})

test('after all of it the books say the same, and every outbox sent again changes nothing', async () => {
  assert.equal(await cerrarCuentas(mundo, 0), [])
  mundo.cerrar()
})

test.run()
