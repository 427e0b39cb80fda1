import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SesionDeCuenta } from './sesion.ts'

const YO = { id: 'u', correo: 'dueno@example.mx', nombre: 'Rosa', apellidos: '', esSuperadmin: false, negocios: [] }
type Contesta = (camino: string, portador: string) => [estado: number, cuerpo: unknown]

let pedidas: string[] = []
let guardado = new Map<string, string>()
const fetchDeVerdad = globalThis.fetch

/** A server of a few answers; what the page keeps is in a map. */
function conServidor(contesta: Contesta): void {
  globalThis.fetch = async (entrada, init) => {
    const camino = String(entrada)
    pedidas.push(camino)
    const portador = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? ''
    const [estado, cuerpo] = contesta(camino, portador)
    if (estado === 0) throw new TypeError('no network')
    return Response.json(estado < 300 ? { success: true, data: cuerpo } : { success: false, code: cuerpo }, { status: estado })
  }
}

test.before.each(() => {
  pedidas = []
  guardado = new Map()
  Object.assign(globalThis, {
    localStorage: {
      getItem: (llave: string) => guardado.get(llave) ?? null,
      setItem: (llave: string, valor: string) => guardado.set(llave, valor),
      removeItem: (llave: string) => guardado.delete(llave),
    },
  })
})
test.after(() => {
  globalThis.fetch = fetchDeVerdad
})

const dentro: Contesta = (camino) => [200, camino === '/api/auth/yo' ? YO : { token: 'uno', venceAt: 0 }]

test('a page nobody entered from asks the server nothing', async () => {
  conServidor(dentro)
  const sesion = new SesionDeCuenta('tienda')
  await sesion.abrir()
  assert.equal([sesion.estado(), pedidas], [{ en: 'fuera', sinRed: false }, []])
})

test('whoever entered is taken up by the cookie the next time', async () => {
  conServidor(dentro)
  assert.ok((await new SesionDeCuenta('tienda').entrar('dueno@example.mx', 'x')).ok)
  const otra = new SesionDeCuenta('tienda')
  await otra.abrir()
  assert.is(otra.estado().en, 'dentro')
  const panel = new SesionDeCuenta('panel')
  await panel.abrir()
  assert.is(panel.estado().en, 'fuera', 'each app has a session of its own')
})

test('a token that ended is renewed once, for however many asked at once, and the request is made again', async () => {
  let vivo = 'uno'
  conServidor((camino, portador) => {
    if (camino === '/api/auth/login') return [200, { token: 'uno', venceAt: 0 }]
    if (camino === '/api/auth/refresh') {
      vivo = 'dos'
      return [200, { token: vivo, venceAt: 0 }]
    }
    if (portador !== vivo) return [401, 'SESION_VENCIDA']
    return [200, camino === '/api/auth/yo' ? YO : 'dato']
  })
  const sesion = new SesionDeCuenta('tienda')
  await sesion.entrar('a', 'b')
  vivo = 'otro'
  pedidas = []
  const respuestas = await Promise.all([1, 2, 3].map(() => sesion.pedir('/api/algo')))
  assert.ok(respuestas.every((r) => r.ok && r.valor === 'dato'))
  assert.is(pedidas.filter((p) => p === '/api/auth/refresh').length, 1)
})

test('a session that ended shows the login; a server that does not answer does not end it', async () => {
  let estado = 200
  conServidor((camino, portador) => {
    if (estado === 0) return [0, null]
    if (estado === 401 && camino !== '/api/auth/login') return [401, 'SESION_VENCIDA']
    return dentro(camino, portador)
  })
  const sesion = new SesionDeCuenta('tienda')
  await sesion.entrar('a', 'b')
  estado = 0
  assert.equal(await sesion.pedir('/api/algo'), { ok: false, codigo: 'SIN_CONEXION' })
  assert.is(sesion.estado().en, 'dentro')
  const sinRed = new SesionDeCuenta('tienda')
  await sinRed.abrir()
  assert.equal(sinRed.estado(), { en: 'dentro', yo: YO }, 'opened without network by whoever entered before')
  guardado.set('cya:sesion:tienda', '1')
  const sinNombre = new SesionDeCuenta('tienda')
  await sinNombre.abrir()
  assert.equal(sinNombre.estado(), { en: 'fuera', sinRed: true }, 'a note of the first release names nobody')
  estado = 401
  assert.is((await sesion.pedir('/api/algo')).ok, false)
  assert.equal(sesion.estado(), { en: 'fuera', sinRed: false })
  assert.is(guardado.size, 0)
})

test('whoever is remembered and whose session ended meanwhile gets the login, and nothing stays', async () => {
  let vivo = true
  conServidor((camino, portador) => (vivo ? dentro(camino, portador) : [401, 'SESION_VENCIDA']))
  await new SesionDeCuenta('tienda').entrar('a', 'b')
  vivo = false
  const otra = new SesionDeCuenta('tienda')
  const abriendo = otra.abrir()
  assert.is(otra.estado().en, 'dentro', 'at once, before the server spoke')
  await abriendo
  assert.equal([otra.estado(), guardado.size], [{ en: 'fuera', sinRed: false }, 0])
})

test('logging out without connection forgets the person on this page', async () => {
  let red = true
  conServidor((camino, portador) => (red ? dentro(camino, portador) : [0, null]))
  const sesion = new SesionDeCuenta('tienda')
  await sesion.entrar('a', 'b')
  red = false
  await sesion.salir()
  assert.equal([sesion.estado().en, guardado.size], ['fuera', 0])
})

test.run()
