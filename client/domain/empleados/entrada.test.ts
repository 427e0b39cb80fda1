import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tecla } from '../../ui/teclado.tsx'
import { bloqueoHasta, cuentaAtras, elegidaDe, mandaPin, teclearPin } from './entrada.ts'

const escribir = (teclas: string) => [...teclas].reduce((pin, tecla) => teclearPin(pin, tecla as Tecla), '')

test('EMP-05: a PIN is 4 to 6 digits; a seventh is not taken', () => {
  assert.is(escribir('4829137'), '482913')
  assert.is(teclearPin('12', 'borrar'), '1')
  assert.is(teclearPin('', 'borrar'), '')
  assert.is(teclearPin('12', '00'), '12')
  assert.is(teclearPin('12', 'ir'), '12')
})

test('the sixth digit enters by itself; four or five need Entrar', () => {
  assert.ok(mandaPin('482913', '3'))
  assert.not(mandaPin('48291', '1'))
  assert.ok(mandaPin('48291', 'ir'))
  assert.ok(mandaPin('4829', 'ir'))
  assert.not(mandaPin('482', 'ir'))
  assert.not(mandaPin('482913', 'borrar'))
})

test('a lock counts down in whole seconds and never below zero', () => {
  assert.is(cuentaAtras(30_000), '0:30')
  assert.is(cuentaAtras(64_100), '1:05')
  assert.is(cuentaAtras(-5), '0:00')
})

test('[TU5] a lock lasts as long on a clock that is wrong', () => {
  const [ahora, hora] = [1_700_000_000_000, 3_600_000]
  const espera = (offsetMs: number) => cuentaAtras(bloqueoHasta(0, { bloqueadaHasta: ahora + offsetMs + 30_000 }, offsetMs) - ahora)
  assert.equal([espera(hora), espera(-hora), espera(0)], ['0:30', '0:30', '0:30'])
  assert.is(bloqueoHasta(ahora + 5, { bloqueadaHasta: ahora }, 0), ahora + 5, 'what was just told counts before the list is read again')
  assert.equal([bloqueoHasta(0, { bloqueadaHasta: null }, -ahora), bloqueoHasta(0, null, -ahora)], [0, 0])
})

test('the tile that was chosen stays while that person may enter', () => {
  const persona = (empleadoId: string) => ({ empleadoId }) as Parameters<typeof elegidaDe>[0][number]
  const dos = [persona('a'), persona('b')]
  assert.is(elegidaDe(dos, 'b')?.empleadoId, 'b')
  assert.is(elegidaDe(dos, 'gone')?.empleadoId, 'a')
  assert.is(elegidaDe([], 'a'), null)
})

test.run()
