import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { puntosEnPalabras } from './palabras.ts'

test('one point is one, with its sign and in both languages; any other number is several', () => {
  const dichos = [0, 1, 11, 1_001, '1', '+1', '−1', '+11', '1,250'].map((n) => puntosEnPalabras(n, 'es'))
  assert.equal(dichos, [
    '0 puntos',
    '1 punto',
    '11 puntos',
    '1,001 puntos',
    '1 punto',
    '+1 punto',
    '−1 punto',
    '+11 puntos',
    '1,250 puntos',
  ])
  assert.equal([puntosEnPalabras(1, 'en'), puntosEnPalabras('+2', 'en')], ['1 point', '+2 points'])
})

test.run()
