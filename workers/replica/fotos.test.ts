/** SCAN-17: photos of sales wait without a network, go up by parts, and go on where they were left. */
import { createHash } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../schema/core/tiempo.ts'
import { PARTE_DE_FOTO_BYTES } from '../../schema/protocol/evidencias.ts'
import { fotoEnRed } from './foto-en-red.ts'
import { crearFotos } from './fotos.ts'
import type { Identidad } from './identidad.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'

/** A server that keeps parts as ours does, and a network that fails when it is told to. */
function unaCaja() {
  const recibidas = new Map<string, Uint8Array>()
  const [disco, reloj] = [unDisco(), unReloj()]
  const red = { corta: 0, pierdeRespuesta: 0, codigo: '', pedidas: [] as string[] }
  const fetch = (async (entrada: string, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(entrada)
    red.pedidas.push(`${searchParams.get('desde')}`)
    if (red.corta > 0 && red.corta-- === 1) throw new TypeError('fetch failed')
    if (red.codigo) return new Response(JSON.stringify({ success: false, data: null, code: red.codigo }), { status: 400 })
    const hash = pathname.split('/').at(-1) ?? ''
    const previos = recibidas.get(hash) ?? new Uint8Array()
    const parte = new Uint8Array(init.body as ArrayBuffer)
    const sigue = Number(searchParams.get('desde')) === previos.length
    const ahora = sigue ? new Uint8Array([...previos, ...parte]) : previos
    recibidas.set(hash, ahora)
    if (red.pierdeRespuesta > 0 && red.pierdeRespuesta-- === 1) throw new TypeError('fetch failed')
    const data = { recibidos: ahora.length, completa: ahora.length === Number(searchParams.get('total')) }
    return new Response(JSON.stringify({ success: true, data, message: '' }))
  }) as typeof globalThis.fetch
  const prepararImagen = async (archivo: Blob) => {
    if (archivo.type !== 'image/jpeg') throw new Error('no picture')
    return new Blob([await archivo.arrayBuffer()], { type: 'image/webp' })
  }
  const puertos = { ...puertosDePrueba(disco, fetch, reloj), prepararImagen }
  const identidad = { alta: () => ({}) } as unknown as Identidad
  const abrir = () => crearFotos({ puertos, identidad, reloj: { ahora: () => reloj.wall } })
  return { fotos: abrir(), abrir, recibidas, red, reloj, disco }
}
const foto = (bytes: number, relleno = 7) => new Blob([new Uint8Array(bytes).fill(relleno)], { type: 'image/jpeg' })
const hashDe = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')
const GRANDE = 2 * PARTE_DE_FOTO_BYTES + 100

test('SCAN-17: only the photo of a sale is sent, by parts, and is gone from here once it is there whole', async () => {
  const { fotos, recibidas, red } = unaCaja()
  const hash = await fotos.guardar(foto(GRANDE))
  assert.is(await fotos.guardar(foto(GRANDE)), hash, 'the same photo again')
  await fotos.subir('t')
  assert.equal([red.pedidas.length, (await fotos.pendientes()).length], [0, 0], 'no sale has it yet')
  await fotos.nombrar(hash)
  assert.equal(
    (await fotos.pendientes()).map((p) => [p.hash, p.bytes, p.recibidos]),
    [[hash, GRANDE, 0]],
  )
  await fotos.subir('t')
  assert.equal(red.pedidas, ['0', `${PARTE_DE_FOTO_BYTES}`, `${2 * PARTE_DE_FOTO_BYTES}`])
  assert.is(hashDe(recibidas.get(hash)), hash)
  assert.equal([await fotos.leer(hash), (await fotos.pendientes()).length], [null, 0])
})

test('a network that goes in the middle, and an answer that is lost, cost one part and no byte', async () => {
  const { fotos, abrir, recibidas, red } = unaCaja()
  const hash = await fotos.guardar(foto(GRANDE))
  await fotos.nombrar(hash)
  red.corta = 2
  await fotos.subir('t')
  assert.equal(
    (await fotos.pendientes()).map((p) => p.recibidos),
    [PARTE_DE_FOTO_BYTES],
  )
  red.pierdeRespuesta = 1
  await abrir().subir('t')
  red.pedidas.length = 0
  await abrir().subir('t')
  assert.equal(
    red.pedidas,
    [`${PARTE_DE_FOTO_BYTES}`, `${2 * PARTE_DE_FOTO_BYTES}`],
    'it asks from where it knew, and goes on from where the server is',
  )
  assert.is(hashDe(recibidas.get(hash)), hash)
})

test('one that is refused keeps its reason until a person takes it away, and holds up no other', async () => {
  const { fotos, red, recibidas, reloj } = unaCaja()
  const mala = await fotos.guardar(foto(10, 1))
  await fotos.nombrar(mala)
  red.codigo = 'IMAGEN_INVALIDA'
  await fotos.subir('t')
  red.codigo = ''
  reloj.avanzar(1)
  const buena = await fotos.guardar(foto(10, 2))
  await fotos.nombrar(buena)
  await fotos.subir('t')
  assert.equal([recibidas.has(buena), (await fotos.pendientes()).map((p) => [p.hash, p.codigo])], [true, [[mala, 'IMAGEN_INVALIDA']]])
  await fotos.descartar(mala)
  assert.equal(await fotos.pendientes(), [])
  assert.is(await fotos.guardar(new Blob(['x'])).catch((error) => error.codigo), 'IMAGEN_INVALIDA')
})

test('at the start a photo whose sale was recorded is found by the journal, and one that no sale took goes a day later', async () => {
  const { fotos, abrir, recibidas, reloj, disco } = unaCaja()
  const suya = await fotos.guardar(foto(10, 1))
  await fotos.guardar(foto(10, 2))
  reloj.avanzar(2 * DIA)
  const otra = abrir()
  await otra.asentar(async () => new Set([suya]))
  await otra.subir('t')
  assert.equal([[...recibidas.keys()], disco.imagenes.size], [[suya], 0])
})

test('SCAN-34: a photo of another till comes from the server; one that is not there yet is no failure, and no network is', async () => {
  const sesion = { con: <T>(accion: (token: string) => Promise<T>) => accion('t') }
  const [disco, reloj] = [unDisco(), unReloj()]
  const pedidas: string[] = []
  const conRespuesta = (responder: () => Response) => {
    const fetch = (async (entrada: string, init: RequestInit = {}) => {
      pedidas.push(`${new URL(entrada).pathname} ${new Headers(init.headers).get('authorization')}`)
      return responder()
    }) as typeof globalThis.fetch
    return fotoEnRed(puertosDePrueba(disco, fetch, reloj), sesion, 'f'.repeat(64))
  }
  const negativa = (status: number, code: string) => () => new Response(JSON.stringify({ success: false, code }), { status })
  const codigo = (promesa: Promise<unknown>) => promesa.then(() => null).catch((error) => error.codigo)
  const foto = await conRespuesta(() => new Response(new Uint8Array([1, 2, 3])))
  assert.equal([...new Uint8Array(await foto!.arrayBuffer())], [1, 2, 3])
  assert.is(pedidas[0], `/api/scanya/evidencias/${'f'.repeat(64)} Bearer t`)
  assert.is(await conRespuesta(negativa(404, 'NO_ENCONTRADO')), null)
  assert.is(await codigo(conRespuesta(negativa(403, 'SIN_PERMISO'))), 'SIN_PERMISO')
  const cortada = conRespuesta(() => {
    throw new TypeError('fetch failed')
  })
  assert.is(await codigo(cortada), 'SIN_CONEXION')
})

test.run()
