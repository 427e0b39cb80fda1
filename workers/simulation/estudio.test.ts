/** Two Studios of one negocio against the real server: what each does without network, what is left when both are back, and the decisions about it. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { estaBorrado } from '../../schema/merge/campos.ts'
import type { ArticuloDoc, AvisoDoc } from '../../schema/protocol/documentos.ts'
import { crearArticulos } from '../../sync-server/domain/articulos/crear.ts'
import type { CambioDeDocumento, Catalogo, ReplicaApi, Respuesta } from '../replica/api.ts'
import { vaciarBuzones } from './cierre.ts'
import type { Equipo } from './equipo.ts'
import { abrirDbDelMundo, createWorld, type Mundo } from './mundo.ts'

const db = await abrirDbDelMundo()
test.after(() => db.close())
const CUANTOS = 50

/** Both hold the same 50 articulos, and neither has a network. */
async function dosEstudios() {
  const mundo = await createWorld({ seed: 50, db, cajas: 0, studios: 2, shoppers: 0 })
  const [negocio] = mundo.negocios
  if (!negocio) throw new Error('a world has a negocio')
  const nuevos = Array.from({ length: CUANTOS }, (_, n) => ({
    ...{ id: mundo.azar.uuid(), nombre: `Articulo ${n}`, precioCentavos: 10_000 + n },
  }))
  await crearArticulos(mundo.deps, negocio.negocioId, negocio.duenoId, nuevos)
  await vaciarBuzones(mundo, 2)
  const [a, b] = negocio.equipos.map((e) => unEstudio(mundo, e.equipo)) as [Estudio, Estudio]
  for (const estudio of [a, b]) estudio.equipo.linea.cortar()
  const reunir = async () => {
    for (const estudio of [a, b]) estudio.equipo.linea.conectar()
    await vaciarBuzones(mundo, 2)
  }
  return { mundo, ids: nuevos.map(({ id }) => id), a, b, reunir }
}
type Estudio = ReturnType<typeof unEstudio>
function unEstudio(mundo: Mundo, equipo: Equipo) {
  const pedir = <T>(que: string, fn: (api: Required<ReplicaApi>) => Promise<Respuesta<T>>) =>
    mundo.logrado(equipo.lograr(que, (api) => fn(api as Required<ReplicaApi>)))
  return {
    equipo,
    editar: async (cambios: CambioDeDocumento[]) => (await pedir('editarVarios', (api) => api.editarVarios(cambios))).deshacer,
    articulo: (id: string) => equipo.disco.todos('articulos').find((d) => d.id === id) as unknown as ArticuloDoc,
    avisos: () => equipo.disco.todos('avisos') as unknown as AvisoDoc[],
    /** As both compare it: by id, without what the storage hangs on it. */
    todo: () => Object.fromEntries(['articulos', 'avisos'].map((coleccion) => [coleccion, equipo.disco.todos(coleccion).map(limpio)])),
    async catalogo(): Promise<Catalogo> {
      const vistos: Catalogo[] = []
      const filtros = { texto: '', categoria: null, tipo: null, visible: null, estado: null, sucursalId: null } as const
      const consulta = { ...filtros, orden: 'nombre', dir: 'asc', desde: 0, limite: 100 } as const
      const dejar = await mundo.logrado(
        equipo.pedir((api) => (api as Required<ReplicaApi>).observarCatalogo(consulta, (catalogo) => vistos.push(catalogo))),
      )
      dejar()
      return vistos[0] as Catalogo
    },
  }
}
const limpio = (d: Record<string, unknown>) => Object.fromEntries(Object.entries(d).filter(([llave]) => !llave.startsWith('_')))
const cambio = (id: string, cambios: Record<string, unknown>): CambioDeDocumento => ({ coleccion: 'articulos', id, cambios })
const decision = (id: string, resolucion: string | null): CambioDeDocumento => ({ coleccion: 'avisos', id, cambios: { resolucion } })

test('[R7] [R8] [R9] 50 articulos edited by two without network: both agree, and every value that did not stay is in the inbox', async () => {
  const { mundo, ids, a, b, reunir } = await dosEstudios()
  const [mismos, distintos, borradosAntes, borradosDespues] = [ids.slice(0, 20), ids.slice(20, 40), ids.slice(40, 45), ids.slice(45)]
  await a.editar([...mismos, ...distintos].map((id, n) => cambio(id, { precioCentavos: 20_000 + n })))
  await a.editar(borradosAntes.map((id) => cambio(id, { borrado: true })))
  await mundo.tiempo.avanzar(5_000)
  await b.editar([
    ...mismos.map((id, n) => cambio(id, { precioCentavos: 30_000 + n })),
    ...distintos.map((id) => cambio(id, { descripcion: 'Con todo' })),
    ...[...borradosAntes, ...borradosDespues].map((id) => cambio(id, { nombre: 'Otro nombre' })),
  ])
  await mundo.tiempo.avanzar(5_000)
  await a.editar(borradosDespues.map((id) => cambio(id, { borrado: true })))
  await reunir()

  assert.equal(a.todo(), b.todo())
  for (const [n, id] of mismos.entries()) assert.is(a.articulo(id).precioCentavos, 30_000 + n)
  for (const [n, id] of distintos.entries()) {
    const { precioCentavos, descripcion } = b.articulo(id)
    assert.equal([precioCentavos, descripcion], [20_020 + n, 'Con todo'])
  }
  for (const id of borradosAntes) assert.equal([estaBorrado(a.articulo(id)), a.articulo(id).nombre], [false, 'Otro nombre'])
  for (const id of borradosDespues) assert.ok(estaBorrado(b.articulo(id)))
  const perdido = b
    .avisos()
    .map(({ datos }) => `${ids.indexOf(String(datos.documentoId))} ${datos.campo} ${datos.valor}`)
    .sort()
  const esperado = [
    ...mismos.map((_, n) => `${n} precioCentavos ${20_000 + n}`),
    ...borradosAntes.map((_, n) => `${40 + n} borrado true`),
    ...borradosDespues.map((_, n) => `${45 + n} nombre Otro nombre`),
  ]
  assert.equal(perdido, esperado.sort())
  const { filas, total } = await b.catalogo()
  assert.equal([total, filas.filter(({ estado }) => estado === 'conflicto').length], [45 + 4, 25])
  mundo.cerrar()
})

test('[R7] [R9] decisions taken without network are edits too: restored, undone, and of two about one row the later stays', async () => {
  const { mundo, ids, a, b, reunir } = await dosEstudios()
  const [uno, dos, tres] = ids as [string, string, string]
  await a.editar([cambio(uno, { precioCentavos: 1 }), cambio(dos, { precioCentavos: 2 })])
  await mundo.tiempo.avanzar(1_000)
  await b.editar([cambio(uno, { precioCentavos: 100 }), cambio(dos, { precioCentavos: 200 }), cambio(tres, { nombre: 'Otro' })])
  await mundo.tiempo.avanzar(1_000)
  await a.editar([cambio(tres, { borrado: true })])
  await reunir()
  const avisoDe = (id: string, estudio = a) => estudio.avisos().find(({ datos }) => datos.documentoId === id) as AvisoDoc
  assert.equal([a.avisos().length, avisoDe(uno).resolucion], [3, null])

  for (const estudio of [a, b]) estudio.equipo.linea.cortar()
  const deshacer = await a.editar([decision(avisoDe(uno).id, 'restaurada'), cambio(uno, { precioCentavos: 1 })])
  await a.editar([decision(avisoDe(tres).id, 'restaurada'), cambio(tres, { borrado: false, nombre: 'Otro' })])
  await a.editar([decision(avisoDe(dos).id, 'restaurada'), cambio(dos, { precioCentavos: 2 })])
  await mundo.tiempo.avanzar(1_000)
  await b.editar([decision(avisoDe(dos).id, 'queda')])
  assert.equal((await a.catalogo()).filas.filter(({ estado }) => estado === 'conflicto').length, 0)
  await reunir()
  assert.equal(a.todo(), b.todo())
  assert.equal([avisoDe(uno, b).resolucion, b.articulo(uno).precioCentavos], ['restaurada', 1])
  assert.equal([estaBorrado(b.articulo(tres)), b.articulo(tres).nombre], [false, 'Otro'])
  assert.is(avisoDe(dos, a).resolucion, 'queda')
  assert.ok(avisoDe(uno, b).resueltoAt !== null)
  assert.is(a.avisos().length, 3, 'a decision is no new conflict')

  for (const estudio of [a, b]) estudio.equipo.linea.cortar()
  await a.editar(deshacer)
  assert.equal((await a.catalogo()).filas.filter(({ estado }) => estado === 'conflicto').length, 1)
  await reunir()
  assert.equal(a.todo(), b.todo())
  assert.equal([b.articulo(uno).precioCentavos, avisoDe(uno, b).resolucion, avisoDe(uno, b).resueltoAt], [100, null, null])
  mundo.cerrar()
})

test('a Studio whose worker dies between committing 50 edits and showing them has them all after its restart, with no network', async () => {
  const { mundo, ids, a, b, reunir } = await dosEstudios()
  a.equipo.disco.preparar('muerte_despues', 1)
  await debeMorir(a.equipo.pedir((api) => (api as Required<ReplicaApi>).editarVarios(ids.map((id) => cambio(id, { visible: false })))))
  await mundo.tiempo.quieto()
  assert.is(a.articulo(ids[0] as string).visible, true)
  await a.equipo.encender()
  await mundo.tiempo.avanzar(1_000)
  assert.equal((await a.catalogo()).porEnviar, CUANTOS)
  assert.equal((await a.catalogo()).visibles, 4)
  await reunir()
  assert.equal(a.todo(), b.todo())
  ultimo = { mundo, a, id: ids[0] as string }
})

test('an account that lost its place in the negocio loses its Studio; what it had not handed in is kept for a person', async () => {
  const { mundo, a, id } = ultimo as NonNullable<typeof ultimo>
  a.equipo.linea.cortar()
  await a.editar([cambio(id, { precioCentavos: 77 })])
  await mundo.db.superusuario`delete from negocio_cuentas where negocio_id = ${mundo.negocios[0]?.negocioId ?? null}`
  a.equipo.linea.conectar()
  await mundo.tiempo.avanzar(30 * 60_000) // the session of before ends
  const estado = await mundo.logrado(a.equipo.pedir((api) => api.estado()))
  assert.equal([estado.fase, estado.edicionesSinEntregar, a.equipo.disco.todos('articulos').length], ['revocado', 1, 0])
  const apartadas = await mundo.logrado(a.equipo.lograr('exportar', (api) => api.exportarEdicionesSinEntregar()))
  assert.is(JSON.parse(apartadas).ediciones[0].campos.precioCentavos, 77)
  mundo.cerrar()
})

/** The world of one test goes on in the next. */
let ultimo: { mundo: Mundo; a: Estudio; id: string } | null = null
const debeMorir = (pedido: Promise<unknown>) =>
  pedido.then(
    () => assert.unreachable('the worker lives'),
    () => {},
  )

test.run()
