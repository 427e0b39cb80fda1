import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../../../schema/core/tiempo.ts'
import { curvaDelReloj, escalaDe, mediasNoches, silencios, tramo } from './linea.ts'

const HASTA = Date.UTC(2026, 10, 22, 20)
const DESDE = HASTA - 3 * DIA

test('three days are the width; what is short is still seen, and nothing leaves the drawing', () => {
  const e = escalaDe(DESDE, HASTA, 960, 90)
  assert.equal([e.x(DESDE), e.x(HASTA), e.x(0)], [90, 960, 90])
  assert.equal(tramo(e, HASTA - MINUTO, HASTA), { x: 957, ancho: 3, desdeAt: HASTA - MINUTO, hastaAt: HASTA })
})

test('silence is what lies between two contacts, and after the last one', () => {
  const contactos = [
    { desdeAt: DESDE + HORA, hastaAt: DESDE + 2 * HORA },
    { desdeAt: DESDE + 2 * HORA + 10 * MINUTO, hastaAt: DESDE + 5 * HORA },
  ]
  const callado = silencios({ desdeAt: DESDE, contactos }, HASTA, 0)
  assert.equal(callado, [
    { desdeAt: DESDE, hastaAt: DESDE + HORA },
    { desdeAt: DESDE + 5 * HORA, hastaAt: HASTA },
  ])
  assert.is(silencios({ desdeAt: DESDE, contactos }, HASTA, DESDE + HORA).length, 1, 'it was not enrolled before its first contact')
})

test('days begin at midnight of the place', () => {
  assert.equal(
    mediasNoches(DESDE, HASTA, 'America/Mexico_City'),
    [20, 21, 22].map((dia) => Date.UTC(2026, 10, dia, 6)),
  )
})

test('a clock that is right is in the middle; one that is behind sinks', () => {
  const e = escalaDe(DESDE, HASTA, 100, 0)
  const reloj = [
    { at: DESDE, offsetMs: 0 },
    { at: HASTA, offsetMs: 680_000 },
  ]
  assert.is(curvaDelReloj(reloj, e, 10, 20), '0.0,20.0 100.0,30.0')
})

test.run()
