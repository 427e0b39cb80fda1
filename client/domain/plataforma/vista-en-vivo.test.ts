import { setTimeout as dormir } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nodosEnVivo, pulsoEnVivo } from './formas.ts'
import { OCULTA_MS, Pausa } from './pausa.ts'
import { Turnos } from './turnos.ts'
import { type EstadoEnVivo, VistaEnVivo } from './vista-en-vivo.ts'

// ElectricSQL's client writes down what it remembers once a minute, by a timer that nobody can end.
const poner = globalThis.setTimeout
globalThis.setTimeout = ((fn: () => void, ms?: number) => {
  const reloj = poner(fn, ms)
  if ((ms ?? 0) > 20_000) reloj.unref()
  return reloj
}) as typeof setTimeout

const ESQUEMA = JSON.stringify({ at: { type: 'int8' }, hechos: { type: 'int8' }, p50: { type: 'int8' }, p95: { type: 'int8' } })
let cursor = 0
const punto = (at: number, hechos: number) => ({ at: String(at), hechos: String(hechos), p50: null, p95: null })
const fila = (operation: string, at: number, value: object) => ({ key: `"public"."pulso"/"${at}"`, value, headers: { operation } })
const AL_DIA = { headers: { control: 'up-to-date' } }

function respuesta(mensajes: object[], offset: string, estado = 200): Response {
  const headers = {
    'electric-handle': `h-${++cursor}`,
    'electric-offset': offset,
    'electric-schema': ESQUEMA,
    'electric-cursor': String(cursor),
  }
  return Response.json(mensajes, {
    status: estado,
    headers: mensajes.includes(AL_DIA) ? { ...headers, 'electric-up-to-date': '' } : headers,
  })
}
const negado = (estado: number, code: string) =>
  Response.json({ success: false, code }, { status: estado, headers: { 'x-request-id': 'x' } })

/** A server that answers what it is told, in order, and then holds the request as a long poll does. */
function servidorDe(...contestan: ((url: URL, portador: string) => Response)[]) {
  const pedidos: { url: URL; portador: string }[] = []
  const dar = async (entrada: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(entrada))
    const portador = new Headers(init?.headers).get('authorization') ?? ''
    pedidos.push({ url, portador })
    const contesta = contestan.shift()
    if (contesta) return contesta(url, portador)
    return new Promise((_, fallo) => init?.signal?.addEventListener('abort', () => fallo(new DOMException('aborted', 'AbortError'))))
  }
  return { pedidos, fetch: dar as typeof fetch, decir: (...mas: typeof contestan) => contestan.push(...mas) }
}

const token = async () => 'uno'
const url = 'http://servidor.example/v1/shape'
async function esperar(vista: VistaEnVivo<unknown>, listo: () => boolean): Promise<void> {
  if (listo()) return
  await new Promise<void>((sigue) => {
    const quitar = vista.suscribir(() => {
      if (!listo()) return
      quitar()
      sigue()
    })
  })
}
const en = (vista: VistaEnVivo<unknown>, estado: EstadoEnVivo) => esperar(vista, () => vista.foto().estado === estado)

test('rows are read by the schema of the protocol, and changes of a row are laid over it; one that is gone is named', async () => {
  const servidor = servidorDe(
    () => respuesta([fila('insert', 60_000, punto(60_000, 3)), fila('insert', 120_000, punto(120_000, 5)), AL_DIA], '7_0'),
    () => respuesta([fila('update', 60_000, { at: '60000', hechos: '4' }), fila('delete', 120_000, { at: '120000' }), AL_DIA], '9_0'),
  )
  const vista = new VistaEnVivo(pulsoEnVivo(), token, { url, fetch: servidor.fetch })
  await esperar(vista, () => vista.foto().idas.size > 0)
  const { filas, idas, estado, vuelta } = vista.foto()
  assert.equal([...filas.values()], [{ at: 60_000, hechos: 4, p50: null, p95: null }])
  assert.equal([[...idas], estado, vuelta], [['120000'], 'en_vivo', 1])
  assert.equal([...servidor.pedidos[0]!.url.searchParams].sort(), [
    ['log', 'full'],
    ['offset', '-1'],
    ['table', 'pulso'],
  ])
  vista.cerrar()
})

test('beside a list it asks for no rows and for whole changes; one that begins anew says so by its turn', async () => {
  const servidor = servidorDe(
    () => respuesta([AL_DIA], '7_0'),
    () => respuesta([fila('update', 60_000, punto(60_000, 9)), AL_DIA], '8_0'),
    () => respuesta([{ headers: { control: 'must-refetch' } }], '0_0', 409),
    () => respuesta([AL_DIA], '20_0'),
  )
  const vista = new VistaEnVivo(pulsoEnVivo({ desdeAhora: true }), token, { url, fetch: servidor.fetch })
  await esperar(vista, () => vista.foto().filas.size > 0)
  assert.is(vista.foto().filas.get('60000')?.hechos, 9)
  await esperar(vista, () => vista.foto().vuelta === 2 && vista.foto().filas.size === 0)
  const [primero] = servidor.pedidos
  assert.equal(
    ['offset', 'log', 'replica'].map((p) => primero?.url.searchParams.get(p)),
    ['now', 'changes_only', 'full'],
  )
  vista.cerrar()
})

test('a row that this release cannot read is left out, and the others are shown', async () => {
  const servidor = servidorDe(() => respuesta([fila('insert', 1, { at: null }), fila('insert', 2, punto(2, 1)), AL_DIA], '1_0'))
  const vista = new VistaEnVivo(pulsoEnVivo(), token, { url, fetch: servidor.fetch })
  await en(vista, 'en_vivo')
  assert.equal([...vista.foto().filas.keys()], ['2'])
  vista.cerrar()
})

test('a server that is away: reconectando, and the first answer of its return is not waited for', async () => {
  const servidor = servidorDe(
    () => respuesta([fila('insert', 1, punto(1, 1)), AL_DIA], '1_0'),
    () => {
      throw new TypeError('no network')
    },
  )
  servidor.decir(() => respuesta([AL_DIA], '1_0'))
  const vista = new VistaEnVivo(pulsoEnVivo(), token, { url, fetch: servidor.fetch })
  const vistos: EstadoEnVivo[] = []
  vista.suscribir(() => vistos.at(-1) !== vista.foto().estado && vistos.push(vista.foto().estado))
  await en(vista, 'reconectando')
  assert.is(vista.foto().filas.size, 1, 'what was known stays')
  await en(vista, 'en_vivo')
  assert.equal(vistos.slice(-2), ['reconectando', 'en_vivo'])
  assert.equal(
    servidor.pedidos.slice(0, 3).map((p) => p.url.searchParams.get('live')),
    [null, 'true', null],
  )
  vista.cerrar()
})

test('a token that ended is renewed once; a session that ended is told by its code, and tried again only when asked', async () => {
  const renovadas: boolean[] = []
  const pedirToken = async (renovar: boolean) => {
    renovadas.push(renovar)
    return renovar && renovadas.length > 3 ? null : `t${renovadas.length}`
  }
  const servidor = servidorDe(
    () => negado(401, 'SESION_VENCIDA'),
    (_, portador) => (portador === 'Bearer t2' ? respuesta([AL_DIA], '1_0') : negado(400, 'DATO_INVALIDO')),
    () => negado(401, 'SESION_VENCIDA'),
  )
  const vista = new VistaEnVivo(pulsoEnVivo(), pedirToken, { url, fetch: servidor.fetch })
  await en(vista, 'en_vivo')
  await en(vista, 'fallo')
  assert.is(vista.foto().codigo, 'SESION_VENCIDA')
  servidor.decir(() => respuesta([AL_DIA], '1_0'))
  renovadas.length = 0
  vista.reintentar()
  await en(vista, 'en_vivo')
  assert.is(vista.foto().codigo, null)
  vista.cerrar()
})

test('a shape the server does not have is told by its code', async () => {
  const servidor = servidorDe(() => negado(404, 'SHAPE_DESCONOCIDA'))
  const vista = new VistaEnVivo(nodosEnVivo(), token, { url, fetch: servidor.fetch })
  await en(vista, 'fallo')
  assert.is(vista.foto().codigo, 'SHAPE_DESCONOCIDA')
  await dormir(0)
  assert.is(servidor.pedidos.length, 1)
  vista.cerrar()
})

test('paused by a person it ends its request; on the way back it asks at once for what it missed', async () => {
  const servidor = servidorDe(() => respuesta([AL_DIA], '1_0'))
  const vista = new VistaEnVivo(pulsoEnVivo(), token, { url, fetch: servidor.fetch })
  await en(vista, 'en_vivo')
  while (servidor.pedidos.length < 2) await dormir(1)
  vista.pausar(true)
  assert.is(vista.foto().estado, 'pausado')
  servidor.decir(() => respuesta([AL_DIA], '2_0'))
  vista.pausar(false)
  await en(vista, 'en_vivo')
  assert.is(servidor.pedidos[2]?.url.searchParams.get('live'), null)
  vista.cerrar()
})

test('a page that nobody looks at rests after a minute, not before; a person’s pause outlives the look', () => {
  const relojes: { fn: () => void; ms: number }[] = []
  const { setTimeout: poner, clearTimeout: quitar } = globalThis
  Object.assign(globalThis, {
    setTimeout: (fn: () => void, ms: number) => relojes.push({ fn, ms }),
    clearTimeout: (n: number | undefined) => n && relojes.splice(n - 1, 1, { fn: () => {}, ms: 0 }),
  })
  try {
    const oyentes: (() => void)[] = []
    const pagina = { hidden: false, addEventListener: (_: string, fn: () => void) => void oyentes.push(fn), removeEventListener: () => {} }
    const dicho: boolean[] = []
    const pausa = new Pausa(pagina, (pausada) => dicho.push(pausada))
    const mirar = (hidden: boolean) => {
      pagina.hidden = hidden
      for (const fn of oyentes) fn()
    }
    mirar(true)
    assert.equal([pausa.pausada(), relojes.at(-1)?.ms], [false, OCULTA_MS])
    mirar(false)
    for (const { fn } of relojes) fn()
    assert.not(pausa.pausada())
    mirar(true)
    relojes.at(-1)?.fn()
    assert.ok(pausa.pausada())
    pausa.porPersona(true)
    mirar(false)
    assert.ok(pausa.pausada())
    pausa.porPersona(false)
    assert.equal(dicho, [true, false])
  } finally {
    Object.assign(globalThis, { setTimeout: poner, clearTimeout: quitar })
  }
})

test('three at once; the fourth has its turn when one leaves, and one that went away takes none', async () => {
  const turnos = new Turnos(3)
  const senal = new AbortController().signal
  const [uno] = await Promise.all([turnos.tomar(senal), turnos.tomar(senal), turnos.tomar(senal)])
  const seFue = new AbortController()
  const orden: string[] = []
  const ido = turnos.tomar(seFue.signal).then((dejar) => orden.push(dejar ? 'ido dentro' : 'ido fuera'))
  const cuarta = turnos.tomar(senal).then(() => orden.push('cuarta'))
  seFue.abort()
  await ido
  uno?.()
  uno?.()
  await cuarta
  assert.equal(orden, ['ido fuera', 'cuarta'])
  const quinta = turnos.tomar(senal).then(() => orden.push('quinta'))
  await Promise.race([quinta, dormir(5)])
  assert.is(orden.length, 2, 'leaving twice frees one place')
})

test.run()
