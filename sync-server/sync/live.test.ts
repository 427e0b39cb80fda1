import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EventoCambio } from '../../schema/protocol/stream.ts'
import { crearArticulos } from '../domain/articulos/crear.ts'
import { crearNegocioDePrueba, createTestServer, sesionDeDispositivo } from '../testing/servidor.ts'
import { crearHub } from './hub.ts'
import type { Imagen } from './rebanadas.ts'
import { enTrozos, revisarContadores } from './relay.ts'

const servidor = await createTestServer()
test.after(() => servidor.cerrar())

interface Evento {
  evento: string
  datos: Partial<EventoCambio>
}

/** Reads SSE events one by one; undefined when the stream ended. */
async function abrir(token: string) {
  const control = new AbortController()
  const respuesta = await servidor.fetch('http://localhost:8080/sync/stream', {
    headers: { authorization: `Bearer ${token}` },
    signal: control.signal,
  })
  const lector = respuesta.body!.pipeThrough(new TextDecoderStream()).getReader()
  let texto = ''
  const siguiente = async (): Promise<Evento | undefined> => {
    while (!texto.includes('\n\n')) {
      const { value, done } = await lector.read()
      if (done) return undefined
      texto += value
    }
    const corte = texto.indexOf('\n\n')
    const bloque = texto.slice(0, corte)
    texto = texto.slice(corte + 2)
    const campo = (nombre: string) => new RegExp(`^${nombre}: ?(.*)$`, 'm').exec(bloque)?.[1] ?? ''
    return { evento: campo('event'), datos: JSON.parse(campo('data')) }
  }
  return { respuesta, siguiente, cerrar: () => lector.cancel() }
}

async function unaCaja() {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const caja = negocio.cajas[0]!
  return { negocio, caja, token: (await sesionDeDispositivo(servidor, caja)).token }
}
const vender = (negocioId: string) => crearArticulos(servidor.deps, negocioId, 'prueba', [{ nombre: 'Agua', precioCentavos: 1_000 }])

test('[LI1] hola on open with the head; cambio after a commit with the collections; other negocios are not heard', async () => {
  const [mia, ajena] = [await unaCaja(), await unaCaja()]
  const stream = await abrir(mia.token)
  assert.match(stream.respuesta.headers.get('content-type') ?? '', 'text/event-stream')
  const hola = await stream.siguiente()
  assert.is(hola?.evento, 'hola')
  await vender(ajena.negocio.negocioId)
  await vender(mia.negocio.negocioId)
  const cambio = await stream.siguiente()
  assert.is(cambio?.evento, 'cambio')
  assert.equal(cambio?.datos.colecciones, ['articulos'])
  assert.ok(Number(cambio?.datos.seq) > Number(hola?.datos.seq))
  await stream.cerrar()
})

test('[LI1] hints that nobody reads are joined into one, with the last seq', async () => {
  const { negocio, token } = await unaCaja()
  const stream = await abrir(token)
  await stream.siguiente()
  for (let i = 0; i < 3; i++) servidor.deps.hub.publicar(`negocio:${negocio.negocioId}`, 100 + i, [`c${i % 2}`])
  const cambio = await stream.siguiente()
  assert.equal(cambio?.datos, { seq: 102, colecciones: ['c0', 'c1'] })
  await stream.cerrar()
})

const catalogo = (negocioId: string, n: number, de: object = {}) =>
  crearArticulos(
    servidor.deps,
    negocioId,
    'prueba',
    Array.from({ length: n }, (_, i) => ({ nombre: `Agua ${i}`, precioCentavos: 1_000, ...de })),
  )
async function bajarArticulos(token: string, checkpoint?: unknown) {
  const desde = checkpoint ? `?checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}` : ''
  const respuesta = await servidor.fetch(`http://localhost:8080/sync/pull/articulos${desde}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await respuesta.json()) as { data: { documents: Imagen[]; checkpoint: { epoca: string; seq: number; rebanada: string } } }).data
}

test('[LI3] a small commit comes with what a pull of this slice would give from there, and nothing of another slice', async () => {
  const { negocio, caja, token } = await unaCaja()
  const { checkpoint } = await bajarArticulos(token)
  const stream = await abrir(token)
  await stream.siguiente()
  await catalogo(negocio.negocioId, 2)
  const primero = (await stream.siguiente())?.datos
  const bajado = await bajarArticulos(token, checkpoint)
  assert.is(primero?.desde, checkpoint.seq)
  assert.is(primero?.cambios?.epoca, checkpoint.epoca)
  assert.equal(primero?.cambios?.partes, [{ coleccion: 'articulos', rebanada: checkpoint.rebanada, documents: bajado.documents }])
  assert.is(bajado.documents.length, 2)
  const otra = '01900000-0000-7000-8000-0000000000aa'
  await catalogo(negocio.negocioId, 1, { sucursales: [otra] })
  await catalogo(negocio.negocioId, 1, { sucursales: [caja.sucursalId] })
  const ajeno = (await stream.siguiente())?.datos
  assert.is(ajeno?.desde, bajado.checkpoint.seq)
  assert.equal(ajeno?.cambios?.partes[0]?.documents, [])
  assert.is((await stream.siguiente())?.datos.cambios?.partes[0]?.documents.length, 1)
  await stream.cerrar()
})

test('[LI3] more than a few rows are only hinted at; what waits unread comes whole only if nothing is missing between', async () => {
  const { negocio, token } = await unaCaja()
  const stream = await abrir(token)
  const inicio = Number((await stream.siguiente())?.datos.seq)
  await catalogo(negocio.negocioId, 21)
  assert.equal((await stream.siguiente())?.datos, { seq: inicio + 21, colecciones: ['articulos'], desde: inicio })
  const { hub } = servidor.deps
  const cambio = (n: number) => ({ coleccion: 'config', pk: `c${n}`, antes: null, despues: { id: `c${n}` } })
  const decir = (seq: number, n: number) => hub.publicar(`negocio:${negocio.negocioId}`, seq, ['config'], [cambio(n)])
  decir(101, 1)
  decir(102, 2)
  const juntos = (await stream.siguiente())?.datos
  assert.equal([juntos?.desde, juntos?.seq], [100, 102])
  assert.equal(juntos?.cambios?.partes[0]?.documents, [{ id: 'c1' }, { id: 'c2' }])
  decir(103, 3)
  decir(105, 5)
  assert.equal((await stream.siguiente())?.datos, { seq: 105, colecciones: ['config'] })
  await stream.cerrar()
})

test('[LI2] a session that ended, and one that was not asked about for two seconds, hears no document first', async () => {
  const { negocio, token } = await unaCaja()
  const stream = await abrir(token)
  await stream.siguiente()
  await servidor.db.superusuario`update sesiones set revocada_at = now() where de_negocio = ${negocio.negocioId}`
  servidor.reloj.avanzar(2_000)
  await catalogo(negocio.negocioId, 1)
  assert.is((await stream.siguiente())?.evento, 'revocado')
  assert.is(await stream.siguiente(), undefined)
})

test('[LI2] a stream whose session cannot be looked at now ends without a word: its client connects again and stays', async () => {
  const { negocio, token } = await unaCaja()
  const stream = await abrir(token)
  await stream.siguiente()
  const { db } = servidor.deps
  const { plataforma } = db
  await vender(negocio.negocioId)
  assert.is((await stream.siguiente())?.evento, 'cambio')
  servidor.reloj.avanzar(2_000)
  db.plataforma = () => Promise.reject(new Error('the connection was lost'))
  servidor.deps.hub.publicar(`negocio:${negocio.negocioId}`, 1_000, ['articulos'])
  const fin = await stream.siguiente()
  db.plataforma = plataforma
  assert.is(fin, undefined)
  const otra = await abrir(token)
  assert.is((await otra.siguiente())?.evento, 'hola')
  await otra.cerrar()
})

test('[LI2] a revoked device is told and its stream ends; without a session there is none', async () => {
  const { caja, token } = await unaCaja()
  const stream = await abrir(token)
  await stream.siguiente()
  servidor.deps.hub.revocar(caja.dispositivoId)
  assert.is((await stream.siguiente())?.evento, 'revocado')
  assert.is(await stream.siguiente(), undefined)
  const sin = await servidor.fetch('http://localhost:8080/sync/stream')
  assert.is(sin.status, 401)
})

test('[LI1] a stream whose counter moved unheard is heard at the next poll, once', async () => {
  const { negocio } = await unaCaja()
  const hub = crearHub()
  const oidos: number[] = []
  hub.suscribir(`negocio:${negocio.negocioId}`, ({ seq }) => oidos.push(seq))
  hub.suscribir(`usuario:${negocio.dueno.usuarioId}`, ({ seq }) => oidos.push(seq))
  const vistos = new Map<string, number>()
  await revisarContadores(servidor.deps, hub, vistos)
  const antes = oidos.length
  await vender(negocio.negocioId)
  await revisarContadores(servidor.deps, hub, vistos)
  await revisarContadores(servidor.deps, hub, vistos)
  assert.is(oidos.length, antes + 1)
})

test('[LI1] what a node tells the others fits a notification, however much was joined', () => {
  const avisos = Array.from({ length: 400 }, (_, i) => ({
    stream: `negocio:${'a'.repeat(30)}${i}`,
    seq: i,
    colecciones: ['transacciones', 'clientes'],
  }))
  const mensajes = enTrozos('nodo', avisos, ['x', 'y'])
  assert.is(mensajes.flatMap((m) => m.avisos).length, 400)
  assert.equal(
    mensajes.flatMap((m) => m.revocados),
    ['x', 'y'],
  )
  for (const mensaje of mensajes) assert.ok(JSON.stringify(mensaje).length < 8_000)
})

test.run()
