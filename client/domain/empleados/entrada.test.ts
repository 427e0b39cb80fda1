import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Tecla } from '../../ui/teclado.tsx'
import { cuentaAtras, elegidaDe, mandaPin, teclearPin } from './entrada.ts'

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

test('the tile that was chosen stays while that person may enter', () => {
  const persona = (empleadoId: string) => ({ empleadoId }) as Parameters<typeof elegidaDe>[0][number]
  const dos = [persona('a'), persona('b')]
  assert.is(elegidaDe(dos, 'b')?.empleadoId, 'b')
  assert.is(elegidaDe(dos, 'gone')?.empleadoId, 'a')
  assert.is(elegidaDe([], 'a'), null)
})

test.run()
