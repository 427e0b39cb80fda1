import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Lectura } from './api.ts'
import { crearTurnos } from './turnos.ts'

const punto = { x: 0, y: 0 }
const lectura: Lectura = { texto: 'A', esquinas: [punto, punto, punto, punto] }

function mesa() {
  const enviados: string[] = []
  const soltados: string[] = []
  const turnos = crearTurnos<string>(
    (n, cuadro) => enviados.push(`${n}:${cuadro}`),
    (cuadro) => soltados.push(cuadro),
  )
  return { turnos, enviados, soltados }
}

test('one in flight, the newest waits, those between are forgotten with null', async () => {
  const { turnos, enviados, soltados } = mesa()
  const uno = turnos.pedir('uno')
  const dos = turnos.pedir('dos')
  const tres = turnos.pedir('tres')
  assert.equal(enviados, ['1:uno'])
  assert.equal(await dos, { ok: true, valor: null })
  assert.equal(soltados, ['dos'])
  turnos.leido(1, lectura)
  assert.equal(await uno, { ok: true, valor: lectura })
  assert.equal(enviados, ['1:uno'], 'answered, but its engines may not be done')
  turnos.terminado(1)
  assert.equal(enviados, ['1:uno', '3:tres'])
  turnos.leido(3, null)
  assert.equal(await tres, { ok: true, valor: null })
})

test('an answer to another frame is nobody’s', () => {
  const { turnos, enviados } = mesa()
  void turnos.pedir('uno')
  void turnos.pedir('dos')
  turnos.leido(7, lectura)
  turnos.terminado(7)
  assert.equal(enviados, ['1:uno'])
})

test('when the worker dies everyone is told, and whoever comes later', async () => {
  const { turnos, soltados } = mesa()
  const uno = turnos.pedir('uno')
  const dos = turnos.pedir('dos')
  turnos.caer()
  const caido = { ok: false, codigo: 'ESCANER_NO_ABRE' }
  assert.equal(await Promise.all([uno, dos, turnos.pedir('tres')]), [caido, caido, caido])
  assert.equal(soltados, ['dos', 'tres'])
})

test.run()
