import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ponerSonido, sonar, sonidoEncendido } from './sonido.ts'

/** Notes what would be heard. */
class AltavozFalso {
  static tonos: number[] = []
  state = 'running'
  currentTime = 0
  destination = {}
  createOscillator() {
    const onda = {
      frequency: { value: 0 },
      connect: (nodo: unknown) => nodo,
      start: () => AltavozFalso.tonos.push(onda.frequency.value),
      stop: () => {},
    }
    return onda
  }
  createGain() {
    const nada = () => {}
    return {
      gain: { setValueAtTime: nada, linearRampToValueAtTime: nada, exponentialRampToValueAtTime: nada },
      connect: (nodo: unknown) => nodo,
    }
  }
}

test('without sound, storage or vibration nothing breaks', () => {
  assert.is(sonidoEncendido(), true)
  sonar('lectura')
})

test('a reading is one tone, a confirmation two that rise; switched off there is silence', () => {
  Object.assign(globalThis, { AudioContext: AltavozFalso })
  sonar('lectura')
  assert.is(AltavozFalso.tonos.length, 1)
  AltavozFalso.tonos = []
  sonar('confirmacion')
  const [uno = 0, dos = 0] = AltavozFalso.tonos
  assert.ok(dos > uno)
  AltavozFalso.tonos = []
  ponerSonido(false)
  sonar('error')
  assert.equal([AltavozFalso.tonos, sonidoEncendido()], [[], false])
  ponerSonido(true)
  sonar('error')
  assert.is(AltavozFalso.tonos.length, 1)
})

test.run()
