import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createApp } from '../app.ts'
import type { DbDePrueba } from '../testing/db.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
} from '../testing/servidor.ts'
import { APAGADA_A_LO_MAS_MS, crearRedDemo } from './red.ts'
import { montarDemo } from './rutas.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let puerto: ReturnType<typeof serve>
let origen = ''
/** Every request on a connection of its own: one that is cut must not be retried on another. */
const llamar = (camino: string, init: RequestInit = {}) =>
  fetch(`${origen}${camino}`, { ...init, headers: { connection: 'close', ...init.headers } })
const cambiar = async (encendida: boolean) => {
  const r = await llamar('/api/demo/red', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ encendida }),
  })
  return (await r.json()) as { data: { encendida: boolean; vuelveAt: number | null } }
}
const calla = async (camino: string, init?: RequestInit) => assert.is(await llamar(camino, init).catch(() => 'nada'), 'nada', camino)

test.before(async () => {
  servidor = await createTestServer()
  const red = crearRedDemo(servidor.deps)
  const app = createApp(servidor.deps, { antes: red.cortar, montar: (app) => montarDemo(app, servidor.deps, red) })
  await new Promise<void>((listo) => {
    puerto = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => listo())
  })
  origen = `http://127.0.0.1:${(puerto.address() as AddressInfo).port}`
})
test.after(async () => {
  if ('closeAllConnections' in puerto) puerto.closeAllConnections()
  await new Promise((fin) => puerto.close(fin))
  await servidor.cerrar()
})

test('while it is off tills and cards get no answer at all; the demo and the pages do', async () => {
  assert.is((await llamar('/sync/pull/config')).status, 401)
  const { data } = await cambiar(false)
  assert.equal(data, { encendida: false, vuelveAt: servidor.reloj.ahora() + APAGADA_A_LO_MAS_MS })
  const vacio = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  for (const camino of ['/sync/pull/config', '/api/scanya/historial', '/api/cardya/mi-tarjeta']) await calla(camino)
  for (const camino of ['/sync/diario', '/api/dispositivos/reto', '/api/auth/refresh']) await calla(camino, vacio)
  for (const camino of ['/api/demo', '/health', '/api/demo/red']) assert.is((await llamar(camino)).status, 200, camino)
  assert.is((await llamar('/api/auth/login', vacio)).status, 400, 'people still log in')
  await cambiar(true)
  assert.is((await llamar('/sync/pull/config')).status, 401)
})

test('open streams end with it', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const { token } = await sesionDeDispositivo(servidor, await altaDeCaja(servidor, negocio))
  const lector = (await llamar('/sync/stream', { headers: { authorization: `Bearer ${token}` } })).body!.getReader()
  const hola = await lector.read()
  assert.match(new TextDecoder().decode(hola.value), /^event: hola/)
  const fin = lector.read().then(
    ({ done }) => done,
    () => true,
  )
  await cambiar(false)
  assert.is(await fin, true)
  await cambiar(true)
})

test('it comes back by itself', async () => {
  await cambiar(false)
  servidor.reloj.avanzar(APAGADA_A_LO_MAS_MS - 1)
  await calla('/sync/pull/config')
  servidor.reloj.avanzar(1)
  assert.is((await llamar('/sync/pull/config')).status, 401)
  assert.equal(((await (await llamar('/api/demo/red')).json()) as { data: unknown }).data, { encendida: true, vuelveAt: null })
})

test('without a socket to end it says that there is no connection', async () => {
  const red = crearRedDemo(servidor.deps)
  const app = createApp(servidor.deps, { antes: red.cortar })
  red.cambiar(false)
  const r = await pedir({ fetch: async (url, init) => app.fetch(new Request(url, init)) }, '/sync/pull/config')
  assert.equal([r.estado, r.cuerpo.code], [503, 'SIN_CONEXION'])
})

test('outside the demo there is no switch', async () => {
  assert.is((await pedir(servidor, '/api/demo/red', { cuerpo: { encendida: false } })).estado, 404)
})

test.run()
