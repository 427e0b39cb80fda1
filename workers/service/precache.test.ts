import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { AppInstalable } from '../../schema/core/caminos.ts'
import { cachesDeAntes, esDeUso, esImagen, nombreDelCache, rutaGuardada } from './precache.ts'

const ORIGEN = 'https://caja.example'
const ARCHIVOS = new Set(['/scanya-widget/', '/scanya-widget/assets/index-1.js', '/icons/scanya-192.png'])
const peticion = (direccion: string, { metodo = 'GET', navegacion = false } = {}) => ({
  metodo,
  navegacion,
  url: new URL(direccion, ORIGEN),
  origen: ORIGEN,
})
const pedir = (direccion: string, opciones = {}, app: AppInstalable = 'scanya') =>
  rutaGuardada(app, peticion(direccion, opciones), ARCHIVOS)

test('the page of an app opens from the device, with any query; a screen of it too', () => {
  for (const direccion of ['/scanya-widget/', '/scanya-widget/?source=pwa', '/scanya-widget/cobrar', '/scanya-widget/alta#token'])
    assert.is(pedir(direccion, { navegacion: true }), '/scanya-widget/', direccion)
  assert.is(pedir('/cardya-widget/qr?source=pwa', { navegacion: true }, 'cardya'), '/cardya-widget/')
  assert.is(pedir('/business-studio', { navegacion: true }, 'anunciaya'), '/')
})

test('pages of other apps and of the server are not answered', () => {
  for (const direccion of ['/', '/cardya-widget/', '/api/docs', '/scanya-widgets'])
    assert.is(pedir(direccion, { navegacion: true }), null, direccion)
  for (const direccion of ['/scanya-widget/', '/i', '/scanya', '/sync/x', '/health'])
    assert.is(pedir(direccion, { navegacion: true }, 'anunciaya'), null, direccion)
})

test('files of the release come from the device; the server’s answers never do', () => {
  assert.is(pedir('/scanya-widget/assets/index-1.js'), '/scanya-widget/assets/index-1.js')
  assert.is(pedir('/icons/scanya-192.png'), '/icons/scanya-192.png')
  for (const direccion of ['/assets/otro.js', '/api/demo', '/sync/stream', '/health']) assert.is(pedir(direccion), null, direccion)
  assert.is(pedir('/scanya-widget/assets/index-1.js', { metodo: 'POST' }), null)
  assert.is(pedir('https://otro.example/scanya-widget/assets/index-1.js'), null)
})

test('a file that is rarely needed is kept from its first use on, and only such a file', () => {
  const aDemanda = new Set(['/cardya-widget/assets/zxing-1.wasm'])
  assert.ok(esDeUso(peticion('/cardya-widget/assets/zxing-1.wasm'), aDemanda))
  assert.not(esDeUso(peticion('/cardya-widget/assets/otro.js'), aDemanda))
  assert.not(esDeUso(peticion('https://otro.example/cardya-widget/assets/zxing-1.wasm'), aDemanda))
  assert.not(esDeUso(peticion('/cardya-widget/assets/zxing-1.wasm', { metodo: 'POST' }), aDemanda))
})

test('pictures of a catálogo are kept by the shell alone, and nothing else by that name', () => {
  const imagen = `/imagenes/${'a'.repeat(8)}/${'0'.repeat(64)}`
  assert.ok(esImagen('anunciaya', peticion(imagen)))
  assert.not(esImagen('scanya', peticion(imagen)))
  assert.not(esImagen('anunciaya', peticion(imagen, { metodo: 'PUT' })))
  for (const otra of ['/imagenes/x/otro', `/api${imagen}`, `https://otro.example${imagen}`])
    assert.not(esImagen('anunciaya', peticion(otra)), otra)
})

test('[PWA-19] each app has a cache of its own; only what an app left before is dropped by it', () => {
  assert.is(nombreDelCache('cardya'), 'cardya-v1')
  assert.equal(cachesDeAntes(['cardya-v0', 'cardya-v1', 'cardya-uso-v1', 'cardya-imagenes-v1', 'scanya-v0', 'otro'], 'cardya'), [
    'cardya-v0',
  ])
})

test.run()
