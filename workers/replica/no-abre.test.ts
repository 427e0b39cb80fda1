/** Two refusals a person may meet: a store that does not open, and a server that takes nothing. Neither loses what was sold. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import type { Puertos } from './puertos.ts'
import { crearReplica } from './replica.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { unServidor } from './testing/servidor-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})

const venta: NuevaVenta = { montoCentavos: 100, metodoPago: 'efectivo', descripcion: null, lineas: [], qr: null, operador: null }
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : respuesta.codigo)

function mundo() {
  const reloj = unReloj()
  const disco = unDisco()
  const servidor = unServidor(() => reloj.wall)
  const puertos = puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj)
  const abrir = (cambios: Partial<Puertos> = {}) => {
    const replica = crearReplica({ ...puertos, anotarFallo: () => {}, ...cambios })
    abiertas.push(replica)
    return replica
  }
  return { servidor, puertos, disco, abrir }
}

/** A till that sold something once, and was closed. */
async function cajaCerrada() {
  const m = mundo()
  const replica = m.abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  m.servidor.fallar('/sync/diario', ...Array<'sin-red'>(50).fill('sin-red'))
  const hecho = valor(await replica.registrarVenta(venta))
  await replica.cerrar()
  return { ...m, hecho }
}

test('REPLICA_NO_ABRE: a platform that refuses the store; the same replica opens once it does not, with what was sold', async () => {
  const { abrir, disco, hecho } = await cajaCerrada()
  const crear = disco.storage.createStorageInstance
  disco.storage.createStorageInstance = async () => {
    throw Object.assign(new Error('the operation failed'), { name: 'InvalidStateError' })
  }
  const replica = abrir()
  assert.is(codigo(await replica.abrir()), 'REPLICA_NO_ABRE')
  assert.is(codigo(await replica.registrarVenta(venta)), 'REPLICA_NO_ABRE')
  disco.storage.createStorageInstance = crear
  assert.is(valor(await replica.abrir()).cadenaId, hecho.cadenaId)
  assert.is(valor(await replica.pendientes()).length, 2)
  assert.is(valor(await replica.registrarVenta(venta)).folio, 'C1-000002')
})

test('REPLICA_NO_ABRE: a platform that never answers is not waited for; when it answers late, that opening serves', async () => {
  const { abrir, disco, puertos } = await cajaCerrada()
  const crear = disco.storage.createStorageInstance
  let soltar: () => void = () => {}
  const espera = new Promise<void>((listo) => {
    soltar = listo
  })
  disco.storage.createStorageInstance = async (parametros) => {
    await espera
    return crear(parametros)
  }
  // The clock of the test: the alarm of the opening (15 s, the longest there is) rings at once.
  const setTimeout: Puertos['reloj']['setTimeout'] = (fn, ms) => puertos.reloj.setTimeout(fn, ms >= 15_000 ? 5 : ms)
  const replica = abrir({ reloj: { ...puertos.reloj, setTimeout } })
  assert.is(codigo(await replica.abrir()), 'REPLICA_NO_ABRE')
  soltar()
  for (let i = 0; codigo(await replica.abrir()) !== null && i < 100; i++);
  assert.is(valor(await replica.pendientes()).length, 2)
})

test('DIARIO_HUECO: a server that answers and takes nothing is asked a bounded number of times; what was sold waits and goes later', async () => {
  const { abrir, servidor } = mundo()
  const replica = abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  valor(await replica.sincronizarAhora())
  const normal = servidor.fetch
  let envios = 0
  servidor.fetch = (async (ruta: string, init?: RequestInit) => {
    if (!ruta.endsWith('/sync/diario')) return normal(ruta, init)
    envios++
    return Response.json({ success: true, data: { recibidoHasta: 0, esperado: 1, hora: servidor.hora(), revocado: false }, message: '' })
  }) as typeof globalThis.fetch
  const { cadenaId, hechoId } = valor(await replica.registrarVenta(venta))
  assert.is(codigo(await replica.sincronizarAhora()), 'DIARIO_HUECO')
  const antes = envios
  assert.is(codigo(await replica.sincronizarAhora()), 'DIARIO_HUECO')
  assert.ok(envios > antes && envios - antes < 12, `${envios - antes} uploads in one exchange`)
  assert.is(valor(await replica.pendientes()).length, 1)
  servidor.fetch = normal
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  assert.is(valor(await replica.pendientes()).length, 0)
  assert.is(JSON.parse(servidor.cadenas.get(cadenaId)?.[1] ?? '{}').id, hechoId)
})

test.run()
