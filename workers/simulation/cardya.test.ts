/** CardYA's replica against a real server: an account instead of a device, its session in a cookie that only the "browser" holds. */
import { setTimeout as dormir } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, firmarTexto, generarParDeLlaves } from '../../schema/core/firma.ts'
import { MINUTO } from '../../schema/core/tiempo.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import { proyectarTodo } from '../../sync-server/sync/projector.ts'
import type { DbDePrueba } from '../../sync-server/testing/db.ts'
import { DiarioDePrueba } from '../../sync-server/testing/diario.ts'
import {
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  type ShopperDePrueba,
  tokenDeCuenta,
} from '../../sync-server/testing/servidor.ts'
import type { ReplicaApi, Respuesta } from '../replica/api.ts'
import { crearReplica } from '../replica/replica.ts'
import { type Disco, puertosDePrueba, type RelojDePrueba, unDisco, unReloj } from '../replica/testing/puertos-de-prueba.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let ana: ShopperDePrueba
let beto: ShopperDePrueba
let diario: DiarioDePrueba
const reloj: RelojDePrueba = unReloj()
const abiertas: Required<ReplicaApi>[] = []

/** A phone: a disk, the browser's cookies, and a network that can be taken away. */
interface Telefono {
  disco: Disco
  galletas: Map<string, string>
  conRed: boolean
  pedidos: string[]
}
const unTelefono = (): Telefono => ({ disco: unDisco(), galletas: new Map(), conRed: true, pedidos: [] })

function fetchDe(telefono: Telefono): typeof globalThis.fetch {
  return async (entrada, init) => {
    telefono.pedidos.push(new URL(String(entrada)).pathname)
    if (!telefono.conRed) throw new TypeError('no network')
    const cookie = [...telefono.galletas].map(([nombre, valor]) => `${nombre}=${valor}`).join('; ')
    const respuesta = await servidor.fetch(entrada, { ...init, headers: { ...(init?.headers as object), cookie } })
    for (const puesta of respuesta.headers.getSetCookie()) {
      const [nombre = '', valor = ''] = (puesta.split(';')[0] ?? '').split('=')
      if (valor === '') telefono.galletas.delete(nombre)
      else telefono.galletas.set(nombre, valor)
    }
    return respuesta
  }
}
function abrir(telefono: Telefono): Required<ReplicaApi> {
  const replica = crearReplica(puertosDePrueba(telefono.disco, fetchDe(telefono), reloj, 'cardya')) as Required<ReplicaApi>
  abiertas.push(replica)
  return replica
}
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo}`)
  return respuesta.valor
}
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : respuesta.codigo)
async function hasta(condicion: () => Promise<boolean>, que: string): Promise<void> {
  for (let i = 0; i < 400; i++, await dormir(25)) if (await condicion()) return
  throw new Error(`never: ${que}`)
}
const mias = async (replica: ReplicaApi) => valor(await replica.consultar({ coleccion: 'mias' })) as unknown as MiaDoc[]
const deTipo = async <T extends MiaDoc['tipo']>(replica: ReplicaApi, tipo: T) =>
  (await mias(replica)).filter((doc): doc is Extract<MiaDoc, { tipo: T }> => doc.tipo === tipo)
async function vender(quien: ShopperDePrueba): Promise<void> {
  await diario.vender({ qr: await quien.qr(reloj.wall), puntosPrometidos: 50 })
  await diario.subir()
  await proyectarTodo(servidor.deps)
}

test.before(async () => {
  servidor = await createTestServer({ reloj: { ahora: () => reloj.wall, avanzar: reloj.avanzar } })
  negocio = await crearNegocioDePrueba(servidor, { nombre: 'Pizzería Roma', cajas: 1 })
  ana = await crearShopper(servidor, { nombre: 'Ana', apellidos: 'López' })
  beto = await crearShopper(servidor, { nombre: 'Beto', apellidos: 'Ruiz' })
  diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
})
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
test.after(() => servidor.cerrar())

test('before anybody entered the server is not asked in vain', async () => {
  const telefono = unTelefono()
  const replica = abrir(telefono)
  valor(await replica.abrir())
  await dormir(50)
  assert.equal(telefono.pedidos, [])
  assert.is((await replica.estado()).fase, 'sin_sesion')
  assert.is(codigo(await replica.sincronizarAhora()), 'SESION_REQUERIDA')
})

test('a wrong password is told; the right one pulls the own stream, with names and the hour of the exchange', async () => {
  await vender(ana)
  const replica = abrir(unTelefono())
  assert.is(codigo(await replica.entrar(ana.correo, 'no es esta, no')), 'CREDENCIALES')
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await deTipo(replica, 'puntos')).length === 1, 'the points of Ana')
  const [puntos] = await deTipo(replica, 'puntos')
  assert.equal([puntos?.negocioNombre, puntos?.disponibles], ['Pizzería Roma', 50])
  const [perfil] = await deTipo(replica, 'perfil')
  assert.equal([perfil?.nombre, perfil?.nivel], ['Ana', 'bronce'])
  const [movimiento] = await deTipo(replica, 'historial')
  assert.equal([movimiento?.puntos, movimiento?.multiplicadorPct, movimiento?.nivel], [50, 100, 'bronce'])
  await hasta(async () => (await replica.estado()).fase === 'al_dia', 'up to date')
  assert.is((await replica.estado()).ultimoIntercambioAt, reloj.wall)
  assert.is(((await replica.pedir('/api/auth/yo').then(valor)) as { id: string }).id, ana.usuarioId)
})

test('after a restart the cookie brings the session back, and what a sale changes arrives by itself', async () => {
  const telefono = unTelefono()
  const primera = abrir(telefono)
  valor(await primera.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await primera.estado()).fase === 'al_dia', 'up to date')
  const antes = (await deTipo(primera, 'venta')).length
  await primera.cerrar()
  abiertas.splice(0)
  assert.is(JSON.stringify([...telefono.disco.notas]).includes(ana.contrasena), false)
  const segunda = abrir(telefono)
  valor(await segunda.abrir())
  await hasta(async () => (await segunda.estado()).fase === 'al_dia', 'up to date again')
  await vender(ana)
  await hasta(async () => (await deTipo(segunda, 'venta')).length === antes + 1, 'the sale of a minute ago')
})

test('an access token that ran out is renewed by the cookie, once for all who ask', async () => {
  const telefono = unTelefono()
  const replica = abrir(telefono)
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await replica.estado()).fase === 'al_dia', 'up to date')
  reloj.avanzar(11 * MINUTO)
  telefono.pedidos.length = 0
  const dichas = await Promise.all([1, 2, 3].map(() => replica.pedir('/api/auth/yo')))
  assert.ok(dichas.every((r) => r.ok))
  assert.is(telefono.pedidos.filter((camino) => camino === '/api/auth/refresh').length, 1)
})

test('without network everything pulled is there, and says so', async () => {
  const telefono = unTelefono()
  const primera = abrir(telefono)
  valor(await primera.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await primera.estado()).fase === 'al_dia', 'up to date')
  await primera.cerrar()
  abiertas.splice(0)
  telefono.conRed = false
  const segunda = abrir(telefono)
  valor(await segunda.abrir())
  assert.ok((await deTipo(segunda, 'historial')).length > 0)
  await hasta(async () => (await segunda.estado()).fase === 'sin_conexion', 'offline')
  assert.is(codigo(await segunda.pedir('/api/auth/yo')), 'SIN_CONEXION')
})

test('a login that was ended elsewhere asks the person to come back; what was pulled stays', async () => {
  const telefono = unTelefono()
  const replica = abrir(telefono)
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await replica.estado()).fase === 'al_dia', 'up to date')
  await servidor.db.superusuario`update refresh_tokens set revocado_at = now() where cuenta_id = ${ana.usuarioId}`
  await servidor.db.superusuario`update sesiones set revocada_at = now() where cuenta_id = ${ana.usuarioId}`
  assert.is(codigo(await replica.sincronizarAhora()), 'SESION_REQUERIDA')
  assert.is((await replica.estado()).fase, 'sin_sesion')
  assert.ok((await deTipo(replica, 'puntos')).length > 0)
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await replica.estado()).fase === 'al_dia', 'up to date again')
})

test('[TE1] a phone taken away from its card is told so and forgets it; whoever enters there again is let in', async () => {
  const telefono = unTelefono()
  const replica = abrir(telefono)
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await deTipo(replica, 'historial')).length > 0, 'the movements of Ana')
  const par = await generarParDeLlaves()
  const publica = await exportarPublica(par.publicKey)
  const firma = await firmarTexto(par.privateKey, 'CYA1|llave', `${ana.usuarioId}|${publica}`)
  const alta = { metodo: 'POST' as const, cuerpo: { clavePublica: publica, firma, telefono: 'Perdido' } }
  const { llave } = valor(await replica.pedir('/api/cardya/llaves', alta)) as { llave: string }
  const quitada = await pedir(servidor, `/api/cardya/telefonos/${llave}`, {
    token: await tokenDeCuenta(servidor, ana.usuarioId),
    metodo: 'DELETE',
  })
  assert.ok(quitada.cuerpo.success)
  assert.is(codigo(await replica.sincronizarAhora()), 'DISPOSITIVO_REVOCADO')
  assert.is((await replica.estado()).fase, 'revocado')
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await replica.estado()).fase === 'al_dia', 'up to date again')
  await hasta(async () => (await deTipo(replica, 'historial')).length > 0, 'and everything is there')
})

test('another person on the same phone sees nothing of the one before', async () => {
  const telefono = unTelefono()
  const replica = abrir(telefono)
  valor(await replica.entrar(ana.correo, ana.contrasena))
  await hasta(async () => (await deTipo(replica, 'historial')).length > 0, 'the movements of Ana')
  valor(await replica.entrar(beto.correo, beto.contrasena))
  assert.equal(await deTipo(replica, 'historial'), [])
  await hasta(async () => (await deTipo(replica, 'perfil')).some(({ nombre }) => nombre === 'Beto'), 'the perfil of Beto')
  assert.equal(await deTipo(replica, 'historial'), [])
  assert.equal(await deTipo(replica, 'puntos'), [])
})

test('logging out keeps nothing, with the network and without', async () => {
  for (const conRed of [true, false]) {
    const telefono = unTelefono()
    const replica = abrir(telefono)
    valor(await replica.entrar(ana.correo, ana.contrasena))
    await hasta(async () => (await deTipo(replica, 'historial')).length > 0, 'the movements of Ana')
    telefono.conRed = conRed
    valor(await replica.salirDeCuenta())
    assert.equal(await mias(replica), [])
    assert.is((await replica.estado()).fase, 'sin_sesion')
    assert.is(telefono.disco.notas.has('cuenta'), false)
    if (conRed) assert.equal([...telefono.galletas], [], 'the server took the cookie back')
  }
})

test.run()
