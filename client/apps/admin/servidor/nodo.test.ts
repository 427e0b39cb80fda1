import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nodoQueSirve, nombreDeNodo } from './nodo.ts'

const nodo = (id: string, iniciadoAt: number, latidoAt: number) => ({
  id,
  version: '1',
  iniciadoAt,
  latidoAt,
  memoriaBytes: null,
  bucleMs: null,
  baseMs: null,
  streams: null,
})

test('after a restart it is the new node that is named, whichever is listed first', () => {
  const [muerto, nuevo] = [nodo('sync-1-41-aa', 1_000, 90_000), nodo('sync-1-97-bb', 91_000, 91_000)]
  assert.is(nodoQueSirve([muerto, nuevo])?.id, 'sync-1-97-bb')
  assert.is(nodoQueSirve([nuevo, muerto])?.id, 'sync-1-97-bb')
  assert.is(nodoQueSirve([]), undefined)
  assert.is(nombreDeNodo(nuevo.id), 'sync-1-97')
})

test.run()
