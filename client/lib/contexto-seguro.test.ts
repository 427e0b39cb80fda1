import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { avisoDeContexto, motivoDeContexto } from './contexto-seguro.ts'

test('a page that cannot keep keys says why, in words', () => {
  assert.is(motivoDeContexto({ seguro: true, conLlaves: true }), null)
  assert.is(motivoDeContexto({ seguro: false, conLlaves: false }), 'http_en_la_red')
  assert.is(motivoDeContexto({ seguro: true, conLlaves: false }), 'navegador_viejo')
  assert.is(avisoDeContexto(null), null)
  assert.match(avisoDeContexto('http_en_la_red') ?? '', /https/)
})

test.run()
