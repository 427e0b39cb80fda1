import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HORA, MINUTO } from '../../core/tiempo.ts'
import { inicioDeDia, otroDia, type PasoDeSesion, tiempoDeSesion } from './actividad.ts'

const paso = (tipo: PasoDeSesion['tipo'], horas: number, dispositivoId = 'una'): PasoDeSesion => ({ tipo, at: horas * HORA, dispositivoId })

test('EMP-16: the time of a session is from login to logout, at each till by itself, in any order', () => {
  assert.is(tiempoDeSesion([paso('logout', 12), paso('login', 9)], 24 * HORA), 3 * HORA)
  assert.is(
    tiempoDeSesion([paso('login', 9), paso('login', 10, 'otra'), paso('logout', 11), paso('logout', 13, 'otra')], 24 * HORA),
    5 * HORA,
  )
  assert.is(tiempoDeSesion([], 0), 0)
})

test('EMP-16: a login again ends the one before; what is open counts until now, at most twelve hours; a logout alone is nothing', () => {
  assert.is(tiempoDeSesion([paso('login', 9), paso('login', 11), paso('logout', 12)], 24 * HORA), 3 * HORA)
  assert.is(tiempoDeSesion([paso('login', 9)], 10 * HORA), HORA)
  assert.is(tiempoDeSesion([paso('login', 9)], 40 * HORA), 12 * HORA)
  assert.is(tiempoDeSesion([paso('login', 9)], 8 * HORA), 0)
  assert.is(tiempoDeSesion([paso('logout', 9)], 40 * HORA), 0)
})

test('EMP-16: a day begins at the midnight of its zone, also on the night the clocks change', () => {
  assert.is(inicioDeDia('2026-11-21', 'America/Mexico_City'), Date.UTC(2026, 10, 21, 6))
  assert.is(inicioDeDia('2026-11-21', 'America/Tijuana'), Date.UTC(2026, 10, 21, 8))
  assert.is(inicioDeDia('2026-11-21', 'Pacific/Kiritimati'), Date.UTC(2026, 10, 20, 10))
  const [domingo, lunes] = ['2026-11-01', '2026-11-02'].map((dia) => inicioDeDia(dia, 'America/Tijuana')) as [number, number]
  assert.is(lunes - domingo, 25 * HORA)
  assert.is(inicioDeDia('2026-09-06', 'America/Santiago') % MINUTO, 0)
})

test('days are counted by the calendar', () => {
  assert.equal([otroDia('2026-11-30', 1), otroDia('2026-03-01', -1), otroDia('2026-11-21', 0)], ['2026-12-01', '2026-02-28', '2026-11-21'])
})

test.run()
