import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createTestServer, type ServidorDePrueba } from '../testing/servidor.ts'

let servidor: ServidorDePrueba
test.before(async () => {
  servidor = await createTestServer()
})
test.after(() => servidor.cerrar())

const URL_LARGA = 'http://localhost:8080/api/openapi.json'
const leer = (encoding?: string) => servidor.fetch(URL_LARGA, encoding ? { headers: { 'accept-encoding': encoding } } : {})
const entrar = (body: string | Uint8Array<ArrayBuffer>, cabeceras: Record<string, string> = {}) =>
  servidor.fetch('http://localhost:8080/api/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...cabeceras },
    body,
  })
const apretar = (texto: string) => new Uint8Array(gzipSync(texto))
const codigoDe = async (r: Response) => ((await r.json()) as { code?: string }).code
const PEDIDO = JSON.stringify({ correo: 'nadie@example.mx', contrasena: 'una frase larga', app: 'tienda' })

test('a long answer comes as brotli or gzip, as the client takes it, and says the same', async () => {
  const llano = await (await leer()).text()
  for (const [acepta, modo, abrir] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ] as const) {
    const r = await leer(acepta)
    assert.is(r.headers.get('content-encoding'), modo)
    assert.match(r.headers.get('vary') ?? '', 'accept-encoding')
    const cuerpo = Buffer.from(await r.arrayBuffer())
    assert.is(abrir(cuerpo).toString(), llano)
    assert.ok(cuerpo.length < llano.length / 4)
  }
})

test('a client that takes neither, and a short answer, get it as it is', async () => {
  for (const acepta of [undefined, 'identity', 'br;q=0']) assert.is((await leer(acepta)).headers.get('content-encoding'), null)
  const corta = await servidor.fetch('http://localhost:8080/health', { headers: { 'accept-encoding': 'gzip' } })
  assert.is(corta.headers.get('content-encoding'), null)
  assert.ok((await corta.text()).length > 0)
})

test('a body in gzip is read like the same body plain', async () => {
  const [llano, apretado] = [await entrar(PEDIDO), await entrar(apretar(PEDIDO), { 'content-encoding': 'gzip' })]
  assert.equal([apretado.status, await codigoDe(apretado)], [llano.status, await codigoDe(llano)])
})

test('a body that is no gzip, is cut, opens into too much, or comes in another coding, is refused with its code', async () => {
  const codigo = async (body: string | Uint8Array<ArrayBuffer>, modo: string) => {
    const r = await entrar(body, { 'content-encoding': modo })
    return [r.status, await codigoDe(r)]
  }
  assert.equal(await codigo(PEDIDO, 'gzip'), [400, 'CUERPO_ILEGIBLE'])
  assert.equal(await codigo(apretar(PEDIDO).subarray(0, 20), 'gzip'), [400, 'CUERPO_ILEGIBLE'])
  assert.equal(await codigo(apretar(' '.repeat(3 * 1024 * 1024)), 'gzip'), [413, 'CUERPO_EXCEDIDO'])
  assert.equal(await codigo(PEDIDO, 'br'), [415, 'TIPO_DE_CONTENIDO'])
})

test.run()
