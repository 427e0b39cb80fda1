import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Doc, fusionar, recortar } from '../../schema/merge/campos.ts'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { EdicionApartada } from './apartadas.ts'
import type { ReplicaApi, Respuesta } from './api.ts'
import { crearReplica } from './replica.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { unServidor } from './testing/servidor-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const ID = '01900000-0000-7000-8000-000000000100'
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}

/** A studio against a server that merges field by field and clamps stamps to its own hour, as the real one does. */
async function mundo() {
  const reloj = unReloj()
  const disco = unDisco()
  const hora = { ahora: reloj.wall }
  const servidor = unServidor(() => hora.ahora)
  servidor.tipo = 'studio'
  servidor.alEmpujar = ({ filas }) => {
    const documentos = filas.map(({ nuevo }) => {
      const suyo = servidor.filas.get('articulos')?.get(nuevo.id) as unknown as Doc | undefined
      const entrante = recortar(nuevo as unknown as Doc, hora.ahora)
      const unido = { ...(suyo ? fusionar(suyo, entrante) : entrante), id: nuevo.id } as unknown as Documento
      servidor.poner('articulos', unido)
      return unido
    })
    return { documentos, rechazadas: [] }
  }
  const abrir = () => {
    const replica = crearReplica(puertosDePrueba(disco, servidor.fetch, reloj, 'studio'))
    abiertas.push(replica)
    return replica
  }
  const replica = abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Portátil'))
  return { reloj, disco, servidor, hora, abrir, replica }
}
const elArticulo = async (replica: ReplicaApi) => valor(await replica.consultar({ coleccion: 'articulos', selector: { id: ID } }))[0]
const intentar = async (replica: ReplicaApi) => {
  for (let i = 0; i < 10; i++) if ((await replica.sincronizarAhora()).ok) return
  throw new Error('never in sync')
}
const otraMano = (campos: Record<string, unknown>, sello: [number, string], base: Documento) =>
  ({
    ...base,
    ...campos,
    sellos: { ...(base.sellos as object), ...Object.fromEntries(Object.keys(campos).map((c) => [c, sello])) },
  }) as Documento

test('a new articulo is whole, shown at once, and pushed', async () => {
  const { replica, servidor } = await mundo()
  await intentar(replica)
  servidor.fallar('/sync/push/articulos', 'sin-red')
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 12_000 }))
  assert.is((await elArticulo(replica))?.nombre, 'Pizza')
  assert.is((await replica.estado()).pendientes > 0, true)
  await intentar(replica)
  assert.is(servidor.filas.get('articulos')?.get(ID)?.precioCentavos, 12_000)
  assert.is((await replica.estado()).pendientes, 0)
})

test('[PS1] fields edited on two devices both stay; the same field takes the larger stamp (R7, R8)', async () => {
  const { replica, servidor, reloj, hora } = await mundo()
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 12_000 }))
  await intentar(replica)
  const base = servidor.filas.get('articulos')?.get(ID) as Documento
  servidor.poner('articulos', otraMano({ precioCentavos: 13_000, categoria: 'Horno' }, [reloj.wall + 5, 'otro'], base))
  reloj.avanzar(10)
  servidor.fallar('/sync/push/articulos', 'sin-red', 'sin-red')
  valor(await replica.editar('articulos', ID, { precioCentavos: 14_000, descripcion: 'De masa madre' }))
  hora.ahora += 60_000
  await intentar(replica)
  const final = servidor.filas.get('articulos')?.get(ID)
  assert.equal([final?.precioCentavos, final?.categoria, final?.descripcion], [14_000, 'Horno', 'De masa madre'])
  assert.equal(await elArticulo(replica), final)
})

test('a clock set back before a restart loses no edit: eight of eight', async () => {
  const { replica, servidor, reloj, abrir } = await mundo()
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 100 }))
  await intentar(replica)
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(4).fill('sin-red'))
  for (const precioCentavos of [101, 102, 103, 104]) valor(await replica.editar('articulos', ID, { precioCentavos }))
  await replica.cerrar()
  reloj.wall -= 24 * 3_600_000
  const otra = abrir()
  for (const precioCentavos of [105, 106, 107, 108]) valor(await otra.editar('articulos', ID, { precioCentavos }))
  await intentar(otra)
  assert.is(servidor.filas.get('articulos')?.get(ID)?.precioCentavos, 108)
  assert.is((await elArticulo(otra))?.precioCentavos, 108)
})

test("[PS2] after the push the server's clamped stamps stand here too: a clock that ran ahead does not win later", async () => {
  const { replica, servidor, reloj, hora } = await mundo()
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 100 }))
  await intentar(replica)
  reloj.wall += 24 * 3_600_000
  valor(await replica.editar('articulos', ID, { precioCentavos: 200 }))
  await intentar(replica)
  hora.ahora += 1_000
  const base = servidor.filas.get('articulos')?.get(ID) as Documento
  servidor.poner('articulos', otraMano({ precioCentavos: 300 }, [hora.ahora, 'otro'], base))
  await intentar(replica)
  assert.is((await elArticulo(replica))?.precioCentavos, 300)
})

test('a lost answer: the row is sent again, and nothing is edited twice', async () => {
  const { replica, servidor } = await mundo()
  servidor.fallar('/sync/push/articulos', 'respuesta-perdida')
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 100 }))
  await intentar(replica)
  await intentar(replica)
  assert.is((await elArticulo(replica))?.nombre, 'Pizza')
  assert.is((await replica.estado()).pendientes, 0)
})

test('[PS7] an answer that only counts rows stands for their documents: a birth as it was sent, an edit over what it stood on; one that counts wrong takes nothing', async () => {
  const { replica, servidor } = await mundo()
  const entero = servidor.alEmpujar
  let mal = 0
  servidor.alEmpujar = (pedido, coleccion) => {
    assert.is(pedido.breve, true)
    return { documentos: [], rechazadas: [], iguales: entero(pedido, coleccion).documentos.length + mal }
  }
  const esLoDelServidor = async () => {
    const { inverso: _i, ...suyo } = (await elArticulo(replica)) as Record<string, unknown>
    assert.equal(suyo, servidor.filas.get('articulos')?.get(ID))
    assert.is((await replica.estado()).pendientes, 0)
  }
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 12_000 }))
  await intentar(replica)
  await esLoDelServidor()
  mal = 1
  valor(await replica.editar('articulos', ID, { precioCentavos: 13_000 }))
  assert.is((await replica.sincronizarAhora()).ok, false)
  assert.is((await replica.estado()).pendientes, 1)
  mal = 0
  await intentar(replica)
  await esLoDelServidor()
  assert.is((await elArticulo(replica))?.precioCentavos, 13_000)
})

test("[PS4] a rejected row stays in the editor's hands and asks for attention, until it is edited again", async () => {
  const { replica, servidor } = await mundo()
  const aceptar = servidor.alEmpujar
  servidor.alEmpujar = ({ filas }) => ({
    documentos: [],
    rechazadas: filas.map(({ nuevo }) => ({ id: nuevo.id, code: 'EDICION_INVALIDA' })),
  })
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 100 }))
  await intentar(replica)
  assert.equal([(await replica.estado()).fase, (await replica.estado()).atencion], ['atencion', 1])
  assert.is((await elArticulo(replica))?.nombre, 'Pizza')
  servidor.alEmpujar = aceptar
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza grande' }))
  await intentar(replica)
  assert.equal([servidor.filas.get('articulos')?.get(ID)?.nombre, (await replica.estado()).atencion], ['Pizza grande', 0])
})

test('[PU4] the sweep keeps a document with a pending edit', async () => {
  const { replica, servidor } = await mundo()
  servidor.nuevaEpoca()
  await intentar(replica)
  servidor.fallar('/sync/push/articulos', ...Array<'sin-red'>(1).fill('sin-red'))
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 100 }))
  servidor.nuevaEpoca()
  await intentar(replica)
  assert.is((await elArticulo(replica))?.nombre, 'Pizza')
})

test('refusals of an edit: unknown collection, malformed field, a till', async () => {
  const { replica } = await mundo()
  assert.equal(await replica.editar('clientes', ID, {}), { ok: false, codigo: 'COLECCION_DESCONOCIDA' })
  assert.equal(await replica.editar('articulos', ID, { nombre: 'x', precioCentavos: -1 }), {
    ok: false,
    codigo: 'EDICION_INVALIDA',
    campo: 'precioCentavos',
  })
})

test('a revoked studio erases itself, and what it could not hand in is kept apart, counted and exportable', async () => {
  const { replica, servidor, abrir } = await mundo()
  await intentar(replica)
  servidor.fallar('/sync/push/articulos', 'sin-red', 'sin-red', 'sin-red')
  valor(await replica.editar('articulos', ID, { nombre: 'Pizza', precioCentavos: 12_000 }))
  servidor.revocado = true
  for (let i = 0; i < 10 && (await replica.estado()).fase !== 'revocado'; i++) await replica.sincronizarAhora()
  await replica.sincronizarAhora()
  assert.is(await elArticulo(replica), undefined)
  await replica.cerrar()
  const otra = abrir()
  valor(await otra.abrir())
  assert.equal([(await otra.estado()).fase, (await otra.estado()).edicionesSinEntregar], ['revocado', 1])
  const { ediciones } = JSON.parse(valor(await otra.exportarEdicionesSinEntregar())) as { ediciones: EdicionApartada[] }
  assert.equal([ediciones[0]?.id, ediciones[0]?.campos.nombre, ediciones[0]?.campos.precioCentavos], [ID, 'Pizza', 12_000])
  valor(await otra.descartarEdicionesSinEntregar())
  assert.is((await otra.estado()).edicionesSinEntregar, 0)
})

test.run()
