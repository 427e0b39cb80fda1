/** Leaving the port: nobody is cut in the middle of an answer, streams end, and it does not take for ever. */
import http from 'node:http'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { App } from './http/entorno.ts'
import { type Escucha, escuchar } from './listen.ts'
import { DiarioDePrueba } from './testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, createTestServer, type ServidorDePrueba, sesionDeDispositivo } from './testing/servidor.ts'

let servidor: ServidorDePrueba
const agente = new http.Agent({ keepAlive: true })
/** Answers when it is told to, in two halves. */
let seguir = (_mitad: string) => {}
let llego: Promise<void>

test.before(async () => {
  servidor = await createTestServer({ montar: (app) => montarLenta(app) })
})
test.after(() => {
  agente.destroy()
  return servidor.cerrar()
})

function montarLenta(app: App): void {
  app.get('/api/prueba/lenta', (c) => {
    avisarLlegada()
    const cuerpo = new ReadableStream({
      start(control) {
        seguir = (mitad) => {
          control.enqueue(new TextEncoder().encode(mitad))
          if (mitad === 'fin') control.close()
        }
      },
    })
    return c.body(cuerpo)
  })
}
let avisarLlegada = () => {}

async function abrir(opciones: { drainMs?: number; despedidaMs?: number } = {}): Promise<Escucha> {
  llego = new Promise((listo) => {
    avisarLlegada = listo
  })
  // Each time a server of its own: one that said goodbye once says it for good.
  const otro = await createTestServer({ db: servidor.db, montar: (app) => montarLenta(app) })
  return escuchar(otro.deps, otro.app, { drainMs: 0, despedidaMs: 5_000, ...opciones })
}

interface Respuesta {
  estado: number
  texto: string
  conexion: string | undefined
}
const pedir = (escucha: Escucha, camino: string, opciones: http.RequestOptions & { cuerpo?: string } = {}) =>
  new Promise<Respuesta>((listo, fallo) => {
    const { cuerpo, ...resto } = opciones
    const pedido = http.request({ port: escucha.puerto, host: '127.0.0.1', path: camino, agent: agente, ...resto }, (r) => {
      let texto = ''
      r.setEncoding('utf8').on('data', (t: string) => (texto += t))
      r.once('end', () => listo({ estado: r.statusCode ?? 0, texto, conexion: r.headers.connection }))
      r.once('error', fallo)
    })
    pedido.once('error', fallo).end(cuerpo)
  })

test('an answer in progress reaches its client to the last byte; a new connection is refused', async () => {
  const escucha = await abrir()
  const lenta = pedir(escucha, '/api/prueba/lenta')
  await llego
  seguir('la mitad y ')
  const cerrado = escucha.cerrar()
  const nuevo = await pedir(escucha, '/health', { agent: false }).catch((error: { code: string }) => error.code)
  assert.is(nuevo, 'ECONNREFUSED')
  seguir('fin')
  assert.is((await lenta).texto, 'la mitad y fin')
  await cerrado
})

test('/ready says 503 first, while everything else is served; a sale of that moment is received', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  const escucha = await abrir({ drainMs: 1_500 })
  assert.is((await pedir(escucha, '/ready')).estado, 200)
  const cerrado = escucha.cerrar()
  const lista = await pedir(escucha, '/ready')
  assert.equal([lista.estado, lista.conexion], [503, 'close'])
  assert.is((await pedir(escucha, '/health')).estado, 200)
  const cuerpo = JSON.stringify(await diario.pedido())
  const venta = await pedir(escucha, '/sync/diario', { method: 'POST', cuerpo, headers: { 'content-type': 'application/json' } })
  assert.match(venta.texto, '"esperado":1')
  await cerrado
})

test('streams end at once, and are not cut', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const studio = await altaDeCaja(servidor, negocio)
  const { token } = await sesionDeDispositivo(servidor, studio)
  const escucha = await abrir()
  let vivo = ''
  const abierto = new Promise<void>((listo) => {
    avisarLlegada = listo
  })
  const fin = new Promise<string>((listo, fallo) => {
    http
      .get({ port: escucha.puerto, host: '127.0.0.1', path: '/sync/stream', headers: { authorization: `Bearer ${token}` } }, (r) => {
        r.setEncoding('utf8').on('data', (t: string) => {
          vivo += t
          avisarLlegada()
        })
        r.once('end', () => listo('ended')).once('error', fallo)
      })
      .once('error', fallo)
  })
  await abierto
  await escucha.cerrar()
  assert.is(await fin, 'ended')
  assert.match(vivo, 'event: hola')
})

test('whoever takes too long is cut', async () => {
  const escucha = await abrir({ despedidaMs: 50 })
  const lenta = pedir(escucha, '/api/prueba/lenta').catch((error: { code: string }) => error.code)
  await llego
  seguir('la mitad y ')
  await escucha.cerrar()
  assert.is(await lenta, 'ECONNRESET')
})

test.run()
