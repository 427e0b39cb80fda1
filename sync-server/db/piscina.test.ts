/** The pool against servers that do not behave: nobody waits for ever, and nobody is heard twice. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { enTransaccion } from './contextos.ts'
import { crearPiscina, esCorte, type Piscina } from './piscina.ts'
import { abrirSql } from './tipos.ts'

/** A server that does `alLlegar` with each connection, and how many came. */
async function servidor(alLlegar: (socket: Socket) => void) {
  const vivos = new Set<Socket>()
  let llegados = 0
  const red = createServer((socket) => {
    llegados++
    vivos.add(socket.on('error', () => {}).on('close', () => vivos.delete(socket)))
    socket.resume()
    alLlegar(socket)
  }).listen(0, '127.0.0.1')
  await once(red, 'listening')
  const { port } = red.address() as AddressInfo
  return {
    url: `postgres://u@127.0.0.1:${port}/b`,
    llegados: () => llegados,
    cerrar: () => {
      for (const socket of vivos) socket.destroy()
      red.close()
    },
  }
}

const codigo = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'hecho',
    (e) => e.code,
  )

const probar = (piscina: Piscina) => codigo(enTransaccion(piscina, { motor: 'postgres', preparar: 'select 1' }, () => assert.unreachable()))

test('a server that accepts and never answers: the work is given up, its turn too, and the pool closes', async () => {
  const mudo = await servidor(() => {})
  const piscina = crearPiscina((onclose) => abrirSql(mudo.url, { max: 1, onclose, connect_timeout: 5 }), 1, 200)
  assert.equal(await Promise.all([probar(piscina), probar(piscina), probar(piscina)]), Array(3).fill('CONNECT_TIMEOUT'))
  assert.is(await probar(piscina), 'CONNECT_TIMEOUT')
  await piscina.close()
  assert.is(await probar(piscina), 'CONNECTION_ENDED')
  mudo.cerrar()
})

test('a server that closes at once: given up, and not called without end afterwards', async () => {
  const brusco = await servidor((socket) => socket.end())
  const piscina = crearPiscina((onclose) => abrirSql(brusco.url, { max: 2, onclose, connect_timeout: 5 }), 2, 200)
  assert.is(await probar(piscina), 'CONNECT_TIMEOUT')
  await piscina.close()
  const pausa = () => new Promise((listo) => setTimeout(listo, 100))
  await pausa() // for the connection that was on its way
  const llegados = brusco.llegados()
  await pausa()
  assert.is(brusco.llegados(), llegados)
  brusco.cerrar()
})

test('nobody listening: an error of the connection, at once, tried twice', async () => {
  const ausente = await servidor(() => {})
  ausente.cerrar()
  let abiertos = 0
  const abrir = (onclose: () => void) => {
    abiertos++
    return abrirSql(ausente.url, { max: 2, onclose })
  }
  const piscina = crearPiscina(abrir, 2)
  assert.is(await probar(piscina), 'ECONNREFUSED')
  assert.is(abiertos, 2)
  await piscina.close()
})

test('turns are given in order, and back when the work fails', async () => {
  const piscina = crearPiscina(() => ({ end: async () => {} }) as never, 2, 5_000)
  const orden: number[] = []
  const trabajo = (i: number) =>
    codigo(
      piscina.usar(async () => {
        orden.push(i)
        await new Promise((listo) => setImmediate(listo))
        if (i % 2) throw Object.assign(new Error('x'), { code: '23505' })
      }),
    )
  const fines = await Promise.all([0, 1, 2, 3, 4].map(trabajo))
  assert.equal(orden, [0, 1, 2, 3, 4])
  assert.equal(fines, ['hecho', '23505', 'hecho', '23505', 'hecho'])
  await piscina.close()
})

test('which errors are about the connection', () => {
  for (const code of ['57P01', '57P03', 'CONNECTION_CLOSED', 'ECONNRESET', 'EPIPE', '08006']) assert.ok(esCorte({ code }), code)
  for (const code of ['40001', '57014', 'CONNECTION_ENDED', '23505', undefined]) assert.not.ok(esCorte({ code }), String(code))
  assert.not.ok(esCorte(undefined))
})

test.run()
