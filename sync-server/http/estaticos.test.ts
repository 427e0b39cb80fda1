import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createTestServer, type ServidorDePrueba } from '../testing/servidor.ts'

let servidor: ServidorDePrueba
let raiz: string
const clientDir = () => path.join(raiz, 'dist')

test.before(async () => {
  raiz = fs.mkdtempSync(path.join(os.tmpdir(), 'estaticos-'))
  fs.mkdirSync(path.join(clientDir(), 'assets'), { recursive: true })
  fs.mkdirSync(path.join(clientDir(), 'scanya-widget'))
  fs.writeFileSync(path.join(clientDir(), 'index.html'), '<title>tienda</title>')
  fs.writeFileSync(path.join(clientDir(), 'sw.js'), 'self')
  fs.writeFileSync(path.join(clientDir(), 'assets', 'app-Ab12.js'), `export const texto = '${'hola '.repeat(2_000)}'`)
  fs.writeFileSync(path.join(clientDir(), 'scanya-widget', 'index.html'), '<title>widget</title>')
  fs.mkdirSync(path.join(clientDir(), 'scanya-widget', 'assets'))
  fs.writeFileSync(path.join(clientDir(), 'scanya-widget', 'assets', 'leer-Cd34.wasm'), 'wasm')
  fs.writeFileSync(path.join(clientDir(), 'manifest.scanya.json'), '{}')
  fs.writeFileSync(path.join(raiz, 'secreto.txt'), 'secreto')
  servidor = await createTestServer({ env: { clientDir: clientDir() } })
})
test.after(async () => {
  await servidor.cerrar()
  fs.rmSync(raiz, { recursive: true, force: true })
})

const traer = (camino: string) => servidor.fetch(`http://localhost:8080${camino}`)

test('the page and the service worker are asked for every time; hashed assets never again', async () => {
  assert.is((await traer('/')).headers.get('cache-control'), 'no-cache')
  assert.is((await traer('/sw.js')).headers.get('cache-control'), 'no-cache')
  const asset = await traer('/assets/app-Ab12.js')
  assert.is(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.match(asset.headers.get('content-type') ?? '', 'javascript')
  const breve = await servidor.fetch('http://localhost:8080/assets/app-Ab12.js', { headers: { 'accept-encoding': 'gzip' } })
  assert.is(breve.headers.get('content-encoding'), 'gzip')
  assert.match(breve.headers.get('cache-control') ?? '', 'immutable')
})

test('a text goes out in the copy the build left beside it, brotli before gzip; without one, or for who takes neither, as before', async () => {
  const pagina = `<title>tienda</title>${'<p>hola</p>'.repeat(200)}`
  const archivos = { 'grande.js': 'self', 'otra/index.html': pagina, 'scanya-widget/grande.html': pagina }
  for (const [nombre, texto] of Object.entries(archivos)) {
    const archivo = path.join(clientDir(), nombre)
    fs.mkdirSync(path.dirname(archivo), { recursive: true })
    fs.writeFileSync(archivo, texto)
    // Marked, so that it is seen to be the copy and not a squeezing of the moment.
    fs.writeFileSync(`${archivo}.br`, brotliCompressSync(`${texto} br`))
    fs.writeFileSync(`${archivo}.gz`, gzipSync(`${texto} gz`))
  }
  const con = async (camino: string, acepta: string) => {
    const r = await servidor.fetch(`http://localhost:8080${camino}`, { headers: { 'accept-encoding': acepta } })
    return { modo: r.headers.get('content-encoding'), vary: r.headers.get('vary') ?? '', cuerpo: Buffer.from(await r.arrayBuffer()) }
  }
  for (const camino of ['/grande.js', '/otra/', '/scanya-widget/grande.html']) {
    const [br, gz, nada] = [await con(camino, 'gzip, deflate, br'), await con(camino, 'gzip'), await con(camino, 'identity')]
    assert.equal([br.modo, gz.modo, nada.modo], ['br', 'gzip', null], camino)
    assert.match(brotliDecompressSync(br.cuerpo).toString(), / br$/)
    assert.match(gunzipSync(gz.cuerpo).toString(), / gz$/)
    assert.not.match(nada.cuerpo.toString(), /(br|gz)$/)
    for (const { vary } of [br, gz]) assert.match(vary, /accept-encoding/i)
  }
  assert.is((await con('/grande.js', 'br;q=0, gzip;q=0.5')).modo, null, 'short, and its copies are not what is accepted')
  for (const copia of ['/grande.js.br', '/grande.js.gz']) assert.is((await traer(copia)).status, 404)
})

test('who has the file that lies here is told so, with no body; in another form, or changed, it is sent', async () => {
  const archivo = path.join(clientDir(), 'sw.js')
  for (const camino of ['/sw.js', '/informe', '/assets/app-Ab12.js']) {
    const etiqueta = (await traer(camino)).headers.get('etag') ?? ''
    assert.match(etiqueta, /^W\/".+"$/)
    const otra = await servidor.fetch(`http://localhost:8080${camino}`, { headers: { 'if-none-match': `"x", ${etiqueta}` } })
    assert.equal([otra.status, await otra.text(), otra.headers.get('etag')], [304, '', etiqueta], camino)
  }
  const antes = (await traer('/sw.js')).headers.get('etag') ?? ''
  fs.writeFileSync(archivo, 'self; // another release')
  const nueva = await servidor.fetch('http://localhost:8080/sw.js', { headers: { 'if-none-match': antes } })
  assert.equal([nueva.status, await nueva.text()], [200, 'self; // another release'])
})

test('a screen of the client answers with its shell, a missing file or an unknown API path does not', async () => {
  for (const camino of ['/cardya', '/business-studio/empleados', '/informe']) {
    const r = await traer(camino)
    assert.is(r.status, 200)
    assert.match(await r.text(), 'tienda')
  }
  for (const camino of ['/assets/vieja-9f.js', '/falta.png', '/api/nada', '/sync/nada', '/metrics/x'])
    assert.is((await traer(camino)).status, 404, camino)
})

test('a widget has its own shell and scope: without the final slash it is redirected', async () => {
  const r = await traer('/scanya-widget')
  assert.is(r.status, 308)
  assert.is(r.headers.get('location'), '/scanya-widget/')
  assert.match(await (await traer('/scanya-widget/')).text(), 'widget')
  assert.match(await (await traer('/scanya-widget/cobrar')).text(), 'widget')
})

test('[SCAN-02] the addresses people know lead to the widget that exists; the one that does not is left to the shell', async () => {
  const casos = [
    ['/scanya', '/scanya-widget/'],
    ['/scanya/cobrar?x=1', '/scanya-widget/cobrar?x=1'],
    ['/i', '/scanya-widget/alta'],
    ['/i?x=1', '/scanya-widget/alta?x=1'],
  ] as const
  for (const [camino, destino] of casos) {
    const r = await traer(camino)
    assert.is(r.status, 302, camino)
    assert.is(r.headers.get('location'), destino)
  }
  assert.is((await traer('/scanya-widget?source=pwa')).headers.get('location'), '/scanya-widget/?source=pwa')
  assert.match(await (await traer('/cardya-widget/qr')).text(), 'tienda')
})

test('an address with anything in it is redirected as it came: no fault, no second header, no other site', async () => {
  for (const resto of ['%0d%0aset-cookie:x=1', '%0a', '%E2%82%AC', '/evil.example', '%5cevil.example', '%2f%2fevil.example']) {
    const r = await traer(`/scanya/${resto}`)
    const destino = r.headers.get('location') ?? ''
    assert.is(r.status, 302, resto)
    assert.not(r.headers.has('set-cookie'))
    assert.is(new URL(destino, 'http://localhost:8080').origin, 'http://localhost:8080', destino)
    assert.ok(destino.startsWith('/scanya-widget/'), destino)
  }
})

test('a widget’s assets never change, wasm and manifests say what they are', async () => {
  const wasm = await traer('/scanya-widget/assets/leer-Cd34.wasm')
  assert.is(wasm.headers.get('content-type'), 'application/wasm')
  assert.match(wasm.headers.get('cache-control') ?? '', 'immutable')
  const manifiesto = await traer('/manifest.scanya.json')
  assert.is(manifiesto.headers.get('content-type'), 'application/manifest+json')
  assert.is(manifiesto.headers.get('cache-control'), 'no-cache')
})

test('an app with a hostname of its own is opened there and nowhere else', async () => {
  const propio = await createTestServer({
    env: { clientDir: clientDir(), publicUrl: 'https://anunciaya.mx', scanyaUrl: 'https://caja.mx', panelUrl: 'https://panel.mx' },
  })
  const ir = async (url: string) => {
    const r = await propio.fetch(url, { headers: { host: new URL(url).host } })
    return [r.status, r.headers.get('location')]
  }
  assert.equal(await ir('https://anunciaya.mx/i'), [302, 'https://caja.mx/scanya-widget/alta'])
  assert.equal(await ir('https://anunciaya.mx/scanya'), [302, 'https://caja.mx/scanya-widget/'])
  assert.equal(await ir('https://anunciaya.mx/scanya-widget/cobrar?x=1'), [302, 'https://caja.mx/scanya-widget/cobrar?x=1'])
  assert.equal(await ir('https://anunciaya.mx/scanya-widget'), [302, 'https://caja.mx/scanya-widget/'])
  assert.equal(await ir('https://caja.mx/?source=x'), [302, '/scanya-widget/?source=x'])
  assert.equal(await ir('https://caja.mx/scanya-widget/cobrar'), [200, null])
  assert.equal(await ir('https://panel.mx/'), [302, '/admin'])
  assert.equal(await ir('https://anunciaya.mx/'), [200, null])
  assert.equal(await ir('http://10.0.0.7:8080/scanya-widget/'), [200, null], 'a proxy’s inner name is not judged')
  await propio.cerrar()
})

test('[PWA-23] from a widget back to the whole app: at the root here, at the public address from a hostname of its own, never at another site', async () => {
  const aqui = async (camino: string) => (await traer(camino)).headers.get('location')
  assert.equal([await aqui('/app'), await aqui('/app/business-studio?x=1')], ['/', '/business-studio?x=1'])
  for (const malo of ['/app//otro.mx', '/app/%2Fotro.mx', '/app/\\\\otro.mx', '/app/%5Cotro.mx'])
    assert.match((await aqui(malo)) ?? '', /^\/[^/\\]/, malo)
  const propio = await createTestServer({
    env: { clientDir: clientDir(), publicUrl: 'https://anunciaya.mx', scanyaUrl: 'https://caja.mx' },
  })
  const desde = async (url: string) => (await propio.fetch(url, { headers: { host: new URL(url).host } })).headers.get('location')
  assert.is(await desde('https://caja.mx/app'), 'https://anunciaya.mx/')
  assert.is(await desde('https://caja.mx/app/business-studio'), 'https://anunciaya.mx/business-studio')
  assert.is(await desde('https://anunciaya.mx/app'), '/')
  await propio.cerrar()
})

test('nothing outside the folder is served', async () => {
  for (const camino of ['/../secreto.txt', '/..%2fsecreto.txt', '/%2e%2e/secreto.txt', '/assets/..%2f..%2f..%2fsecreto.txt', '/%00'])
    assert.not.match(await (await traer(camino)).text(), 'secreto')
})

test('without a built client the API still answers', async () => {
  const vacio = await createTestServer({ env: { clientDir: path.join(raiz, 'nada') } })
  assert.is((await vacio.fetch('http://localhost:8080/')).status, 404)
  assert.is((await vacio.fetch('http://localhost:8080/health')).status, 200)
  await vacio.cerrar()
})

test.run()
