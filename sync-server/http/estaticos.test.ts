import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
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

test('a screen of the client answers with its shell, a missing file or an unknown API path does not', async () => {
  for (const camino of ['/scanya', '/business-studio/empleados', '/i']) {
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
