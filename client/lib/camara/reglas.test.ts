import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { crearFiltro } from './filtro.ts'
import { deseos, miraAlUsuario, motivoDe, siguienteCamara, valeOtroIntento } from './reglas.ts'

const error = (name: string) => new DOMException('', name)

test('every way a camera fails has one of the closed reasons', () => {
  assert.is(motivoDe(error('NotAllowedError')), 'permiso_negado')
  assert.is(motivoDe(error('NotFoundError')), 'sin_camara')
  assert.is(motivoDe(error('OverconstrainedError')), 'sin_camara')
  assert.is(motivoDe(error('NotReadableError')), 'en_uso')
  assert.is(motivoDe(new Error('ESCANER_NO_ABRE: the worker did not load')), 'escaner_no_abre')
  assert.is(motivoDe('nonsense'), 'en_uso')
})

test('a camera that is not there is asked for again with fewer wishes; a refusal is a refusal', () => {
  assert.is(valeOtroIntento(error('OverconstrainedError')), true)
  assert.is(valeOtroIntento(error('NotAllowedError')), false)
})

test('the chosen camera first, then the one that looks away, then any', () => {
  assert.equal(deseos('abc')[0]?.deviceId, { exact: 'abc' })
  assert.equal(deseos(null)[0]?.facingMode, { ideal: 'environment' })
  assert.equal(deseos(null).at(-1), {})
})

test('which way a camera looks: its own word, else its name, else at its user', () => {
  assert.is(miraAlUsuario('user', 'back'), true)
  assert.is(miraAlUsuario('environment', ''), false)
  assert.is(miraAlUsuario(undefined, 'camera2 0, facing back'), false)
  assert.is(miraAlUsuario(undefined, 'Integrated Webcam'), true)
})

test('the next camera goes round; one alone has no next', () => {
  const camaras = [{ id: 'a' }, { id: 'b' }]
  assert.is(siguienteCamara(camaras, 'a'), 'b')
  assert.is(siguienteCamara(camaras, 'b'), 'a')
  assert.is(siguienteCamara(camaras, null), 'a')
  assert.is(siguienteCamara([{ id: 'a' }], 'a'), null)
})

test('a code counts once while it is in sight, again after a while or when forgotten', () => {
  let ms = 0
  const filtro = crearFiltro(() => ms, 1_000)
  assert.is(filtro.esNuevo('A'), true)
  for (ms = 0; ms < 5_000; ms += 70) assert.is(filtro.esNuevo('A'), false)
  assert.is(filtro.esNuevo('B'), true)
  ms += 1_001
  assert.is(filtro.esNuevo('B'), true)
  filtro.olvidar()
  assert.is(filtro.esNuevo('B'), true)
})

test.run()
