import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aBase45, deBase45 } from './base45.ts'

const bytes = (texto: string) => new TextEncoder().encode(texto)

test('RFC 9285: its own examples, both ways', () => {
  const casos: [string, string][] = [
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ]
  for (const [claro, texto] of casos) {
    assert.is(aBase45(bytes(claro)), texto)
    assert.equal(deBase45(texto), bytes(claro))
  }
})

test('RFC 9285: groups above 16 bits, bad lengths and foreign letters are refused', () => {
  for (const malo of ['GGX', '::', 'A', 'AAAA', 'bb8', 'BB8\n00', 'Ñ00']) assert.is(deBase45(malo), null, malo)
  assert.equal(deBase45('FGW'), Uint8Array.of(255, 255))
})

test('any bytes come back, and a text decodes to bytes that encode to it', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (datos) => assert.equal([...(deBase45(aBase45(datos)) ?? [])], [...datos])))
  fc.assert(
    fc.property(fc.string(), (texto) => {
      const leido = deBase45(texto)
      if (leido) assert.is(aBase45(leido), texto)
    }),
  )
})

test.run()
