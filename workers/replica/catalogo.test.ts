import { setTimeout as pasar } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ArticuloDoc } from '../../schema/protocol/documentos.ts'
import type { Catalogo, ConsultaDeCatalogo, ReplicaApi } from './api.ts'
import { crearIndice, type Entrada, entradaDe } from './indice-de-catalogo.ts'
import { idDe, unArticulo, unEstudio, valor } from './testing/estudio-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const TODO: ConsultaDeCatalogo = {
  ...{ texto: '', categoria: null, tipo: null, visible: null, estado: null, sucursalId: null },
  ...{ orden: 'nombre', dir: 'asc', desde: 0, limite: 50 },
}
const CARTA = [
  unArticulo(1, { nombre: 'Piña colada', categoria: 'Bebidas', precioCentavos: 9_000, sellos: { nombre: [300, 'a'] } }),
  unArticulo(2, { nombre: 'árbol de queso', categoria: 'Entradas', descripcion: 'Con PIÑA asada', sellos: { nombre: [100, 'a'] } }),
  unArticulo(3, { nombre: 'Zumo', categoria: 'Bebidas', visible: false, precioCentavos: 100, sellos: { nombre: [200, 'a'] } }),
  unArticulo(4, { nombre: 'Clase de pan', categoria: '', tipo: 'servicio', sucursales: [idDe(900)] }),
  unArticulo(5, { nombre: 'Borrada', borrado: true, sellos: { borrado: [1, 'a'] } }),
]
const nombres = (catalogo: Catalogo | undefined) => catalogo?.filas.map(({ articulo }) => articulo.nombre)
/** Looks at a catálogo; `ultimo` waits until what is told satisfies. */
async function mirar(replica: Required<ReplicaApi>, consulta: Partial<ConsultaDeCatalogo> = {}) {
  const vistos: Catalogo[] = []
  const dejar = await replica.observarCatalogo({ ...TODO, ...consulta }, (catalogo) => vistos.push(catalogo))
  const hasta = async (si: (catalogo: Catalogo) => boolean) => {
    for (let i = 0; i < 200; i++) {
      const ultimo = vistos.at(-1)
      if (ultimo && si(ultimo)) return ultimo
      await pasar(10)
    }
    throw new Error(`never so: ${JSON.stringify(vistos.at(-1))}`)
  }
  return { vistos, dejar, hasta }
}

test('[CAT-07] every word is looked for anywhere, without accents or case; filters, orders and pages', async () => {
  const { replica, intentar } = await unEstudio(abiertas, CARTA)
  await intentar()
  const ver = async (consulta: Partial<ConsultaDeCatalogo>) => {
    const { vistos, dejar } = await mirar(replica, consulta)
    dejar()
    return vistos[0]
  }
  assert.equal(nombres(await ver({})), ['árbol de queso', 'Clase de pan', 'Piña colada', 'Zumo'])
  assert.equal(nombres(await ver({ texto: ' PINA ' })), ['árbol de queso', 'Piña colada'])
  assert.equal(nombres(await ver({ texto: 'asada arbol' })), ['árbol de queso'])
  assert.equal(nombres(await ver({ texto: 'pizza' })), [])
  assert.equal(nombres(await ver({ categoria: 'Bebidas', orden: 'precio' })), ['Zumo', 'Piña colada'])
  assert.equal(nombres(await ver({ orden: 'cambio', dir: 'desc', limite: 2 })), ['Piña colada', 'Zumo'])
  assert.equal(nombres(await ver({ desde: 3, limite: 2 })), ['Zumo'])
  assert.equal(nombres(await ver({ tipo: 'servicio' })), ['Clase de pan'])
  assert.equal(nombres(await ver({ visible: false })), ['Zumo'])
  assert.equal((await ver({ sucursalId: idDe(901) }))?.total, 3)
  const bebidas = await ver({ categoria: 'Bebidas' })
  assert.equal([bebidas?.total, bebidas?.todos, bebidas?.visibles, bebidas?.porEnviar], [2, 4, 3, 0])
  assert.equal(bebidas?.categorias, [
    { nombre: 'Bebidas', cuantos: 2 },
    { nombre: 'Entradas', cuantos: 1 },
  ])
})

test('a row says where it stands: on this device, refused with its field, in a conflict that waits, received', async () => {
  const { replica, servidor, intentar } = await unEstudio(abiertas, CARTA)
  const datos = { coleccion: 'articulos', documentoId: idDe(3), nombre: 'Zumo', campo: 'precioCentavos', valor: 90 }
  servidor.poner('avisos', { id: 'uno', tipo: 'conflicto', regla: 'R7', codigo: 'edicion_perdida', datos, creadoAt: 5, resueltoAt: null })
  await intentar()
  const { hasta, dejar } = await mirar(replica)
  const estados = (catalogo: Catalogo) => catalogo.filas.map(({ estado }) => estado).join()
  await hasta((c) => estados(c) === 'recibido,recibido,recibido,conflicto')
  servidor.sinRed = true
  valor(await replica.editarVarios([{ coleccion: 'articulos', id: idDe(1), cambios: { nombre: 'Ámbar', categoria: 'Otras' } }]))
  const local = await hasta((c) => c.porEnviar === 1)
  assert.equal(
    [nombres(local)?.[0], local.filas[0]?.estado, local.categorias.map((c) => c.nombre)],
    [...['Ámbar', 'en_este_equipo', ['Bebidas', 'Entradas', 'Otras']]],
  )
  valor(await replica.editarVarios([{ coleccion: 'avisos', id: 'uno', cambios: { resolucion: 'queda' } }]))
  await hasta((c) => estados(c) === 'en_este_equipo,recibido,recibido,recibido')
  servidor.sinRed = false
  servidor.alEmpujar = ({ filas }) => ({
    documentos: [],
    rechazadas: filas.map(({ nuevo }) => ({ id: nuevo.id, code: 'EDICION_INVALIDA', campo: 'nombre' })),
  })
  await intentar()
  const negado = await hasta((c) => c.filas[0]?.estado === 'rechazado')
  assert.equal([negado.filas[0]?.codigo, negado.filas[0]?.campo], ['EDICION_INVALIDA', 'nombre'])
  valor(await replica.editarVarios([{ coleccion: 'articulos', id: idDe(2), cambios: { borrado: true } }]))
  await hasta((c) => c.total === 3)
  dejar()
})

test('many changes are told in few answers, and who stopped looking hears nothing more', async () => {
  const { replica, servidor, intentar } = await unEstudio(abiertas, CARTA)
  await intentar()
  servidor.sinRed = true
  const desde = performance.now()
  const { vistos, hasta, dejar } = await mirar(replica)
  for (let precioCentavos = 1; precioCentavos <= 40; precioCentavos++)
    valor(await replica.editarVarios([{ coleccion: 'articulos', id: idDe(1), cambios: { precioCentavos } }]))
  await hasta((c) => c.filas.some(({ articulo }) => articulo.precioCentavos === 40))
  const ms = performance.now() - desde
  assert.ok(vistos.length <= 3 + ms / 100, `${vistos.length} answers in ${ms} ms`)
  dejar()
  const antes = vistos.length
  valor(await replica.editarVarios([{ coleccion: 'articulos', id: idDe(1), cambios: { precioCentavos: 41 } }]))
  await pasar(150)
  assert.is(vistos.length, antes)
})

test('the quick search finds articulos, clients by alias or card, and sales by folio or monto, newest first', async () => {
  const { replica, servidor, hora, intentar } = await unEstudio(abiertas, CARTA)
  const unCliente = (n: number, alias: string) => ({ id: idDe(n), alias, cardId: `00000000000048${n}`, ultimaVisitaAt: n, visitas: 1 })
  servidor.poner('clientes', unCliente(21, 'Ana L.'))
  servidor.poner('clientes', unCliente(22, 'Anahí P.'))
  const venta = (n: number, montoCentavos: number, dias: number) => ({
    ...{ id: idDe(30 + n), folio: `C1-${String(n).padStart(6, '0')}`, montoCentavos, effAt: hora.ahora - dias * 86_400_000 },
  })
  for (const una of [venta(12, 25_000, 1), venta(123, 500, 2), venta(250, 700, 3), venta(7, 25_000, 120)])
    servidor.poner('transacciones', una)
  await intentar()
  const buscar = async (texto: string) => valor(await replica.buscar(texto, 5))
  assert.equal(
    (await buscar('pina')).articulos.map((a) => a.nombre),
    ['Piña colada', 'árbol de queso'],
  )
  assert.equal(
    (await buscar('ana')).clientes.map((c) => c.alias),
    ['Anahí P.', 'Ana L.'],
  )
  assert.equal(
    (await buscar('••4821')).clientes.map((c) => c.alias),
    ['Ana L.'],
  )
  const ventas = async (texto: string) => (await buscar(texto)).transacciones.map((t) => t.folio)
  assert.equal(await ventas('c1-12'), ['C1-000012', 'C1-000123'])
  assert.equal(await ventas('250'), ['C1-000250', 'C1-000012'], 'that folio, then that monto; what is older than 90 days is not looked at')
  assert.equal(await ventas('$7.00'), ['C1-000250'])
  assert.equal(await ventas('c2-12'), [])
  assert.equal(await buscar('  '), { articulos: [], clientes: [], transacciones: [] })
})

test('the order after any changes is the order of a list made anew', () => {
  const mapa = new Map<string, Entrada>()
  const poner = (n: number, precioCentavos: number) =>
    mapa.set(idDe(n), entradaDe(unArticulo(n, { nombre: `Pizza ${precioCentavos % 7}`, precioCentavos }) as unknown as ArticuloDoc))
  for (let n = 0; n < 400; n++) poner(n, (n * 7_919) % 101)
  const indice = crearIndice(mapa)
  const ids = (i: typeof indice, orden: ConsultaDeCatalogo['orden']) => i.todos({ ...TODO, orden }, new Map()).map((a) => a.id)
  for (const orden of ['nombre', 'precio', 'categoria', 'cambio'] as const) ids(indice, orden)
  for (let vuelta = 1; vuelta <= 20; vuelta++) {
    const cambian = new Set([vuelta, vuelta * 3, 400 + vuelta].map(idDe))
    poner(vuelta, vuelta * 5)
    mapa.delete(idDe(vuelta * 3))
    poner(400 + vuelta, 50)
    indice.cambiaron(cambian)
    for (const orden of ['nombre', 'precio', 'categoria', 'cambio'] as const)
      assert.equal(ids(indice, orden), ids(crearIndice(mapa), orden), `${orden} after ${vuelta}`)
  }
})

test.run()
