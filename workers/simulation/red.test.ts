/** The simulated line: each failure is what its name says, and nothing moves but by the world's clock. */
import { once } from 'node:events'
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
    versiones: [] as (string | null)[],
    respuesta: (): Response => Response.json({ n: servidas.length }),
    fetch: async (pedido: Request) => {
      extremo.versiones.push(pedido.headers.get('x-anunciaya-protocolo'))
      const texto = await pedido.text()
      if (texto) servidas.push(texto)
      return extremo.respuesta()
    },
  }
  const linea = new Linea(tiempo, crearAzar(seed), extremo, (f) => fallos.push(f))
  const vida = { viva: true, alMorir: () => {} }
  return { tiempo, linea, servidas, fallos, vida, extremo, pedir: linea.fetchDe(vida) }
}

const post = (body: string): RequestInit => ({ method: 'POST', body })
const json = (cuerpo: object): RequestInit => ({ ...post(JSON.stringify(cuerpo)), headers: { 'content-type': 'application/json' } })

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
  for (let i = 0; i < 250; i++) {
    const [antes, fallosAntes] = [servidas.length, fallos.length]
    let resultado = 'nada'
    pedir('http://x.prueba/a', post(String(i))).then(
      (r) =>
        r.json().then(
          () => (resultado = String(r.status)),
          () => (resultado = `${r.status} unreadable`),
        ),
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
      respuesta_cortada: [1, '200 unreadable'],
      error_401: [0, '401'],
      error_409: [0, '409'],
      error_413: [0, '413 unreadable'],
      error_429: [0, '429'],
      error_500: [0, '500'],
      error_500_tarde: [1, '500'],
    }
    assert.equal([veces, resultado], esperado[fallos[fallosAntes] as FalloDeRed], fallos[fallosAntes])
  }
  assert.is(new Set(fallos).size, 12)
})

test('delayed requests overtake each other', async () => {
  const { pedir, linea, tiempo, servidas } = unaRed(3)
  linea.ruido = 0.5
  for (let i = 0; i < 40; i++) pedir('http://x.prueba/a', post(String(i))).catch(() => {})
  await tiempo.avanzar(120_000)
  const orden = servidas.map(Number)
  assert.ok(orden.some((n, i) => i > 0 && n < (orden[i - 1] as number)))
})

test('a proxy refuses what is too large for it, and a server what comes too often, as long as that stands', async () => {
  const { pedir, linea, tiempo, servidas, fallos } = unaRed()
  linea.topeBytes = 3
  linea.porMinuto = 2
  const estado = async (texto: string) => (await pedir('http://x.prueba/a', post(texto))).status
  assert.equal([await estado('1234'), await estado('123'), await estado('1'), await estado('2')], [413, 200, 200, 429])
  await tiempo.avanzar(60_000)
  assert.is(await estado('3'), 200)
  linea.sanar()
  for (let i = 0; i < 5; i++) assert.is(await estado('12345'), 200)
  assert.equal([servidas.length, fallos], [8, ['error_413', 'error_429']])
})

test('a device that was not updated says its version, and nothing its release did not know', async () => {
  const { pedir, linea, servidas, extremo } = unaRed()
  linea.protocolo = 2
  const estado = { pendientes: 1, cuotaBytes: 5, persistente: true }
  await pedir('http://x.prueba/sync/diario', json({ desde: 4, estado }))
  await pedir('http://x.prueba/sync/push/articulos', json({ filas: [], breve: true }))
  assert.equal(
    servidas.map((texto) => JSON.parse(texto)),
    [{ desde: 4, estado: { pendientes: 1 } }, { filas: [] }],
  )
  const dicho = { seq: 3, colecciones: ['avisos'], desde: 2, cambios: {} }
  extremo.respuesta = () =>
    new Response(`event: cambio\ndata: ${JSON.stringify(dicho)}\n\n`, { headers: { 'content-type': 'text/event-stream' } })
  const flujo = await pedir('http://x.prueba/sync/stream')
  assert.is(await flujo.text(), 'event: cambio\ndata: {"seq":3,"colecciones":["avisos"]}\n\n')
  assert.equal(extremo.versiones, ['2', '2', '2'])
})

test('a stream that goes silent stays open; a frozen tab hears nothing until it is thawed', async () => {
  const { pedir, linea, tiempo, extremo, vida } = unaRed()
  const tubo = new TransformStream<Uint8Array, Uint8Array>()
  const escritor = tubo.writable.getWriter()
  extremo.respuesta = () => new Response(tubo.readable, { headers: { 'content-type': 'text/event-stream' } })
  const oido: string[] = []
  const lector = (await pedir('http://x.prueba/sync/stream')).body!.pipeThrough(new TextDecoderStream()).getReader()
  const oir = async () => {
    for (;;) oido.push((await lector.read()).value as string)
  }
  void oir().catch((error) => oido.push(String(error)))
  const tras = async (texto: string) => {
    void escritor.write(new TextEncoder().encode(texto)).catch(() => {}) // the reader may be gone
    await tiempo.quieto()
    return oido.join('|')
  }
  assert.is(await tras('a'), 'a')
  const hielo = new AbortController()
  Object.assign(vida, { hielo: once(hielo.signal, 'abort').then(() => {}) })
  assert.is(await tras('b'), 'a')
  Object.assign(vida, { hielo: undefined })
  hielo.abort()
  assert.is(await tras('c'), 'a|b|c')
  assert.is(linea.enmudecerFlujos(), 1)
  assert.is(await tras('d'), 'a|b|c')
  linea.cortarFlujos()
  assert.is(await tras('e'), 'a|b|c|TypeError: fetch failed')
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
