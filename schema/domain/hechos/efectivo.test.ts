import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, SEGUNDO } from '../../core/tiempo.ts'
import { AHORA, unId } from '../../testing/constructores.ts'
import { VIDA_DEL_QR_MS } from '../tarjetas/vida-del-qr.ts'
import { effAt, relojSospechoso } from './efectivo.ts'

const marca = (wall: number, offset = 0) => ({ wall, offset, offsetAt: 0, mono: 0, arranque: unId(1) })

test('[R11] the corrected hour, between the previous entry and the receipt', () => {
  assert.is(effAt(marca(AHORA - 5_000, 2_000), 0, null, AHORA), AHORA - 3_000)
  assert.is(effAt(marca(AHORA - DIA), AHORA - 7, null, AHORA), AHORA - 7)
  assert.is(effAt(marca(AHORA + DIA), 0, null, AHORA), AHORA)
})

test('[R11] a card shown at ts proves the sale was not before ts less 90 s', () => {
  assert.is(effAt(marca(AHORA - DIA), 0, AHORA - 60 * SEGUNDO, AHORA), AHORA - 150 * SEGUNDO)
  assert.is(effAt(marca(AHORA - DIA), 0, AHORA + DIA, AHORA), AHORA, 'a card from the future does not pass the receipt')
})

test('[R11] effAt never falls in a chain and never passes its receipt', () => {
  const renglon = fc.record({
    wall: fc.integer({ min: -3 * DIA, max: 3 * DIA }),
    qr: fc.option(fc.integer({ min: -DIA, max: DIA })),
    pasa: fc.nat(DIA),
  })
  fc.assert(
    fc.property(fc.array(renglon), (renglones) => {
      let [ultimo, recibidoAt] = [0, AHORA]
      for (const r of renglones) {
        recibidoAt += r.pasa
        const hora = effAt(marca(recibidoAt + r.wall), ultimo, r.qr === null ? null : recibidoAt + r.qr, recibidoAt)
        assert.ok(hora >= ultimo && hora <= recibidoAt)
        ultimo = hora
      }
    }),
  )
})

test('[R11] clocks disagree outside [-90 s, 210 s]', () => {
  const edades: [number, boolean][] = [
    [-90_001, true],
    [-90_000, false],
    [0, false],
    [210_000, false],
    [210_001, true],
  ]
  for (const [edad, sospechoso] of edades)
    assert.is(relojSospechoso(marca(AHORA - 500, 500), AHORA - edad, VIDA_DEL_QR_MS), sospechoso, `${edad}`)
  assert.not(relojSospechoso(marca(AHORA), AHORA - 390_000, 300_000), 'a longer life, by configuration')
  assert.ok(relojSospechoso(marca(AHORA), AHORA - 150_001, 60_000), 'a shorter one')
})

test.run()
