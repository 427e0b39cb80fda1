/** The accidents one by one: each does to real parts what its name says, and what it does is healed by them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { VERSION, VERSION_MINIMA } from '../../schema/protocol/version.ts'
import type { EstadoSync, HechoGuardado, Respuesta } from '../replica/api.ts'
import { cerrarCuentas, vaciarBuzones } from './cierre.ts'
import { actualizar } from './fallos-del-equipo.ts'
import { abrirDbDelMundo, createWorld, type EquipoDeNegocio, type Mundo } from './mundo.ts'
import { restaurar, tomarRespaldo } from './respaldo.ts'

const db = await abrirDbDelMundo()
test.after(() => db.close())
const HORA = 3_600_000

async function unMundo() {
  const mundo = await createWorld({ seed: 7, db, cajas: 1, studios: 0, shoppers: 1 })
  const caja = mundo.negocios[0]?.equipos[0] as EquipoDeNegocio
  return { mundo, caja, equipo: caja.equipo }
}
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
/** A sale of 100.00 to the only shopper. */
async function vender(mundo: Mundo, { equipo }: EquipoDeNegocio): Promise<HechoGuardado> {
  const qr = (await mundo.telefonos[0]?.mostrar(0)) ?? null
  const venta = { montoCentavos: 10_000, metodoPago: 'efectivo', descripcion: null, lineas: [], qr, operador: null } as const
  return valor(await mundo.logrado(equipo.pedir((api) => api.registrarVenta(venta))))
}
const estado = (mundo: Mundo, { equipo }: EquipoDeNegocio): Promise<EstadoSync> => mundo.logrado(equipo.pedir((api) => api.estado()))
const enServidor = async (mundo: Mundo) =>
  (await mundo.db.superusuario`select id from transacciones order by recibido_at`).map((t) => t.id as string)
async function sinHallazgos(mundo: Mundo): Promise<void> {
  assert.equal(await cerrarCuentas(mundo, false), [])
  mundo.cerrar()
}

test('two tabs share a disk and a journal; a frozen leader is robbed, and thawed it neither sends again nor leads', async () => {
  const { mundo, caja, equipo } = await unMundo()
  await equipo.abrirPestana()
  await mundo.tiempo.quieto()
  equipo.linea.cortar()
  const dichas = [await vender(mundo, caja), await vender(mundo, caja)]
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
  assert.equal([(await estado(mundo, caja)).lider, (await estado(mundo, caja)).pendientes], [true, 0])
  assert.is((await enServidor(mundo)).length, 2)
  equipo.descongelar()
  await mundo.tiempo.avanzar(60_000)
  const lideres = [await estado(mundo, caja), await estado(mundo, caja)].filter(({ lider }) => lider)
  assert.is(lideres.length, 1)
  assert.ok(equipo.cerrarPestana())
  await vender(mundo, caja)
  await mundo.tiempo.avanzar(60_000)
  assert.is((await enServidor(mundo)).length, 3)
  await sinHallazgos(mundo)
})

test('a tab alone in the background: nothing moves in it, and what it was asked is answered when somebody looks', async () => {
  const { mundo, caja, equipo } = await unMundo()
  equipo.linea.cortar()
  await vender(mundo, caja)
  assert.ok(equipo.congelar())
  equipo.linea.conectar()
  await mundo.tiempo.avanzar(HORA)
  assert.is((await enServidor(mundo)).length, 0)
  await vender(mundo, caja)
  await mundo.tiempo.avanzar(60_000)
  assert.is((await enServidor(mundo)).length, 2)
  await sinHallazgos(mundo)
})

test('two nodes by turns on one database: what one takes the other tells its streams; one dies and nobody notices', async () => {
  const { mundo, caja } = await unMundo()
  const { servicios } = await mundo.nodo.levantarOtro()
  await servicios.alArrancar()
  await vender(mundo, caja)
  await vaciarBuzones(mundo)
  assert.is(mundo.nodo.cuantos, 2)
  mundo.nodo.programarMuerte({ ...mundo.azar, entre: () => 3 })
  await vender(mundo, caja)
  await mundo.tiempo.avanzar(5 * 60_000)
  assert.equal([mundo.nodo.cuantos, mundo.nodo.vivo, (await enServidor(mundo)).length], [1, true, 2])
  await sinHallazgos(mundo)
})

test('[DI1] [PU4] a database put back to its backup: the till hands in again what it had acknowledged, and pulls its slice anew', async () => {
  const { mundo, caja } = await unMundo()
  const antes = await vender(mundo, caja)
  await vaciarBuzones(mundo)
  const respaldo = await tomarRespaldo(mundo)
  assert.ok(respaldo)
  const despues = await vender(mundo, caja)
  await vaciarBuzones(mundo)
  assert.is((await estado(mundo, caja)).pendientes, 0)
  if (respaldo) await restaurar(mundo, respaldo)
  assert.equal(await enServidor(mundo), [antes.hechoId])
  await mundo.tiempo.avanzar(10 * 60_000)
  assert.equal((await enServidor(mundo)).sort(), [antes.hechoId, despues.hechoId].sort())
  await sinHallazgos(mundo)
})

test('[DI9] [PU6] a client one release behind works as ever; one below the minimum hands in its journal and nothing else until it is updated', async () => {
  const { mundo, caja, equipo } = await unMundo()
  for (const [protocolo, fase] of [
    [VERSION - 1, 'al_dia'],
    [VERSION_MINIMA - 1, 'atencion'],
  ] as const) {
    equipo.linea.protocolo = protocolo
    equipo.matar()
    await equipo.encender()
    await vender(mundo, caja)
    await mundo.tiempo.avanzar(5 * 60_000)
    assert.equal([(await estado(mundo, caja)).fase === fase, (await estado(mundo, caja)).pendientes], [true, 0], String(protocolo))
  }
  assert.is((await enServidor(mundo)).length, 2)
  await actualizar(caja)
  await vaciarBuzones(mundo)
  assert.is((await estado(mundo, caja)).fase, 'al_dia')
  await sinHallazgos(mundo)
})

test.run()
