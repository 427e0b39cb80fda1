/** What a hostile or broken client may send: every answer is a refusal that says why, never a 500 and never a wedge. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { uuidv7 } from '../../schema/core/ids.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'

let servidor: ServidorDePrueba
let negocio: NegocioDePrueba
let token: string
let tokenCaja: string
let tokenStudio: string

test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  tokenCaja = (await sesionDeDispositivo(servidor, negocio.cajas[0]!)).token
  tokenStudio = (await sesionDeDispositivo(servidor, studio)).token
})
test.after(() => servidor.cerrar())

const NUL = '\u0000'
const MEDIO_PAR = 'x\ud800'
const crudo = (camino: string, init: RequestInit = {}) => servidor.fetch(`http://localhost:8080${camino}`, init)
const conJson = (camino: string, body: string, quien = tokenStudio) =>
  crudo(camino, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${quien}` }, body })

const articulo = (cambios: object = {}) => ({
  id: uuidv7(servidor.reloj.ahora()),
  nombre: 'Agua',
  descripcion: '',
  precioCentavos: 1_500,
  categoria: '',
  tipo: 'producto',
  visible: true,
  destacado: false,
  desde: false,
  agotado: false,
  borrado: false,
  sellos: {},
  ...cambios,
})

test('a text that the database cannot keep, anywhere in a body: 400 DATO_INVALIDO with the field', async () => {
  for (const malo of [NUL, MEDIO_PAR]) {
    const casos: [camino: string, cuerpo: object, campo: string, quien?: string][] = [
      ['/api/auth/registro', { correo: 'a@example.mx', contrasena: 'una frase larga', nombre: malo }, 'nombre'],
      ['/api/auth/login', { correo: malo, contrasena: 'una frase larga' }, 'correo'],
      [`/api/negocios/${negocio.negocioId}/empleados`, { nombre: malo, nick: 'abc' }, 'nombre', token],
      [
        `/api/negocios/${negocio.negocioId}/dispositivos/enlaces`,
        { tipo: 'caja', nombre: malo, sucursalId: negocio.sucursalId },
        'nombre',
        token,
      ],
      [`/api/negocios/${negocio.negocioId}/dispositivos/${negocio.cajas[0]!.dispositivoId}/baja`, { motivo: malo }, 'motivo', token],
      ['/api/dispositivos/reto', { dispositivoId: malo }, 'dispositivoId'],
      ['/api/scanya/login-empleado', { nick: malo, pin: '482913' }, 'nick'],
      ['/api/scanya/login-empleado', { nick: 'carlos', pin: malo }, 'pin'],
      ['/sync/push/articulos', { filas: [{ nuevo: articulo({ nombre: malo }), asumido: null }] }, 'filas', tokenStudio],
      ['/sync/push/articulos', { filas: [{ nuevo: articulo({ [malo]: 1 }), asumido: null }] }, 'filas', tokenStudio],
      ['/sync/diario', { cuerpos: [malo] }, 'cuerpos'],
    ]
    for (const [camino, cuerpo, campo, quien] of casos) {
      const r = await pedir(servidor, camino, { cuerpo, ...(quien ? { token: quien } : {}) })
      assert.equal([r.estado, r.cuerpo.code, r.cuerpo.campo], [400, 'DATO_INVALIDO', campo], camino)
    }
  }
})

test('the same escapes where they are harmless are let through', async () => {
  const r = await pedir<{ nombre: string }>(servidor, `/api/negocios/${negocio.negocioId}/empleados`, {
    cuerpo: { nombre: '\\u0000 \\ud800 😀 ñ', nick: 'emoji' },
    token,
  })
  assert.is(r.cuerpo.data.nombre, '\\u0000 \\ud800 😀 ñ')
})

test('a page key of a checkpoint is ours or refused', async () => {
  for (const coleccion of ['avisos', 'articulos', 'clientes', 'transacciones', 'veredictos', 'config']) {
    const uno = await pedir<{ checkpoint: object }>(servidor, `/sync/pull/${coleccion}`, { token: tokenStudio })
    for (const pagina of [NUL, '0|0', "'", '-1|x', MEDIO_PAR, `99999999999999999|${negocio.negocioId}`]) {
      const checkpoint = encodeURIComponent(JSON.stringify({ ...uno.cuerpo.data.checkpoint, pagina }))
      const { estado } = await pedir(servidor, `/sync/pull/${coleccion}?checkpoint=${checkpoint}`, { token: tokenStudio })
      assert.ok(estado === 400 || estado === 200, `${coleccion} ${JSON.stringify(pagina)} ${estado}`)
    }
  }
})

test('a day outside of any calendar of sales: 400', async () => {
  for (const dia of ['0000-01-01', '1999-12-31', '9999-12-31', '2026-02-30', '10000-01-01', NUL, ''])
    for (const que of ['transacciones', 'resumen']) {
      const r = await pedir(servidor, `/api/negocios/${negocio.negocioId}/${que}?dia=${encodeURIComponent(dia)}`, { token })
      assert.equal([r.estado, r.cuerpo.campo], [400, 'dia'], JSON.stringify(dia))
    }
})

const CAMINOS = [
  ...['/%00', '/assets/%00', '/%ff', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/a%5c..%5c', '/scanya-widget/%00'],
  ...[`/${'a'.repeat(5_000)}`, `/${'a'.repeat(300)}/b`, '/api/%00', '/index.html/x', '/assets/', '/api/negocios/constructor/empleados'],
  ...['%00', 'constructor', '__proto__', 'toString', 'x'.repeat(9_000)].map((nombre) => `/sync/pull/${nombre}`),
]

test('odd paths by every method are refused or answered, and give no file of ours', async () => {
  for (const camino of CAMINOS)
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'POST']) {
      const r = await crudo(camino, { method, headers: { authorization: `Bearer ${tokenStudio}` } })
      assert.ok(r.status < 500, `${method} ${camino.slice(0, 60)} ${r.status}`)
      assert.not.match(await r.text(), '"@electric-sql/pglite"')
    }
})

test('names that every object has are no collections', async () => {
  for (const nombre of ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'diario', 'veredictos']) {
    const r = await pedir(servidor, `/sync/push/${nombre}`, { cuerpo: { filas: [] }, token: tokenStudio })
    assert.is(r.cuerpo.code, 'COLECCION_DESCONOCIDA', nombre)
  }
})

test('edits with stamps, numbers or keys out of this world change nothing', async () => {
  const entera = JSON.stringify(articulo())
  const filas = [
    entera.replace('"sellos":{}', '"sellos":{"constructor":[1,"x"]}'),
    entera.replace('"sellos":{}', '"sellos":{"nombre":[1e300,"x"]}'),
    entera.replace('"precioCentavos":1500', '"precioCentavos":1e300'),
    entera.replace('{', '{"__proto__":{"nombre":5},').replace('"nombre":"Agua"', '"nombre":7'),
    '{"id":"constructor"}',
    `{"id":"x","y":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  ]
  for (const fila of filas) {
    const r = await conJson('/sync/push/articulos', `{"filas":[{"nuevo":${fila},"asumido":null}]}`)
    const { data } = (await r.json()) as { data: { documentos: unknown[]; rechazadas: { code: string }[] } }
    assert.is(r.status, 200, fila.slice(0, 80))
    assert.equal(data.documentos, [], fila.slice(0, 80))
    assert.is(data.rechazadas[0]?.code, 'EDICION_INVALIDA')
  }
})

test('half a million arrays inside each other', async () => {
  const hondo = '['.repeat(500_000) + ']'.repeat(500_000)
  for (const camino of ['/api/auth/login', '/sync/diario', '/api/dispositivos/alta', '/api/dispositivos/sesion'])
    for (const cuerpo of [hondo, `{"correo":${hondo},"cuerpos":${hondo}}`, `{"correo":"\\u0000","x":${hondo}}`])
      assert.match(String((await conJson(camino, cuerpo)).status), /^4/, camino)
})

test('of two equal keys the last one counts, for us and for whoever hashes', async () => {
  const r = await conJson('/api/auth/login', '{"correo":5,"contrasena":"x","correo":"nadie@example.mx"}')
  assert.is(((await r.json()) as { code: string }).code, 'CREDENCIALES')
})

test('tokens and correos of any length and alphabet get an ordinary refusal', async () => {
  for (const quien of ['x'.repeat(15_000), 'ñ'.repeat(40), "' or 1=1 --", NUL])
    await crudo('/api/auth/yo', { headers: { authorization: `Bearer ${encodeURIComponent(quien)}` } }).then((r) => assert.is(r.status, 401))
  const galleta = await crudo('/api/auth/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `__Host-rt-tienda=${'x'.repeat(15_000)}` },
    body: '{}',
  })
  assert.is(galleta.status, 401)
  for (const correo of ['ñandú@example.mx', 'İ@example.mx', 'a@exämple.mx', `${'a'.repeat(250)}@example.mx`, 'A\u212A@example.mx']) {
    const cuerpo = { correo, contrasena: 'una frase larga', nombre: 'X' }
    const r = await pedir(servidor, '/api/auth/registro', { cuerpo })
    assert.equal([r.estado, r.cuerpo.campo], [400, 'correo'], correo)
    assert.match(String((await pedir(servidor, '/api/auth/login', { cuerpo })).estado), /^4/)
  }
})

test('HEAD of the stream opens none', async () => {
  const { hub } = servidor.deps
  const { suscribir } = hub
  let suscritos = 0
  hub.suscribir = (stream, fn) => {
    suscritos++
    return suscribir(stream, fn)
  }
  const r = await crudo('/sync/stream', { method: 'HEAD', headers: { authorization: `Bearer ${tokenCaja}` } })
  await new Promise((listo) => setTimeout(listo, 20))
  hub.suscribir = suscribir
  assert.equal([r.status, suscritos], [200, 0])
})

test.run()
