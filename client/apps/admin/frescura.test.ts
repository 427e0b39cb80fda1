import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Frescura } from './frescura.ts'

test('the Panel is live only while everything that reads gets its answers', () => {
  const f = new Frescura()
  assert.equal(f.estado(), { como: 'abriendo' })
  f.respondio('resumen', 1_000)
  assert.equal(f.estado(), { como: 'viva', at: 1_000 })
  f.fallo('pulso')
  f.respondio('resumen', 2_000)
  assert.equal(f.estado(), { como: 'reconectando', at: 2_000 })
  f.volvio('pulso')
  assert.equal(f.estado(), { como: 'viva', at: 2_000 })
  f.fallo('lista')
  f.olvidar('lista')
  assert.is(f.estado().como, 'viva', 'a screen that closed says nothing')
})

test('paused, its clock stands still; a person starts it again', () => {
  const f = new Frescura()
  const hora = Date.now() + 3_600_000
  f.respondio('resumen', hora)
  f.pausar(true)
  const antes = f.ahora()
  f.respondio('resumen', hora + 60_000)
  assert.is(f.ahora(), antes)
  assert.equal(f.estado(), { como: 'pausada', at: hora + 60_000 })
  f.pausar(false)
  assert.ok(f.ahora() >= hora + 60_000, 'the server’s clock, an hour ahead of this page’s')
})

test('a server that never answered has no hour to show', () => {
  const f = new Frescura()
  f.fallo('resumen')
  assert.equal(f.estado(), { como: 'reconectando', at: null })
})

test.run()
