import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cachesViejos, rutaGuardada } from './precache.ts'

const ORIGEN = 'https://caja.example'
const ARCHIVOS = new Set(['/', '/assets/index-1.js'])
const pedir = (direccion: string, { metodo = 'GET', navegacion = false } = {}) =>
  rutaGuardada({ metodo, navegacion, url: new URL(direccion, ORIGEN), origen: ORIGEN }, ARCHIVOS)

test('the page and an enrolment link open from the device, with any query', () => {
  for (const direccion of ['/', '/?source=pwa', '/index.html', '/i', '/i#token', '/i/?x=1'])
    assert.is(pedir(direccion, { navegacion: true }), '/', direccion)
})

test('pages of other apps and of the server are not answered', () => {
  for (const direccion of ['/cardya-widget/', '/informe', '/api/docs', '/indice'])
    assert.is(pedir(direccion, { navegacion: true }), null, direccion)
})

test('files of the release come from the device; the server’s answers never do', () => {
  assert.is(pedir('/assets/index-1.js'), '/assets/index-1.js')
  for (const direccion of ['/assets/otro.js', '/api/demo', '/sync/stream', '/health']) assert.is(pedir(direccion), null, direccion)
  assert.is(pedir('/assets/index-1.js', { metodo: 'POST' }), null)
  assert.is(pedir('https://otro.example/assets/index-1.js'), null)
})

test('only earlier caches of this shell are dropped', () => {
  assert.equal(cachesViejos(['cya-caja-1', 'cya-caja-2', 'cya-tarjeta-1', 'otro'], 'cya-caja-2'), ['cya-caja-1'])
})

test.run()
