import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { CambioDeDocumento, ReplicaApi } from './api.ts'
import { idDe, unArticulo, unEstudio, valor } from './testing/estudio-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const ocultar = (n: number): CambioDeDocumento => ({ coleccion: 'articulos', id: idDe(n), cambios: { visible: false } })
const diez = Array.from({ length: 10 }, (_, i) => unArticulo(i + 1))
const unAviso = (id: string): Documento => ({
  ...{ id, tipo: 'conflicto', regla: 'R7', codigo: 'edicion_perdida', costoCentavos: null, puntos: null, creadoAt: 5, resueltoAt: null },
  datos: { coleccion: 'articulos', documentoId: idDe(1), nombre: 'Pizza 1', campo: 'precioCentavos', valor: 9_900 },
})

test('several documents are edited at once, pushed, and given back to what they were by the answer', async () => {
  const { replica, servidor, intentar, elArticulo } = await unEstudio(abiertas, diez)
  await intentar()
  servidor.sinRed = true
  const cambios = [ocultar(1), ocultar(2), { ...ocultar(1), cambios: { precioCentavos: 1 } }]
  const { deshacer } = valor(await replica.editarVarios(cambios))
  assert.equal([(await elArticulo(1))?.visible, (await elArticulo(1))?.precioCentavos, (await elArticulo(2))?.visible], [false, 1, false])
  assert.is((await replica.estado()).pendientes, 2)
  assert.equal(
    valor(await replica.edicionesPendientes()).map((e) => [e.nombre, e.campos.sort(), e.codigo]),
    [
      ['Pizza 1', ['precioCentavos', 'visible'], null],
      ['Pizza 2', ['visible'], null],
    ],
  )
  servidor.sinRed = false
  await intentar()
  assert.equal([servidor.filas.get('articulos')?.get(idDe(1))?.visible, (await replica.estado()).pendientes], [false, 0])
  const { deshacer: rehacer } = valor(await replica.editarVarios(deshacer))
  await intentar()
  const visto = servidor.filas.get('articulos')?.get(idDe(1))
  assert.equal([visto?.visible, visto?.precioCentavos], [true, 10_001])
  valor(await replica.editarVarios(rehacer))
  assert.is((await elArticulo(1))?.precioCentavos, 1)
})

test('a deleted articulo comes back whole, also after the server took it from this device; one made here is deleted', async () => {
  const { replica, servidor, intentar, elArticulo } = await unEstudio(abiertas, diez)
  await intentar()
  const borrada = valor(await replica.editarVarios([{ ...ocultar(3), cambios: { borrado: true } }]))
  await intentar()
  servidor.quitar('articulos', idDe(3))
  await intentar()
  assert.is(await elArticulo(3), undefined)
  valor(await replica.editarVarios(borrada.deshacer))
  await intentar()
  const vuelta = servidor.filas.get('articulos')?.get(idDe(3))
  assert.equal([vuelta?.nombre, vuelta?.precioCentavos, vuelta?.borrado], ['Pizza 3', 10_003, false])
  const nueva = valor(
    await replica.editarVarios([{ coleccion: 'articulos', id: idDe(99), cambios: { nombre: 'Calzone', precioCentavos: 5 } }]),
  )
  assert.equal(nueva.deshacer, [{ coleccion: 'articulos', id: idDe(99), cambios: { borrado: true } }])
})

test('CUP-03, CARD-31: a cupón and a recompensa are made, changed and deleted like any articulo, whole by their defaults, with no network', async () => {
  const { replica, servidor, intentar } = await unEstudio(abiertas, [])
  await intentar()
  servidor.sinRed = true
  const cupon = { titulo: '20%', tipo: 'porcentaje', valor: 20, desdeAt: 0, venceAt: 9, codigo: 'VEINTE' }
  const hechos = valor(
    await replica.editarVarios([
      { coleccion: 'cupones', id: idDe(1), cambios: cupon },
      { coleccion: 'recompensas', id: idDe(2), cambios: { nombre: 'Café', puntos: 80 } },
    ]),
  )
  const leer = async (coleccion: 'cupones' | 'recompensas') => valor(await replica.consultar({ coleccion }))[0]
  assert.equal([(await leer('cupones'))?.limitePorCliente, (await leer('recompensas'))?.activa], [1, true])
  assert.equal(
    valor(await replica.edicionesPendientes())
      .map((e) => e.nombre)
      .sort(),
    ['20%', 'Café'],
  )
  assert.is((await replica.editar('cupones', idDe(1), { limitePorCliente: 0 })).ok, false)
  servidor.sinRed = false
  await intentar()
  assert.equal([servidor.filas.get('cupones')?.size, servidor.filas.get('recompensas')?.size], [1, 1])
  valor(await replica.editarVarios(hechos.deshacer))
  assert.equal([(await leer('cupones'))?.borrado ?? true, (await leer('recompensas'))?.borrado ?? true], [true, true])
})

test('all of them or none: one that is malformed keeps the others as they were, and is named', async () => {
  const { replica, intentar, elArticulo } = await unEstudio(abiertas, diez)
  await intentar()
  const malo = { ...ocultar(2), cambios: { precioCentavos: -1 } }
  assert.equal(await replica.editarVarios([ocultar(1), malo]), { ok: false, codigo: 'EDICION_INVALIDA', campo: 'precioCentavos' })
  const ajeno = { ...ocultar(2), cambios: { existencias: 4 } }
  assert.equal(await replica.editarVarios([ocultar(1), ajeno]), { ok: false, codigo: 'EDICION_INVALIDA', campo: 'existencias' })
  assert.equal([(await elArticulo(1))?.visible, (await replica.estado()).pendientes], [true, 0])
})

test('5,000 edits are one write of the outbox, and each is shown and pushed', async () => {
  const { replica, disco, servidor, intentar } = await unEstudio(abiertas)
  await intentar()
  servidor.sinRed = true
  const ediciones = disco.instancias.get('ediciones')!
  const escribir = ediciones.bulkWrite.bind(ediciones)
  const tandas: number[] = []
  ediciones.bulkWrite = (filas, contexto) => {
    tandas.push(filas.length)
    return escribir(filas, contexto)
  }
  const cambios = Array.from({ length: 5_000 }, (_, n) => ({
    ...{ coleccion: 'articulos' as const, id: idDe(n) },
    cambios: { nombre: `Pizza ${n}`, precioCentavos: n },
  }))
  const { deshacer } = valor(await replica.editarVarios(cambios))
  assert.equal([tandas, deshacer.length], [[5_000], 5_000])
  assert.is((await replica.estado()).pendientes, 5_000)
  servidor.sinRed = false
  await intentar()
  assert.equal([servidor.filas.get('articulos')?.size, (await replica.estado()).pendientes], [5_000, 0])
})

test('a device that dies between the commit of the edits and showing them shows them at its next start, with no network', async () => {
  const { replica, disco, servidor, intentar, elArticulo, abrir } = await unEstudio(abiertas, diez, { anotarFallo: () => {} })
  await intentar()
  servidor.sinRed = true
  const articulos = disco.instancias.get('articulos')!
  articulos.bulkWrite = () => Promise.reject(new Error('the worker died here'))
  const nuevo = { coleccion: 'articulos' as const, id: idDe(50), cambios: { nombre: 'Calzone', precioCentavos: 5 } }
  valor(await replica.editarVarios([ocultar(1), ocultar(2), nuevo]))
  assert.is((await elArticulo(1))?.visible, true)
  await replica.cerrar()
  const otra = abrir()
  assert.equal([(await elArticulo(1, otra))?.visible, (await elArticulo(2, otra))?.visible], [false, false])
  assert.is((await elArticulo(50, otra))?.nombre, 'Calzone')
  assert.is((await otra.estado()).pendientes, 3)
})

test('an import of which another tab touched one row in the same instant ends whole: once some rows are written nobody cancels the rest', async () => {
  const { replica, disco, servidor, intentar, elArticulo } = await unEstudio(abiertas, diez)
  await intentar()
  servidor.sinRed = true
  const csv = ['id,nombre,precio', ...diez.map((a, i) => `${a.id},Pizza ${i + 1},7`)].join('\n')
  const plan = valor(await replica.prepararImportacion(csv, () => {}))
  assert.is(plan.cambian, 10)
  const ediciones = disco.instancias.get('ediciones')!
  const escribir = ediciones.bulkWrite.bind(ediciones)
  let escrita = false
  ediciones.bulkWrite = async (filas, contexto) => {
    const [primera] = filas
    if (escrita || !primera) return escribir(filas, contexto)
    escrita = true
    const texto = JSON.stringify({ campos: { visible: false }, sellos: { visible: [1, 'otra'] } })
    await escribir([{ document: { ...primera.document, texto, _rev: '1-otra' } as never }], contexto)
    return escribir(filas, contexto)
  }
  const hecha = await replica.importar(plan.id, () => {
    if (escrita) void replica.cancelarImportacion()
  })
  assert.is(valor(hecha).hechas, 10)
  assert.ok(escrita)
  for (let n = 1; n <= 10; n++) assert.is((await elArticulo(n))?.precioCentavos, 700)
  assert.is((await elArticulo(1))?.visible, false, 'what the other tab wrote stays')
})

test('a decision of the inbox is an edit: with the document in one write, undone by deciding anew, and it makes no aviso', async () => {
  const { replica, servidor, hora, intentar, elArticulo } = await unEstudio(abiertas, diez)
  const ID = `articulos|${idDe(1)}|precioCentavos|5|otro`
  servidor.poner('avisos', unAviso(ID))
  await intentar()
  servidor.sinRed = true
  const elAviso = async () => valor(await replica.consultar({ coleccion: 'avisos', selector: { id: ID } }))[0]
  const { deshacer } = valor(
    await replica.editarVarios([
      { coleccion: 'avisos', id: ID, cambios: { resolucion: 'restaurada' } },
      { coleccion: 'articulos', id: idDe(1), cambios: { precioCentavos: 9_900 } },
    ]),
  )
  assert.equal([(await elAviso())?.resolucion, (await elArticulo(1))?.precioCentavos], ['restaurada', 9_900])
  servidor.sinRed = false
  await intentar()
  assert.equal([servidor.filas.get('avisos')?.get(ID)?.resolucion, (await elAviso())?.codigo], ['restaurada', 'edicion_perdida'])
  hora.ahora += 1_000
  valor(await replica.editarVarios(deshacer))
  await intentar()
  assert.equal([servidor.filas.get('avisos')?.get(ID)?.resolucion, (await elArticulo(1))?.precioCentavos], [null, 10_001])
  const otro = { coleccion: 'avisos' as const, id: 'nada', cambios: { resolucion: 'queda' } }
  assert.equal(await replica.editarVarios([otro]), { ok: false, codigo: 'NO_ENCONTRADO' })
  for (const cambios of [{ borrado: true }, { resolucion: 'otra' }])
    assert.is((await replica.editarVarios([{ coleccion: 'avisos', id: ID, cambios }])).ok, false)
})

test('[PS4] a refused edit is listed with its code and field, and taken back: what the server holds today shows again', async () => {
  const { replica, servidor, reloj, hora, intentar, elArticulo } = await unEstudio(abiertas, diez)
  await intentar()
  const aceptar = servidor.alEmpujar
  servidor.alEmpujar = ({ filas }) => ({
    documentos: [],
    rechazadas: filas.map(({ nuevo }) => ({ id: nuevo.id, code: 'EDICION_INVALIDA', campo: 'nombre' })),
  })
  valor(await replica.editarVarios([{ ...ocultar(1), cambios: { nombre: 'Piza', visible: false } }, ocultar(2)]))
  await intentar()
  assert.is((await replica.estado()).atencion, 2)
  assert.is(valor(await replica.edicionesPendientes())[0]?.codigo, 'EDICION_INVALIDA')
  // Meanwhile another Studio named it otherwise, before this device did: nothing of that shows here.
  servidor.poner('articulos', unArticulo(1, { nombre: 'Margarita', sellos: { nombre: [reloj.wall - 5, 'otro'] } }))
  await intentar()
  assert.is((await elArticulo(1))?.nombre, 'Piza')
  servidor.alEmpujar = aceptar
  hora.ahora += 1_000
  valor(await replica.descartarEdicion('articulos', idDe(1)))
  valor(await replica.descartarEdicion('articulos', idDe(2)))
  await intentar()
  assert.equal([(await elArticulo(1))?.nombre, (await elArticulo(1))?.visible, (await elArticulo(2))?.visible], ['Margarita', true, true])
  assert.equal([(await replica.estado()).atencion, valor(await replica.edicionesPendientes())], [0, []])
  assert.equal(await replica.descartarEdicion('articulos', idDe(2)), { ok: false, codigo: 'NO_ENCONTRADO' })
})

test('[PS5] an edit that the server refused for want of its document goes out again once the document is there, and only then', async () => {
  const { replica, servidor, intentar, elArticulo } = await unEstudio(abiertas, diez)
  await intentar()
  const aceptar = servidor.alEmpujar
  let empujes = 0
  // Put back to before what they are about, it knows none of them.
  servidor.alEmpujar = ({ filas }) => {
    empujes++
    return { documentos: [], rechazadas: filas.map(({ nuevo }) => ({ id: nuevo.id, code: 'NO_ENCONTRADO' })) }
  }
  valor(await replica.editarVarios([ocultar(1), ocultar(2)]))
  await intentar()
  await intentar()
  assert.equal([(await replica.estado()).atencion, empujes], [2, 1])
  servidor.alEmpujar = (pedido, coleccion) => {
    empujes++
    return aceptar(pedido, coleccion)
  }
  servidor.poner('articulos', unArticulo(1, { nombre: 'De vuelta' }))
  await intentar()
  await intentar()
  assert.equal([(await replica.estado()).atencion, (await replica.estado()).pendientes, empujes], [1, 0, 2])
  const [uno, otro] = [servidor.filas.get('articulos')?.get(idDe(1)), valor(await replica.edicionesPendientes())[0]]
  assert.equal([uno?.nombre, uno?.visible, (await elArticulo(1))?.visible], ['De vuelta', false, false])
  assert.equal([otro?.id, otro?.codigo], [idDe(2), 'NO_ENCONTRADO'])
})

test('long texts travel in smaller requests', async () => {
  const descripcion = 'ñ'.repeat(2_000)
  const { replica, servidor, intentar } = await unEstudio(
    abiertas,
    Array.from({ length: 150 }, (_, n) => unArticulo(n, { descripcion })),
  )
  await intentar()
  const aceptar = servidor.alEmpujar
  const bytes: number[] = []
  servidor.alEmpujar = (pedido, coleccion) => {
    bytes.push(new TextEncoder().encode(JSON.stringify(pedido)).length)
    return aceptar(pedido, coleccion)
  }
  valor(await replica.editarVarios(Array.from({ length: 150 }, (_, n) => ocultar(n))))
  await intentar()
  assert.ok(bytes.length > 1 && bytes.every((n) => n < 2 * 1024 * 1024), bytes.join())
  assert.is((await replica.estado()).pendientes, 0)
})

test('[PS4] a request of edits that is too large goes in halves; one alone that the server will not have stays with whoever edited it, one that a proxy stops waits', async () => {
  const { replica, servidor, intentar } = await unEstudio(abiertas)
  await intentar()
  const { fetch } = servidor
  const angosto = (respuesta: () => Response) => {
    servidor.fetch = (async (ruta: string, init?: RequestInit) => {
      const cuerpo = String(init?.body ?? '')
      return ruta.includes('/sync/push/') && (cuerpo.length > 2_500 || cuerpo.includes('xxx')) ? respuesta() : fetch(ruta, init)
    }) as typeof fetch
  }
  angosto(() => new Response('<html>413</html>', { status: 413 }))
  for (let n = 1; n <= 6; n++) {
    const nombre = n === 3 ? 'x'.repeat(90) : `P${n}`
    valor(await replica.editar('articulos', idDe(n), { nombre, precioCentavos: n, tipo: 'producto' }))
  }
  assert.is(((await replica.sincronizarAhora()) as { codigo?: string }).codigo, 'CUERPO_EXCEDIDO')
  assert.equal([servidor.filas.get('articulos')?.size, (await replica.estado()).pendientes], [5, 1])
  angosto(() => new Response(JSON.stringify({ success: false, data: null, code: 'CUERPO_EXCEDIDO' }), { status: 413 }))
  valor(await replica.sincronizarAhora())
  const { pendientes, atencion } = await replica.estado()
  assert.equal([pendientes, atencion], [0, 1])
  assert.is(valor(await replica.edicionesPendientes())[0]?.codigo, 'CUERPO_EXCEDIDO')
  servidor.fetch = fetch
  valor(await replica.editar('articulos', idDe(3), { nombre: 'P3' }))
  await intentar()
  assert.equal([servidor.filas.get('articulos')?.size, (await replica.estado()).atencion], [6, 0])
})

test('a server that does not know a collection keeps nothing else here', async () => {
  const { replica, servidor, intentar } = await unEstudio(abiertas, diez)
  servidor.poner('avisos', unAviso('a1'))
  await intentar()
  servidor.fallar('/sync/push/avisos', { status: 404, code: 'COLECCION_DESCONOCIDA' })
  valor(await replica.editarVarios([{ coleccion: 'avisos', id: 'a1', cambios: { resolucion: 'queda' } }, ocultar(1)]))
  await intentar()
  assert.equal([servidor.filas.get('articulos')?.get(idDe(1))?.visible, (await replica.estado()).atencion], [false, 1])
})

test.run()
