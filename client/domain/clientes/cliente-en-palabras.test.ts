import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { enGrupos, inicialDe, nombreCorto, verSaldo, visitaHace } from './cliente-en-palabras.ts'

const ZONA = 'America/Mexico_City'
/** 00:30 of 22 November in the shop. */
const MEDIANOCHE_Y_MEDIA = Date.UTC(2026, 10, 22, 6, 30)

test('points are for a person by the first name, or for the client', () => {
  assert.is(nombreCorto('Juan Pérez'), 'Juan')
  assert.is(nombreCorto('Ana'), 'Ana')
  assert.is(nombreCorto(null), 'el cliente')
  assert.is(nombreCorto('Cliente nuevo'), 'el cliente')
  assert.is(nombreCorto('Cliente por confirmar'), 'el cliente')
  assert.is(inicialDe('Ángel R.'), 'Á')
})

test('[SCAN-15] visits are dated by the days of the shop, not by 24 hours', () => {
  assert.is(visitaHace(MEDIANOCHE_Y_MEDIA - 20 * 60_000, MEDIANOCHE_Y_MEDIA, ZONA), 'hoy')
  assert.is(visitaHace(MEDIANOCHE_Y_MEDIA - 40 * 60_000, MEDIANOCHE_Y_MEDIA, ZONA), 'ayer')
  assert.is(visitaHace(MEDIANOCHE_Y_MEDIA - 5 * 86_400_000, MEDIANOCHE_Y_MEDIA, ZONA), '5 días')
  assert.is(visitaHace(MEDIANOCHE_Y_MEDIA - 95 * 86_400_000, MEDIANOCHE_Y_MEDIA, ZONA), '3 meses')
  assert.is(visitaHace(MEDIANOCHE_Y_MEDIA + 60_000, MEDIANOCHE_Y_MEDIA, ZONA), 'hoy', 'a clock a little ahead')
})

test('[SCAN-10] typed numbers are grouped as the card shows them', () => {
  assert.is(enGrupos('40718826', 8), '4071 8826')
  assert.is(enGrupos('4071-8826-99', 8), '4071 8826')
  assert.is(enGrupos('193 4', 6), '193 4')
  assert.is(enGrupos('193', 6), '193')
  assert.is(enGrupos('', 6), '')
})

test('a balance with something to be confirmed says so, to the eye and to the ear; it never falls below nothing', () => {
  assert.equal(verSaldo(1_340, 0), { texto: '1,340', dicho: null })
  assert.equal(verSaldo(340, 75), { texto: '≈ 415', dicho: '415, por confirmar' })
  assert.equal(verSaldo(10, -75), { texto: '≈ 0', dicho: '0, por confirmar' })
})

test.run()
