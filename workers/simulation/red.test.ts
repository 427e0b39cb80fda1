/** The simulated line: each failure is what its name says, and nothing moves but by the world's clock. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { crearAzar } from './azar.ts'
import { type FalloDeRed, Linea } from './red.ts'
import { Tiempo } from './tiempo.ts'

function unaRed(seed = 1) {
  const tiempo = new Tiempo(1_000)
  const servidas: string[] = []
  const fallos: FalloDeRed[] = []
  const extremo = {
    fetch: async (pedido: Request) => {
      servidas.push(await pedido.text())
      return Response.json({ n: servidas.length })
    },
  }
  const linea = new Linea(tiempo, crearAzar(seed), extremo, (f) => fallos.push(f))
  const vida = { viva: true, alMorir: () => {} }
  return { tiempo, linea, servidas, fallos, vida, pedir: linea.fetchDe(vida) }
}

const post = (body: string): RequestInit => ({ method: 'POST', body })

test('without noise every request is answered once', async () => {
  const { pedir, servidas, tiempo } = unaRed()
  const respuesta = await pedir('http://x.prueba/a', post('hola'))
  assert.equal(await respuesta.json(), { n: 1 })
  assert.equal(servidas, ['hola'])
  assert.is(tiempo.ahora, 1_000)
})

test('offline: rejects like fetch, and the server hears nothing', async () => {
  const { pedir, linea, servidas } = unaRed()
  linea.cortar()
  const error = await pedir('http://x.prueba/a', post('hola')).catch((e) => e)
  assert.instance(error, TypeError)
  assert.is(servidas.length, 0)
})

test('a dead worker never hears an answer', async () => {
  const { pedir, vida, tiempo } = unaRed()
  let oyo = false
  pedir('http://x.prueba/a', post('hola')).then(() => (oyo = true))
  vida.viva = false
  await tiempo.quieto()
  assert.is(oyo, false)
})

test('over many noisy requests every failure happens, with its effect', async () => {
  const { pedir, linea, tiempo, fallos, servidas } = unaRed(7)
  linea.ruido = 1
  for (let i = 0; i < 200; i++) {
    const [antes, fallosAntes] = [servidas.length, fallos.length]
    let resultado = 'nada'
    pedir('http://x.prueba/a', post(String(i))).then(
      (r) => (resultado = String(r.status)),
      () => (resultado = 'error'),
    )
    await tiempo.avanzar(60_000)
    const veces = servidas.length - antes
    const esperado: Partial<Record<FalloDeRed, [number, string]>> = {
      peticion_perdida: [0, 'error'],
      respuesta_perdida: [1, 'error'],
      duplicada: [2, '200'],
      demora: [1, '200'],
      respuesta_lenta: [1, '200'],
      error_401: [0, '401'],
      error_500: [0, '500'],
      error_500_tarde: [1, '500'],
    }
    assert.equal([veces, resultado], esperado[fallos[fallosAntes] as FalloDeRed], fallos[fallosAntes])
  }
  assert.is(new Set(fallos).size, 8)
})

test('delayed requests overtake each other', async () => {
  const { pedir, linea, tiempo, servidas } = unaRed(3)
  linea.ruido = 0.5
  for (let i = 0; i < 40; i++) pedir('http://x.prueba/a', post(String(i))).catch(() => {})
  await tiempo.avanzar(120_000)
  const orden = servidas.map(Number)
  assert.ok(orden.some((n, i) => i > 0 && n < (orden[i - 1] as number)))
})

test('an aborted request rejects at once', async () => {
  const { pedir, linea, tiempo } = unaRed()
  linea.ruido = 1
  const corte = new AbortController()
  const respuesta = pedir('http://x.prueba/a', { ...post('x'), signal: corte.signal }).catch((e) => e)
  corte.abort()
  assert.is((await respuesta).name, 'AbortError')
  await tiempo.avanzar(60_000)
})

test.run()
