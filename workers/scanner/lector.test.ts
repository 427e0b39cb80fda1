import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Lectura } from './api.ts'
import { crearLector, type Leer } from './lector.ts'

const punto = { x: 0, y: 0 }
const lectura = (texto: string): Lectura => ({ texto, esquinas: [punto, punto, punto, punto] })
const lee =
  (texto: string): Leer<string> =>
  async () => [lectura(texto)]
const calla: Leer<string> = async () => []
const rompe: Leer<string> = async () => Promise.reject(new Error('Service unavailable'))
const nunca: Leer<string> = () => new Promise(() => {})

/** Looks at a frame; what it answered, in order. */
async function mirar(lector: ReturnType<typeof crearLector<string>>): Promise<(string | null)[]> {
  const respuestas: (string | null)[] = []
  await lector.mirar('a frame', (una) => respuestas.push(una?.texto ?? null))
  return respuestas
}
const reloj = () => {
  let ms = 0
  return () => ms++
}

test('answers once for each frame, with the first reading or with null', async () => {
  assert.equal(await mirar(crearLector({ zxing: lee('A'), nativo: lee('A') }, reloj())), ['A'])
  assert.equal(await mirar(crearLector({ zxing: calla, nativo: lee('B') }, reloj())), ['B'])
  assert.equal(await mirar(crearLector({ zxing: calla, nativo: calla }, reloj())), [null])
})

test('a reading does not wait for the engine that is compared', async () => {
  const lector = crearLector({ zxing: lee('A'), nativo: nunca }, reloj(), 30)
  const respuestas: string[] = []
  const mirada = lector.mirar('a frame', (una) => respuestas.push(una?.texto ?? ''))
  await new Promise((seguir) => setImmediate(seguir))
  assert.equal(respuestas, ['A'])
  await mirada
  assert.equal(lector.carrera, { fase: 'solo', motor: 'zxing', decidido: true, otro: false, mudos: 0 })
})

test('an engine that throws loses, the frame is answered all the same', async () => {
  const lector = crearLector({ zxing: lee('A'), nativo: rompe }, reloj())
  assert.equal(await mirar(lector), ['A'])
  assert.equal(await mirar(lector), ['A'])
})

test('when the last engine breaks the frame is answered and the worker is told', async () => {
  const respuestas: unknown[] = []
  const lector = crearLector({ zxing: rompe }, reloj())
  const error = await lector.mirar('a frame', (una) => respuestas.push(una)).catch((e: Error) => e)
  assert.instance(error, Error)
  assert.equal(respuestas, [null])
})

test.run()
