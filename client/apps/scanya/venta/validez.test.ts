import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { TarjetaLeida } from '../../../../workers/replica/api.ts'
import { minutosYSegundos, validezDe } from './validez.ts'

const leida = (mas: Partial<TarjetaLeida> = {}) => ({
  como: 'leido' as const,
  leidaAt: 1_000_000,
  tarjeta: {
    qr: 'X',
    cardId: '0'.repeat(16),
    nivel: 'oro',
    multiplicadorPct: 150,
    estado: 'verde',
    validoMs: 105_000,
    cliente: null,
    porConfirmar: 0,
    datosAt: null,
    ...mas,
  } satisfies TarjetaLeida,
})

test('[SCAN-14] the remaining validity counts down from what the replica said', () => {
  assert.equal(validezDe(leida(), 1_000_000), { como: 'verde', restanMs: 105_000 })
  assert.equal(validezDe(leida(), 1_104_000), { como: 'verde', restanMs: 1_000 })
})

test('[SCAN-24, R11] a QR that grew old on the till turns amber and never green again', () => {
  assert.equal(validezDe(leida(), 1_105_000), { como: 'verde', restanMs: 0 }, 'within what two clocks may disagree')
  assert.equal(validezDe(leida(), 1_195_000), { como: 'ambar' })
  assert.equal(validezDe(leida({ validoMs: 0 }), 1_029_000), { como: 'verde', restanMs: 0 })
  assert.equal(validezDe(leida({ validoMs: 0 }), 1_030_000), { como: 'ambar' })
  assert.equal(validezDe(leida({ estado: 'ambar', validoMs: 0 }), 1_000_000), { como: 'ambar' })
  assert.equal(validezDe(leida({ validoMs: 5_000 }), 900_000), { como: 'verde', restanMs: 5_000 }, 'a clock set back adds nothing')
})

test('[SCAN-10] a typed card waits for the server', () => {
  assert.equal(validezDe({ como: 'escrito', tarjeta: { numero: '40718826', clave: '193402' } }, 0), { como: 'por_confirmar' })
})

test('the countdown is written as a clock', () => {
  assert.is(minutosYSegundos(105_000), '1:45')
  assert.is(minutosYSegundos(60_001), '1:01')
  assert.is(minutosYSegundos(1), '0:01')
  assert.is(minutosYSegundos(0), '0:00')
  assert.is(minutosYSegundos(-5_000), '0:00')
})

test.run()
