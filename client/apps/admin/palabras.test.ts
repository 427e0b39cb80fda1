import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { conMilesimas, contacto, desfase, edad, huellaCorta, retraso, tamano } from './palabras.ts'

const AHORA = Date.UTC(2026, 10, 22, 20, 21)
const ZONA = 'America/Mexico_City'

test('an age in its two largest units', () => {
  assert.equal([-5, 3 * SEGUNDO, 59_999, 18 * MINUTO, 5 * HORA + 9 * MINUTO, 5 * HORA, 2 * DIA + 3 * HORA].map(edad), [
    '0 s',
    '3 s',
    '59 s',
    '18 min',
    '5 h 9 min',
    '5 h',
    '2 d 3 h',
  ])
})

test('the last contact: an age within the hour, an hour the same day, a date before', () => {
  assert.is(contacto(AHORA - 40 * MINUTO, AHORA, ZONA), 'hace 40 min')
  assert.is(contacto(AHORA - 5 * HORA, AHORA, ZONA), '09:21')
  assert.is(contacto(AHORA - 30 * HORA, AHORA, ZONA), '21 nov, 08:21')
})

test('a delay and a clock in words', () => {
  assert.equal([40, 6_800, 41_000, 6 * MINUTO].map(retraso), ['0.0 s', '6.8 s', '41 s', '6 min'])
  assert.equal(
    [-400, 680_000, -59_960, 2 * HORA, 30].map(desfase),
    ['+0.4 s', '−11 min 20 s', '+1 min', '−2 h', '+0.0 s'],
    'behind is minus',
  )
})

test('sizes, hashes and thousandths', () => {
  assert.equal([0, 900, 212_000_000, 2_100_000_000].map(tamano), ['0 B', '900 B', '212 MB', '2.1 GB'])
  assert.is(huellaCorta(`f0a2${'0'.repeat(58)}91`), 'f0a2…91')
  assert.is(conMilesimas(Date.UTC(2026, 10, 22, 19, 58, 40, 112), ZONA), '13:58:40.112')
})

test.run()
