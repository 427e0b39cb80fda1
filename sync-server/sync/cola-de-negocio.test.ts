import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer } from '../testing/servidor.ts'
import { juecesConVeneno, VENENO } from '../testing/veneno.ts'
import { ColaDeNegocio, type Recibir } from './cola-de-negocio.ts'
import { recibirDiario } from './receive.ts'

const jueces = juecesConVeneno()
const servidor = await createTestServer({ jueces })
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

/** Counts the transactions of negocios. */
function contando() {
  let transacciones = 0
  const negocio: typeof servidor.db.negocio = (id, fn, o) => {
    transacciones++
    return servidor.db.negocio(id, fn, o)
  }
  return { deps: { ...servidor.deps, db: { ...servidor.db, negocio } }, cuantas: () => transacciones }
}

async function cajas(cuantas: number) {
  const negocio = await crearNegocioDePrueba(servidor)
  const diarios: DiarioDePrueba[] = []
  for (let i = 0; i < cuantas; i++) {
    const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
    await diario.abrir()
    diarios.push(diario)
  }
  return { id: negocio.negocioId, diarios }
}

async function revisarLibro(id: string, entradas: number) {
  const filas = await sql`select n, estado from hechos_recibidos where negocio_id = ${id} order by n`
  assert.equal(
    filas.map((f) => f.n),
    filas.map((_, i) => i + 1),
  )
  assert.is(filas.length, entradas)
  const log = await sql`select seq from cambios_negocio where negocio_id = ${id} order by seq`
  assert.equal(
    log.map((f) => f.seq),
    log.map((_, i) => i + 1),
  )
  return filas
}

test('[DI10] tills that upload while another runs share one transaction, and the ledger is the fold of what was accepted', async () => {
  const { id, diarios } = await cajas(6)
  const ana = await crearShopper(servidor)
  for (const d of diarios) for (let i = 0; i < 2; i++) await d.vender({ qr: await ana.qr() })
  const pedidos = await Promise.all(diarios.map((d) => d.pedido()))
  const { deps, cuantas } = contando()
  const recibidos = await Promise.all(pedidos.map((p) => recibirDiario(deps, p)))
  assert.is(cuantas(), 2)
  assert.ok(recibidos.every((r) => r.respuesta.esperado === 3 && r.nuevos === 3))
  assert.ok((await revisarLibro(id, 18)).every((f) => f.estado === 'juzgado'))
  // The 7th sale of a day on a card and those after it wait (R16), whatever the transaction.
  const porVenta = await sql`
    select h.n, v.estado from veredictos v join hechos_recibidos h on h.negocio_id = v.negocio_id and h.hecho_id = v.hecho_id
    where v.negocio_id = ${id} and v.tipo = 'venta' order by h.n`
  assert.equal(
    porVenta.map((v) => v.estado),
    porVenta.map((_, i) => (i < 6 ? 'aceptado' : 'retenido')),
  )
})

test('[DI2] [DI6] the same upload twice at once is stored once, and is no fork', async () => {
  const { id, diarios } = await cajas(3)
  for (const d of diarios) await d.vender()
  const pedidos = await Promise.all(diarios.map((d) => d.pedido()))
  const recibidos = await Promise.all([...pedidos, ...pedidos, ...pedidos].map((p) => recibirDiario(servidor.deps, p)))
  assert.ok(recibidos.every((r) => r.respuesta.esperado === 2 && !r.respuesta.revocado))
  assert.is(
    recibidos.reduce((suma, r) => suma + r.nuevos, 0),
    6,
  )
  await revisarLibro(id, 6)
})

test('[DI5] a chain that hands in nothing but what it lost is marked, though another’s entries are judged with it', async () => {
  const { diarios } = await cajas(3)
  const [primera, otra, perdio] = diarios as [DiarioDePrueba, DiarioDePrueba, DiarioDePrueba]
  await perdio.vender()
  await perdio.vender()
  await perdio.enviar(await perdio.pedido(0, 1))
  const pedidos = [await primera.pedido(), await otra.pedido(), await perdio.pedido(1, 1, { perdidos: [{ desde: 1, hasta: 1 }] })]
  const { deps, cuantas } = contando()
  await Promise.all(pedidos.map((p) => recibirDiario(deps, p)))
  assert.is(cuantas(), 2)
  assert.equal([...(await sql`select hueco from cadenas where cadena_id = ${perdio.cadenaId}`)], [{ hueco: true }])
  await perdio.enviar(await perdio.pedido(2, 3))
  assert.equal(
    [...(await sql`select hueco from veredictos where cadena_id = ${perdio.cadenaId} order by seq`)],
    [{ hueco: false }, { hueco: true }],
  )
})

test('[R1] one hecho in two chains that share a transaction counts once', async () => {
  const { id, diarios } = await cajas(3)
  const [primera, una, otra] = diarios as [DiarioDePrueba, DiarioDePrueba, DiarioDePrueba]
  const ana = await crearShopper(servidor)
  const qr = await ana.qr()
  const venta = await una.vender({ qr })
  await otra.vender({ qr }, { id: venta.id })
  const pedidos = await Promise.all([primera, una, otra].map((d) => d.pedido()))
  const recibidos = await Promise.all(pedidos.map((p) => recibirDiario(servidor.deps, p)))
  assert.equal(
    recibidos.map((r) => r.respuesta.esperado),
    [1, 2, 2],
  )
  await revisarLibro(id, 5)
  assert.is((await sql`select from transacciones where negocio_id = ${id}`).length, 1)
  assert.is((await sql`select from historial_puntos where negocio_id = ${id}`).length, 1)
  assert.is((await sql`select from usuario_eventos where negocio_id = ${id}`).length, 1)
})

test('[DI3] [DI7] one that is refused and one that cannot be judged take nothing from the others', async () => {
  const { id, diarios } = await cajas(5)
  const [primera, buena, ajena, venenosa, otra] = diarios as [
    DiarioDePrueba,
    DiarioDePrueba,
    DiarioDePrueba,
    DiarioDePrueba,
    DiarioDePrueba,
  ]
  await primera.subir()
  const suplanta = new DiarioDePrueba(servidor, ajena.caja, primera.cadenaId)
  await suplanta.abrir()
  for (const d of [primera, buena, otra]) await d.vender()
  await venenosa.vender({ montoCentavos: VENENO })
  await venenosa.vender()
  const pedidos = [await primera.pedido(1), await buena.pedido(), await suplanta.pedido(), await venenosa.pedido(), await otra.pedido()]
  const [a, b, c, d, e] = await Promise.allSettled(pedidos.map((p) => recibirDiario(servidor.deps, p)))
  assert.equal(
    [a, b, d, e].map((r) => r?.status),
    Array(4).fill('fulfilled'),
  )
  assert.is(c?.status === 'rejected' && c.reason.codigo, 'DIARIO_AJENO')
  const filas = await revisarLibro(id, 9)
  assert.equal(
    filas.map((f) => f.estado).filter((estado) => estado !== 'juzgado'),
    ['sin_procesar'],
  )
})

/** A queue of texts; `abierto` lets the first one, which runs alone, end. */
function colaDeTextos(juntos: (nombres: readonly string[]) => string[] | null | Error) {
  const grupos: string[][] = []
  let acabada = false
  const nombres = new Map<Recibir<string>, string>()
  const cola = new ColaDeNegocio<string>(
    async (todos) => {
      grupos.push(todos.map((r) => nombres.get(r) ?? ''))
      const dicho = juntos(grupos.at(-1) ?? [])
      if (dicho instanceof Error) throw dicho
      return dicho
    },
    () => {
      acabada = true
    },
  )
  const pasar = (nombre: string, renglones: number, solo: () => Promise<string>) => {
    const recibir: Recibir<string> = async () => nombre
    nombres.set(recibir, nombre)
    return cola.pasar({ cadenaId: nombre[0] ?? '', renglones, recibir, solo })
  }
  return { pasar, grupos, acabada: () => acabada }
}

test('of one chain only the first goes in a transaction, and no more entries than it may hold', async () => {
  const { pasar, grupos, acabada } = colaDeTextos((nombres) => nombres.map((n) => `${n} with others`))
  const solo = async () => 'alone'
  const dichos = await Promise.all([
    pasar('x', 100, solo),
    ...['a1', 'b1', 'a2', 'c1', 'd1', 'e1', 'a3'].map((nombre) => pasar(nombre, 100, solo)),
  ])
  assert.equal(grupos, [
    ['a1', 'b1', 'c1', 'd1'],
    ['a2', 'e1'],
  ])
  assert.is(dichos.filter((d) => d === 'alone').length, 2)
  await new Promise((listo) => setImmediate(listo))
  assert.ok(acabada())
})

test('a transaction that is undone is tried one by one; a passing error is told to all', async () => {
  const { pasar } = colaDeTextos(() => null)
  assert.equal(await Promise.all(['x', 'a', 'b'].map((n) => pasar(n, 1, async () => `${n} alone`))), ['x alone', 'a alone', 'b alone'])
  const rota = colaDeTextos(() => new Error('the database is gone'))
  const dichos = await Promise.allSettled(['x', 'a', 'b'].map((n) => rota.pasar(n, 1, async () => n)))
  assert.equal(
    dichos.map((d) => d.status),
    ['fulfilled', 'rejected', 'rejected'],
  )
})

test.run()
