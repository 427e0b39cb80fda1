import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abreLaPagina, appDe, esDelServidor } from './caminos.ts'

test('a path belongs to one app by its first segment, whole', () => {
  for (const [camino, app] of [
    ['/', 'anunciaya'],
    ['/business-studio/empleados', 'anunciaya'],
    ['/scanya-widget', 'scanya'],
    ['/scanya-widget?source=pwa', 'scanya'],
    ['/scanya-widget/cobrar', 'scanya'],
    ['/scanya-widgets', 'anunciaya'],
    ['/cardya-widget/qr', 'cardya'],
  ] as const)
    assert.is(appDe(camino), app, camino)
})

test('[PWA-09] a screen opens its app’s page, with any query; what is the server’s or another app’s does not', () => {
  const abren = {
    anunciaya: ['/', '/?source=pwa', '/index.html', '/admin', '/business-studio/', '/informe', '/indice?x=1', '/apiario'],
    scanya: [
      '/scanya-widget/',
      '/scanya-widget?source=pwa',
      '/scanya-widget/?source=pwa',
      '/scanya-widget/cobrar',
      '/scanya-widget/index.html',
    ],
    cardya: ['/cardya-widget/', '/cardya-widget/qr', '/cardya-widget/qr?x=a.b'],
  } as const
  for (const [app, caminos] of Object.entries(abren))
    for (const camino of caminos)
      for (const otra of ['anunciaya', 'scanya', 'cardya'] as const)
        assert.is(abreLaPagina(otra, camino), otra === app, `${otra} ${camino}`)
})

test('files, API paths and addresses that are sent on open no page', () => {
  for (const camino of [
    '/api/docs',
    '/sync/stream',
    '/health',
    '/v1/shape?x=1',
    '/scanya',
    '/cardya?x',
    '/i',
    '/i?x',
    '/falta.png',
    '/sw.js',
  ])
    assert.not(abreLaPagina('anunciaya', camino), camino)
  assert.not(abreLaPagina('scanya', '/scanya-widget/sw.js'))
  assert.ok(esDelServidor('/metrics'))
  assert.not(esDelServidor('/sincronia'))
})

test.run()
