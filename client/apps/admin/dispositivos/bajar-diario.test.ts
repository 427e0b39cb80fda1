import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { bajarDiario } from './bajar-diario.ts'

const fetchDeVerdad = globalThis.fetch
test.after(() => {
  globalThis.fetch = fetchDeVerdad
})
const contestando = (...respuestas: Response[]) => {
  globalThis.fetch = async () => respuestas.shift() ?? Promise.reject(new TypeError('no network'))
}
const sesion = { portador: async (renovar: boolean) => (renovar ? 'nuevo' : 'viejo') }

test('a journal comes whole or not at all; a token that ended is renewed once', async () => {
  contestando(new Response(null, { status: 401 }), new Response('{"entradas":[]}'))
  assert.is(await bajarDiario(sesion, 'x'), '{"entradas":[]}')
  contestando(new Response('{"entradas":[{"seq":0}'))
  assert.is(await bajarDiario(sesion, 'x'), null, 'cut half way')
  contestando(new Response(null, { status: 403 }))
  assert.is(await bajarDiario(sesion, 'x'), null)
  contestando()
  assert.is(await bajarDiario(sesion, 'x'), null)
  assert.is(await bajarDiario({ portador: async () => null }, 'x'), null, 'the session ended')
})

test.run()
