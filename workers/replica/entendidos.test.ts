import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../schema/core/tiempo.ts'
import { type Almacen, abrirAlmacen } from './almacen.ts'
import type { ReplicaApi, Respuesta } from './api.ts'
import { crearEntendidos, type Entendidos } from './entendidos.ts'
import { crearReplica } from './replica.ts'
import { type Disco, puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { unServidor } from './testing/servidor-guion.ts'

const AHORA = Date.UTC(2026, 10, 21)
let disco: Disco
let almacen: Almacen
let entendidos: Entendidos
test.before.each(async () => {
  disco = unDisco()
  const puertos = puertosDePrueba(disco, () => Promise.reject(new Error('no network')))
  almacen = await abrirAlmacen(puertos)
  entendidos = crearEntendidos(puertos.notas)
  await poner('a', 'retenido')
  await poner('b', 'en_revision')
  await poner('c', 'aceptado')
  await poner('d', 'huerfano', AHORA - DIA)
})
test.after.each(() => almacen.cerrar())

async function poner(hechoId: string, estado: string, effAt = AHORA - HORA): Promise<void> {
  const id = `cadena|${hechoId}`
  await almacen.escribir('veredictos', [
    { previa: (await almacen.porId('veredictos', [id])).get(id), nueva: { id, hechoId, estado, effAt } },
  ])
}
const ver = (ahora = AHORA) => entendidos.contar(almacen, ahora)
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo}`)
  return respuesta.valor
}

test('what somebody understood waits no longer, and waits again once that is undone', async () => {
  assert.equal(await ver(), { faltan: 2, entendidos: [] })
  await entendidos.marcar(almacen, 'a', true, AHORA)
  assert.equal(await ver(), { faltan: 1, entendidos: ['a'] })
  await entendidos.marcar(almacen, 'a', false, AHORA)
  assert.equal(await ver(), { faltan: 2, entendidos: [] })
})

test('a verdict that changes is to be seen anew', async () => {
  await entendidos.marcar(almacen, 'a', true, AHORA)
  await poner('a', 'en_revision')
  assert.equal(await ver(), { faltan: 2, entendidos: [] })
})

test('held points somebody decided about ask for nobody: their sale is held no more, whatever its verdict says', async () => {
  const decidir = async (retenida: boolean) => {
    const previa = (await almacen.porId('transacciones', ['a'])).get('a')
    await almacen.escribir('transacciones', [{ previa, nueva: { id: 'a', estado: 'completada', effAt: AHORA, inverso: 0, retenida } }])
  }
  await decidir(true)
  assert.is((await ver()).faltan, 2)
  await decidir(false)
  assert.is((await ver()).faltan, 1)
})

test('what asks for nobody cannot be understood, and nothing is deleted', async () => {
  for (const hechoId of ['c', 'd', 'nadie']) await entendidos.marcar(almacen, hechoId, true, AHORA)
  assert.equal(disco.notas.get('entendidos'), {})
  await entendidos.marcar(almacen, 'b', true, AHORA)
  assert.is((await almacen.buscar('veredictos', {}, ['id'])).length, 4)
})

test('marks are forgotten once they hide nothing', async () => {
  await entendidos.marcar(almacen, 'a', true, AHORA)
  await poner('e', 'retenido', AHORA + 2 * DIA)
  await entendidos.marcar(almacen, 'e', true, AHORA + 2 * DIA)
  assert.equal(Object.keys(disco.notas.get('entendidos') as object), ['cadena|e|retenido'])
})

test('the status says so, at once, and after a restart', async () => {
  // One process opens the collections of one till.
  await almacen.cerrar()
  const reloj = unReloj(AHORA)
  const [otroDisco, servidor] = [unDisco(), unServidor(() => reloj.wall)]
  const abrir = () => crearReplica(puertosDePrueba(otroDisco, servidor.fetch, reloj)) as Required<ReplicaApi>
  const replica = abrir()
  servidor.poner('veredictos', { id: 'cadena|a', hechoId: 'a', estado: 'retenido', effAt: AHORA - HORA, seqStream: 1 })
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  valor(await replica.sincronizarAhora())
  assert.equal([(await replica.estado()).fase, (await replica.estado()).atencion], ['atencion', 1])
  const dichos: string[] = []
  const dejar = await replica.observarEstado(({ entendidos: e, atencion }) => dichos.push(`${e.join()}:${atencion}`))
  valor(await replica.marcarEntendido('a', true))
  for (let i = 0; i < 100 && dichos.at(-1) !== 'a:0'; i++) await new Promise((listo) => setTimeout(listo, 10))
  assert.is(dichos.at(-1), 'a:0')
  dejar()
  await replica.cerrar()
  const otra = abrir()
  valor(await otra.sincronizarAhora())
  assert.equal([(await otra.estado()).fase, (await otra.estado()).atencion], ['al_dia', 0])
  await otra.cerrar()
})

test.run()
