import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { z } from 'zod'
import { esCodigo } from '../schema/core/codigos.ts'
import { textoDeCodigo } from '../schema/core/textos-de-codigo.ts'
import { respuestaError } from '../schema/protocol/respuesta.ts'
import { ruta } from './http/ruta.ts'
import { createTestServer, pedir, type ServidorDePrueba } from './testing/servidor.ts'

let servidor: ServidorDePrueba
const URL_BASE = 'http://localhost:8080'
const bitacora: string[] = []

test.before(async () => {
  servidor = await createTestServer({
    montar: (app, deps) => {
      const base = { grupo: 'prueba', sesion: false, resumen: 'prueba', datos: z.any() } as const
      ruta(app, { ...base, metodo: 'get', camino: '/api/prueba/bug' }, () => {
        throw new Error('SELECT secreto FROM tabla')
      })
      ruta(app, { ...base, metodo: 'get', camino: '/api/prueba/cosas/:id' }, ({ param }) => param('id'))
      deps.log.error = ((_datos: object, texto: string) => bitacora.push(texto)) as never
    },
  })
})
test.after(() => servidor.cerrar())

const crudo = (camino: string, init: RequestInit) => servidor.fetch(`${URL_BASE}${camino}`, init)

async function exigirError(respuesta: Response, estado: number, code: string) {
  const cuerpo = respuestaError.parse(await respuesta.json())
  assert.is(cuerpo.code, code)
  assert.is(respuesta.status, estado)
  assert.ok(esCodigo(cuerpo.code) && cuerpo.message.length > 0)
  assert.is(respuesta.headers.get('x-request-id'), cuerpo.requestId)
  return cuerpo
}

const json = { 'content-type': 'application/json' }
const login = (body: string, headers: Record<string, string> = json) => crudo('/api/auth/login', { method: 'POST', headers, body })

test('malformed JSON: 400 CUERPO_ILEGIBLE', async () => {
  await exigirError(await login('{"correo":'), 400, 'CUERPO_ILEGIBLE')
  await exigirError(await login(''), 400, 'CUERPO_ILEGIBLE')
})

test('a field that is missing or wrong: 400 DATO_INVALIDO with its name', async () => {
  assert.is((await exigirError(await login('{"correo":"a@b.mx"}'), 400, 'DATO_INVALIDO')).campo, 'contrasena')
  assert.is((await exigirError(await login('{"correo":5,"contrasena":"x"}'), 400, 'DATO_INVALIDO')).campo, 'correo')
  await exigirError(await login('[]'), 400, 'DATO_INVALIDO')
})

test('a body above 2 MB: 413 CUERPO_EXCEDIDO, declared or not', async () => {
  const largo = 'x'.repeat(2 * 1024 * 1024 + 1)
  await exigirError(await login(largo, { ...json, 'content-length': String(largo.length) }), 413, 'CUERPO_EXCEDIDO')
  await exigirError(await login(largo), 413, 'CUERPO_EXCEDIDO')
})

test('only JSON: 415 TIPO_DE_CONTENIDO', async () => {
  await exigirError(await login('correo=a', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'TIPO_DE_CONTENIDO')
  await exigirError(await login('{}', { 'content-type': 'text/plain' }), 415, 'TIPO_DE_CONTENIDO')
})

test('a request of another site is refused: 403 ORIGEN_AJENO', async () => {
  const con = (cabeceras: Record<string, string>) => login('{"correo":"a@b.mx","contrasena":"x"}', { ...json, ...cabeceras })
  await exigirError(await con({ 'sec-fetch-site': 'cross-site' }), 403, 'ORIGEN_AJENO')
  await exigirError(await con({ 'sec-fetch-site': 'same-site' }), 403, 'ORIGEN_AJENO')
  await exigirError(await con({ origin: 'https://malo.example' }), 403, 'ORIGEN_AJENO')
  await exigirError(await con({ origin: 'null' }), 403, 'ORIGEN_AJENO')
  for (const propia of [{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, { origin: 'http://localhost:8080' }, {}])
    await exigirError(await con(propia as Record<string, string>), 401, 'CREDENCIALES')
})

test('an unknown path, an id that is no id: 404 NO_ENCONTRADO', async () => {
  await exigirError(await crudo('/api/nada', {}), 404, 'NO_ENCONTRADO')
  await exigirError(await crudo('/api/auth/login', {}), 404, 'NO_ENCONTRADO')
  await exigirError(await crudo('/api/prueba/cosas/1', {}), 404, 'NO_ENCONTRADO')
  await exigirError(await crudo("/api/prueba/cosas/'; drop table x", {}), 404, 'NO_ENCONTRADO')
  assert.is((await crudo('/api/prueba/cosas/018f0000-0000-7000-8000-000000000001', {})).status, 200)
})

test('a bug tells nobody what it was, and is logged once', async () => {
  const cuerpo = await exigirError(await crudo('/api/prueba/bug', {}), 500, 'INTERNAL')
  assert.not.match(JSON.stringify(cuerpo), 'secreto')
  assert.equal(bitacora, ['request failed'])
})

test('the language of the sentence follows Accept-Language; Spanish first', async () => {
  const en = async (lengua: string) =>
    respuestaError.parse(await (await crudo('/api/nada', { headers: { 'accept-language': lengua } })).json()).message
  assert.is(await en('en-US,en;q=0.9'), textoDeCodigo('NO_ENCONTRADO', 'en'))
  assert.is(await en('es-MX,en;q=0.5'), textoDeCodigo('NO_ENCONTRADO', 'es'))
  assert.is(await en('fr'), textoDeCodigo('NO_ENCONTRADO', 'es'))
  assert.is(await en('fr, en;q=0.2'), textoDeCodigo('NO_ENCONTRADO', 'en'))
})

test('an id given by a proxy is kept only when it looks like one', async () => {
  const con = async (id: string) => (await crudo('/health', { headers: { 'x-request-id': id } })).headers.get('x-request-id')
  assert.is(await con('abcdef12-3456'), 'abcdef12-3456')
  assert.is.not(await con('<script>alert(1)</script>'), '<script>alert(1)</script>')
})

test('[PU6] below the minimum protocol: 426 on /sync, except for the journal', async () => {
  const con = (camino: string, version: string) => crudo(camino, { headers: { 'x-anunciaya-protocolo': version } })
  await exigirError(await con('/sync/pull/articulos', '0'), 426, 'PROTOCOLO_ANTERIOR')
  await exigirError(await con('/sync/pull/articulos', 'x'), 400, 'DATO_INVALIDO')
  assert.is.not((await con('/sync/pull/articulos', '1')).status, 426)
  assert.is.not((await con('/sync/diario', '0')).status, 426)
})

test('security headers are on every answer, errors and pages too', async () => {
  for (const camino of ['/health', '/api/nada', '/', '/metrics']) {
    const { headers } = await crudo(camino, {})
    assert.match(headers.get('content-security-policy') ?? '', "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'")
    assert.match(headers.get('content-security-policy') ?? '', "require-trusted-types-for 'script'")
    assert.match(headers.get('strict-transport-security') ?? '', 'max-age=63072000')
    assert.is(headers.get('x-content-type-options'), 'nosniff')
    assert.is(headers.get('referrer-policy'), 'no-referrer')
    assert.is(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.match(headers.get('permissions-policy') ?? '', 'camera=(self)')
  }
  assert.is((await crudo('/api/nada', {})).headers.get('cache-control'), 'no-store')
})

test('/health, /ready and /metrics answer without a session', async () => {
  assert.equal((await pedir(servidor, '/health')).cuerpo.data, { estado: 'ok' })
  const lista = await pedir<{ base: boolean; motor: string }>(servidor, '/ready')
  assert.is(lista.estado, 200)
  assert.is(lista.cuerpo.data.motor, 'pglite')
  const metricas = await (await crudo('/metrics', {})).text()
  assert.match(metricas, 'anunciaya_http_segundos_count{metodo="GET",ruta="/health",estado="200"}')
  assert.not.match(metricas, '018f0000', 'ids are not labels')
})

test('/ready says no while the database does not answer', async () => {
  const { plataforma } = servidor.db
  servidor.deps.db = { ...servidor.db, plataforma: () => Promise.reject(new Error('down')) }
  assert.is((await crudo('/ready', {})).status, 503)
  servidor.deps.db = { ...servidor.db, plataforma }
  assert.is((await crudo('/ready', {})).status, 200)
})

test.run()
