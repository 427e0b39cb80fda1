import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'
import { desgloseDe, enDecimal } from './desglose.ts'
import { cambioDeReglas, camposDeReglas, fallasDeReglas, ultimasReglas } from './reglas-nuevas.ts'

const version = (valorPuntoCentavos = 1_000, participa = true): Configuracion => ({
  version: 1,
  participa,
  valorPuntoCentavos,
  multiplicadoresPct: { bronce: 100, plata: 125, oro: 150 },
  umbrales: { plata: 5_000, oro: 15_000 },
  vigenteAt: 0,
})

test('[SCAN-18, SCAN-20] the lines of the documented sale', () => {
  const d = desgloseDe(version(), 50_000, 'oro')
  assert.equal(d.base, { cuenta: '500 ÷ 10 =', resultado: '50' })
  assert.equal(d.conMultiplicador, { cuenta: '50 × 1.5 =', resultado: '75' })
  assert.is(d.puntos, 75)
  assert.is(d.redondeado, false)
})

test('[SCAN-20] what is rounded down says so: 325 at oro is 48.75, so 48', () => {
  const d = desgloseDe(version(), 32_500, 'oro')
  assert.equal(d.base, { cuenta: '325 ÷ 10 =', resultado: '32.5' })
  assert.equal(d.conMultiplicador, { cuenta: '32.5 × 1.5 =', resultado: '48.75' })
  assert.is(d.puntos, 48)
  assert.is(d.redondeado, true)
})

test('a quotient without an end is cut and marked, and the exact result stays exact', () => {
  const d = desgloseDe(version(300), 10_000, 'oro')
  assert.equal(d.base, { cuenta: '100 ÷ 3 =', resultado: '33.33…' })
  assert.equal(d.conMultiplicador, { cuenta: '33.33… × 1.5 =', resultado: '50' })
  assert.is(d.puntos, 50)
})

test('[PTS-02] a negocio that does not take part gives none', () => {
  const d = desgloseDe(version(1_000, false), 50_000, 'oro')
  assert.is(d.participa, false)
  assert.is(d.puntos, 0)
})

test('the largest monto loses no digit', () => {
  assert.is(desgloseDe(version(100), 9_999_999_999, 'oro').conMultiplicador.resultado, '149,999,999.98…')
  assert.is(enDecimal(9_999_999_999), '99,999,999.99')
  assert.is(enDecimal(1_050), '10.5')
  assert.is(enDecimal(5), '0.05')
})

const reglas = (cambios: Partial<Configuracion> = {}): Configuracion => ({ ...version(), ...cambios })

test('PTS-07: $500 at $10 a point gives 50, 62 and 75', () => {
  assert.equal(
    (['bronce', 'plata', 'oro'] as const).map((nivel) => desgloseDe(version(), 50_000, nivel).puntos),
    [50, 62, 75],
  )
})

test('PTS-02..05, 24: of the form only what changes is sent, and nothing out of range', () => {
  const vigente = reglas({ expiranEnMeses: 6 })
  const campos = camposDeReglas(vigente)
  assert.equal([campos.vencen, campos.meses, cambioDeReglas(vigente, campos)], [true, 6, {}])
  assert.equal(cambioDeReglas(vigente, { ...campos, vencen: false }), { expiranEnMeses: null })
  assert.equal(cambioDeReglas(vigente, { ...campos, participa: false, valorPuntoCentavos: 500, meses: 9 }), {
    ...{ participa: false, valorPuntoCentavos: 500, expiranEnMeses: 9 },
  })
  const nunca = camposDeReglas(reglas())
  assert.equal([nunca.vencen, nunca.meses, cambioDeReglas(reglas(), nunca)], [false, 12, {}])
  assert.equal(fallasDeReglas({ ...nunca, meses: 0 }), [], 'months that do not count')
  for (const valorPuntoCentavos of [99, 100_001, Number.NaN]) assert.equal(fallasDeReglas({ ...campos, valorPuntoCentavos }), ['valor'])
  for (const meses of [0, 61, Number.NaN]) assert.equal(fallasDeReglas({ ...campos, meses }), ['meses'])
  assert.equal(fallasDeReglas({ ...campos, valorPuntoCentavos: 100, meses: 60 }), [])
})

test('PTS-05: the rules on the screen are those of the newest version this device knows', () => {
  const doc = (n: number): ConfigDoc => ({ id: `version:${n}`, ...reglas({ version: n }) })
  const negocio: ConfigDoc = { id: 'negocio', nombre: 'Roma', numero: 1, codigoCaja: 'roma' }
  assert.is(ultimasReglas([doc(2), negocio, doc(10), doc(9)])?.version, 10)
  assert.is(ultimasReglas([negocio]), undefined)
})

test.run()
