import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import { comprimir } from '../../schema/domain/tarjetas/punto.ts'
import { emitirCertificado, firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import type { NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import { crearReplica } from './replica.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { type Servidor, unServidor } from './testing/servidor-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo}`)
  return respuesta.valor
}
const articulo = (n: number, nombre = `Artículo ${n}`) => ({
  id: `01900000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`,
  nombre,
  descripcion: '',
  precioCentavos: 100 * n,
  categoria: '',
  tipo: 'producto',
  visible: true,
  agotado: false,
  destacado: false,
  desde: false,
  borrado: false,
  sellos: {},
})
async function mundo() {
  const reloj = unReloj()
  const disco = unDisco()
  const servidor = unServidor(() => reloj.wall)
  const abrir = () => {
    const replica = crearReplica(puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj))
    abiertas.push(replica)
    return replica
  }
  const replica = abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  return { reloj, disco, servidor, abrir, replica }
}
const nombres = async (replica: ReplicaApi) =>
  valor(await replica.consultar({ coleccion: 'articulos', orden: { campo: 'id', dir: 'asc' } })).map((d) => d.nombre)
const intentar = async (replica: ReplicaApi) => {
  for (let i = 0; i < 10; i++) if ((await replica.sincronizarAhora()).ok) return
  throw new Error('never in sync')
}
const ponerVarios = (servidor: Servidor, n: number) => {
  for (let i = 1; i <= n; i++) servidor.poner('articulos', articulo(i))
}

test('[PU1] the snapshot by pages, then the log from its head', async () => {
  const { servidor, replica } = await mundo()
  ponerVarios(servidor, 5)
  await intentar(replica)
  assert.equal(await nombres(replica), ['Artículo 1', 'Artículo 2', 'Artículo 3', 'Artículo 4', 'Artículo 5'])
  servidor.poner('articulos', articulo(2, 'Cambiado'))
  servidor.poner('articulos', articulo(6))
  await intentar(replica)
  assert.equal(await nombres(replica), ['Artículo 1', 'Cambiado', 'Artículo 3', 'Artículo 4', 'Artículo 5', 'Artículo 6'])
})

test('[PU1] a snapshot cut in the middle goes on where it was, also after a restart', async () => {
  const { servidor, replica, abrir } = await mundo()
  ponerVarios(servidor, 6)
  await replica.sincronizarAhora()
  await replica.cerrar()
  const otra = abrir()
  await intentar(otra)
  assert.is((await nombres(otra)).length, 6)
  servidor.rutas.length = 0
  servidor.conHermanas = false
  await intentar(otra)
  assert.is(servidor.rutas.filter((ruta) => ruta === '/sync/pull/articulos').length, 1)
})

test('[PU3] a row that leaves the slice leaves this device', async () => {
  const { servidor, replica } = await mundo()
  ponerVarios(servidor, 3)
  await intentar(replica)
  servidor.quitar('articulos', articulo(2).id)
  await intentar(replica)
  assert.equal(await nombres(replica), ['Artículo 1', 'Artículo 3'])
  servidor.poner('articulos', articulo(2, 'De vuelta'))
  await intentar(replica)
  assert.equal(await nombres(replica), ['Artículo 1', 'De vuelta', 'Artículo 3'])
})

const deAhora = async (servidor: Servidor, replica: ReplicaApi) => {
  servidor.rutas.length = 0
  await intentar(replica)
  return servidor.rutas.filter((ruta) => ruta.startsWith('/sync/pull/')).map((ruta) => ruta.slice('/sync/pull/'.length))
}

test('[PU7] what did not move is not asked for, also after a restart; what moved is, once', async () => {
  const { servidor, replica, abrir } = await mundo()
  servidor.paginaDe = 50
  ponerVarios(servidor, 3)
  await intentar(replica)
  assert.equal(await deAhora(servidor, replica), ['veredictos'])
  servidor.poner('articulos', articulo(4))
  servidor.poner('config', { id: 'version:9' } as never)
  assert.equal(await deAhora(servidor, replica), ['veredictos', 'articulos', 'config'])
  assert.equal(await deAhora(servidor, replica), ['veredictos'])
  await replica.cerrar()
  const otra = abrir()
  await intentar(otra)
  servidor.poner('articulos', articulo(5))
  assert.equal(await deAhora(servidor, otra), ['veredictos', 'articulos'])
  assert.is((await nombres(otra)).length, 5)
})

test('[PU7] from another epoca, from another slice, and from a server that does not tell, everything is asked for', async () => {
  const { servidor, replica } = await mundo()
  servidor.paginaDe = 50
  ponerVarios(servidor, 3)
  await intentar(replica)
  servidor.conHermanas = false
  assert.is((await deAhora(servidor, replica)).length, 9)
  servidor.conHermanas = true
  servidor.filas.get('articulos')?.delete(articulo(1).id)
  servidor.nuevaEpoca()
  assert.is(new Set(await deAhora(servidor, replica)).size, 9)
  assert.equal(await nombres(replica), ['Artículo 2', 'Artículo 3'])
  assert.equal(await deAhora(servidor, replica), ['veredictos'])
  servidor.rebanadas.set('articulos', 'otra')
  servidor.filas.get('articulos')?.delete(articulo(2).id)
  assert.equal(await deAhora(servidor, replica), ['veredictos', 'articulos', 'articulos'])
  assert.equal(await nombres(replica), ['Artículo 3'])
})

test('[PU7] a restored server whose pull was cut: the place in the log of before is not taken for one in this one', async () => {
  const { servidor, replica } = await mundo()
  servidor.paginaDe = 4
  const premio = (n: number, nombre = 'Café') => ({ id: articulo(n).id, nombre, puntos: n }) as never
  for (let i = 1; i <= 6; i++) servidor.poner('recompensas', premio(i))
  for (let i = 1; i <= 40; i++) servidor.poner('articulos', articulo(i % 9))
  await intentar(replica)
  servidor.nuevaEpoca(6)
  let paginas = 0
  const real = servidor.fetch
  servidor.fetch = (async (ruta: string, init: RequestInit) => {
    if (!ruta.includes('/sync/pull/recompensas')) return real(ruta, init)
    // Told to start again, then two pages, and the log that follows them does not get through.
    if (++paginas === 3) servidor.poner('recompensas', premio(1, 'Cambiado'))
    if (paginas > 3) throw new TypeError('fetch failed')
    return real(ruta, init)
  }) as typeof globalThis.fetch
  assert.is((await replica.sincronizarAhora()).ok, false)
  assert.is(paginas, 4)
  servidor.fetch = real
  await intentar(replica)
  const [primero] = valor(await replica.consultar({ coleccion: 'recompensas', orden: { campo: 'id', dir: 'asc' } }))
  assert.is(primero?.nombre, 'Cambiado')
})

test('[PU7] a collection whose noted place is far behind is pulled all the same', async () => {
  const { servidor, replica } = await mundo()
  servidor.paginaDe = 1_000
  await intentar(replica)
  for (let i = 0; i < 499; i++) servidor.poner('articulos', articulo(i % 9))
  assert.equal(await deAhora(servidor, replica), ['veredictos', 'articulos'])
  servidor.poner('articulos', articulo(1))
  assert.is((await deAhora(servidor, replica)).length, 9)
})

test('[PU4] another epoca: the snapshot is taken again and what is not in it goes', async () => {
  const { servidor, replica } = await mundo()
  ponerVarios(servidor, 5)
  await intentar(replica)
  servidor.filas.get('articulos')?.delete(articulo(4).id)
  servidor.nuevaEpoca()
  await intentar(replica)
  assert.equal(await nombres(replica), ['Artículo 1', 'Artículo 2', 'Artículo 3', 'Artículo 5'])
})

test('[PU4] a restart of the snapshot cut by the death of the worker begins again and still ends swept', async () => {
  const { servidor, replica, abrir } = await mundo()
  ponerVarios(servidor, 6)
  await intentar(replica)
  servidor.filas.get('articulos')?.delete(articulo(1).id)
  servidor.nuevaEpoca()
  // reiniciar, then one page, then the network goes.
  const fallos = ['bien', 'bien', ...Array<string>(20).fill('sin-red')]
  const real = servidor.fetch
  servidor.fetch = (async (ruta: string, init: RequestInit) => {
    if (!ruta.includes('/sync/pull/articulos')) return real(ruta, init)
    if (fallos.shift() === 'sin-red') throw new TypeError('fetch failed')
    return real(ruta, init)
  }) as typeof globalThis.fetch
  await replica.sincronizarAhora()
  assert.is((await nombres(replica)).length, 6, 'nothing is removed before the snapshot is whole')
  await replica.cerrar()
  servidor.fetch = real
  const otra = abrir()
  await intentar(otra)
  assert.is((await nombres(otra)).length, 5)
})

const HOY = Date.UTC(2026, 10, 21)
test('newest first by the inverse of the hour, and a limit that counts only documents', async () => {
  const { servidor, replica } = await mundo()
  for (let i = 1; i <= 5; i++) servidor.poner('transacciones', { id: `t${i}`, estado: 'completada', effAt: HOY + i, montoCentavos: i })
  await intentar(replica)
  const ultimas = valor(await replica.consultar({ coleccion: 'transacciones', orden: { campo: 'effAt', dir: 'desc' }, limite: 2 }))
  assert.equal(ultimas, [
    { id: 't5', estado: 'completada', effAt: HOY + 5, montoCentavos: 5 },
    { id: 't4', estado: 'completada', effAt: HOY + 4, montoCentavos: 4 },
  ])
  assert.is(valor(await replica.consultar({ coleccion: 'transacciones' })).length, 5)
})

test('a live query sees what a pull brings, and nothing when a row is repeated', async () => {
  const { servidor, replica } = await mundo()
  ponerVarios(servidor, 1)
  await intentar(replica)
  const vistas: number[] = []
  const dejar = await replica.observar({ coleccion: 'articulos' }, (documentos) => void vistas.push(documentos.length))
  servidor.poner('articulos', articulo(1))
  servidor.poner('articulos', articulo(2))
  await intentar(replica)
  dejar()
  assert.is(vistas.at(-1), 2)
  assert.ok(vistas.length <= 3)
})

test('the points promised are the rule of the server on the rules this till holds (R12); one QR counts once here (R2)', async () => {
  const { servidor, replica } = await mundo()
  const plataforma = await generarParDeLlaves()
  const telefono = await generarParDeLlaves()
  servidor.llaves = [{ kid: 7, publica: await exportarPublica(plataforma.publicKey) }]
  const devPub = comprimir(deBase64(await exportarPublica(telefono.publicKey)))
  const tarjeta = { kid: 7, cardId: 'a'.repeat(16), notAfter: Date.UTC(2026, 11, 1), nivel: 'oro', devPub } as const
  const certificado = await emitirCertificado(plataforma.privateKey, tarjeta)
  const qr = await firmarQr(telefono.privateKey, certificado, { tsSegundos: Date.UTC(2026, 10, 21, 18) / 1_000, ctr: 1, flags: 0 })
  servidor.poner('config', { ...VERSION_3 })
  await intentar(replica)
  const venta: NuevaVenta = { montoCentavos: 32_500, metodoPago: 'efectivo', descripcion: null, lineas: [], qr: null, operador: null }
  assert.is(valor(await replica.registrarVenta(venta)).puntosPrometidos, 0, 'a sale without a client promises nothing')
  assert.is(valor(await replica.registrarVenta({ ...venta, qr })).puntosPrometidos, 48) // SCAN-20
  assert.equal(await replica.registrarVenta({ ...venta, qr }), { ok: false, codigo: 'qr_repetido', campo: 'qr' })
  const falso = await firmarQr((await generarParDeLlaves()).privateKey, certificado, { tsSegundos: 0, ctr: 2, flags: 0 })
  assert.equal(await replica.registrarVenta({ ...venta, qr: falso }), { ok: false, codigo: 'qr_invalido', campo: 'qr' })
  const ventas = valor(await replica.consultar({ coleccion: 'diario', selector: { tipo: 'venta' } }))
  const versiones = ventas.map(({ cuerpo }) => (JSON.parse(String(cuerpo)) as { datos: { configVersion: number } }).datos.configVersion)
  assert.equal(versiones, [3, 3])
})

const VERSION_3 = {
  id: 'version:3',
  version: 3,
  participa: true,
  valorPuntoCentavos: 1_000,
  multiplicadoresPct: { bronce: 100, plata: 125, oro: 150 },
  umbrales: { plata: 5_000, oro: 15_000 },
  vigenteAt: 0,
}

/** One that listens, with three articulos; `dicho`: tells what the log got since, with the documents it names. */
async function enVivo() {
  const { servidor, replica, abrir } = await mundo()
  ponerVarios(servidor, 3)
  await intentar(replica)
  for (let i = 0; i < 200 && servidor.decir('nada', {}) === 0; i++) await new Promise((listo) => setTimeout(listo, 5))
  let desde = servidor.seq()
  const dicho = (cambios: ReturnType<Servidor['enVivo']>, colecciones = ['articulos']) => {
    servidor.decir('cambio', { seq: servidor.seq(), colecciones, desde, cambios })
    desde = servidor.seq()
  }
  const bajadas = () => servidor.rutas.filter((ruta) => ruta.startsWith('/sync/pull/')).length
  const hasta = async (cumple: () => boolean | Promise<boolean>) => {
    for (let i = 0; i < 400; i++)
      if (await cumple()) return
      else await new Promise((listo) => setTimeout(listo, 5))
    throw new Error('never so')
  }
  const ve = (nombre: string) => hasta(async () => (await nombres(replica)).includes(nombre))
  servidor.rutas.length = 0
  return { servidor, replica, abrir, dicho, bajadas, hasta, ve }
}

test('[LI3] a small change that comes with its hint is applied as it comes, and counts as pulled', async () => {
  const { servidor, replica, dicho, bajadas, ve } = await enVivo()
  servidor.poner('articulos', articulo(2, 'Cambiado'))
  dicho(servidor.enVivo('articulos', articulo(2, 'Cambiado')))
  await ve('Cambiado')
  servidor.quitar('articulos', articulo(1).id)
  servidor.poner('articulos', articulo(4))
  dicho(servidor.enVivo('articulos', { id: articulo(1).id, _deleted: true }, articulo(4)))
  await ve('Artículo 4')
  assert.equal(await nombres(replica), ['Cambiado', 'Artículo 3', 'Artículo 4'])
  servidor.poner('clientes', { id: articulo(9).id, cardId: '1234', ultimaVisitaAt: 1 } as never)
  dicho(servidor.enVivo('clientes', { id: articulo(9).id, cardId: '1234', ultimaVisitaAt: 1 } as never), ['clientes'])
  servidor.poner('articulos', articulo(5))
  dicho(servidor.enVivo('articulos', articulo(5)))
  await ve('Artículo 5')
  assert.is(bajadas(), 0)
  await intentar(replica)
  assert.is((await nombres(replica)).length, 4)
})

test('[LI3] what does not follow what is here, is of another slice or of another epoca, is pulled', async () => {
  const { servidor, dicho, bajadas, hasta, ve } = await enVivo()
  servidor.poner('articulos', articulo(4))
  servidor.poner('articulos', articulo(5))
  servidor.decir('cambio', { seq: 5, colecciones: ['articulos'], desde: 4, cambios: servidor.enVivo('articulos', articulo(5)) })
  await ve('Artículo 4')
  assert.is(bajadas(), 1)
  dicho(servidor.enVivo('articulos'))
  servidor.poner('articulos', articulo(6))
  const { epoca, partes } = servidor.enVivo('articulos', articulo(7))
  dicho({ epoca, partes: partes.map((parte) => ({ ...parte, rebanada: 'otra' })) })
  await ve('Artículo 6')
  servidor.poner('articulos', articulo(8))
  dicho({ epoca: '01900000-0000-7000-8000-0000000000ff', partes })
  await ve('Artículo 8')
  servidor.poner('articulos', articulo(9))
  servidor.decir('cambio', { seq: servidor.seq(), colecciones: ['articulos'] })
  await ve('Artículo 9')
  await hasta(() => bajadas() === 4)
})

test('[LI3] the place in the log is kept with the documents: after a restart the log is read from there', async () => {
  const { servidor, replica, abrir, dicho, ve } = await enVivo()
  servidor.poner('articulos', articulo(4))
  dicho(servidor.enVivo('articulos', articulo(4)))
  await ve('Artículo 4')
  await replica.cerrar()
  servidor.filas.get('articulos')?.clear() // the log has them all the same
  const otra = abrir()
  await intentar(otra)
  assert.is((await nombres(otra)).length, 4)
})

test.run()
