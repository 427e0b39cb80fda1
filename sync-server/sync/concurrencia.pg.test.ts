// What one connection cannot show: lock order, duplicates that arrive at once, two nodes judging the same backlog (design 07).
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Doc, sellar } from '../../schema/merge/campos.ts'
import { openDb } from '../db/open.ts'
import { crearArticulos } from '../domain/articulos/crear.ts'
import { barrerVencidos } from '../jobs/sweep.ts'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer } from '../testing/servidor.ts'
import { juecesConVeneno, VENENO } from '../testing/veneno.ts'
import { juzgarLoPendiente } from './pending.ts'
import { proyectarTodo } from './projector.ts'
import { proyectarVarios } from './proyectar-varios.sql.ts'
import { empujar } from './push.ts'
import { recibirDiario } from './receive.ts'

const jueces = juecesConVeneno()
const db = await abrirDbPgDePrueba()
const uno = await createTestServer({ db, jueces })
const otraDb = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA })
const dos = await createTestServer({ db: otraDb, jueces, reloj: uno.reloj })
const sql = db.superusuario
test.after(async () => {
  await dos.cerrar()
  await uno.cerrar()
})

async function unaCaja(negocio: Parameters<typeof altaDeCaja>[1]) {
  const diario = new DiarioDePrueba(uno, await altaDeCaja(uno, negocio))
  await diario.abrir()
  return diario
}

test('two transactions that meet the same new shoppers, in whatever order, make their counters and do not lock each other out', async () => {
  const ids: string[] = []
  for (let i = 0; i < 40; i++) ids.push((await crearShopper(uno)).usuarioId)
  for (let vuelta = 0; vuelta < 12; vuelta++) {
    await sql`delete from contadores_usuario`
    const [de, alReves] = [proyectarVarios(uno.deps, ids), proyectarVarios(uno.deps, [...ids].reverse())]
    assert.equal(
      (await Promise.allSettled([de, alReves])).map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    )
  }
})

test('[DI2] [DI10] tills at two nodes at once, every upload sent twice: each sale once, n and seq without holes', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const clientes = [await crearShopper(uno), await crearShopper(uno)]
  const diarios = await Promise.all(Array.from({ length: 8 }, () => unaCaja(negocio)))
  for (let ronda = 0; ronda < 3; ronda++) {
    for (const diario of diarios) for (let i = 0; i < 4; i++) await diario.vender({ qr: i === 0 ? await clientes[ronda % 2]!.qr() : null })
    const pedidos = await Promise.all(diarios.map((d) => d.pedido(Math.max(0, d.renglones.length - 6))))
    await Promise.all(
      pedidos.flatMap((p, i) => [recibirDiario(i % 2 ? uno.deps : dos.deps, p), recibirDiario(i % 2 ? dos.deps : uno.deps, p)]),
    )
  }
  const id = negocio.negocioId
  const filas = await sql`select n, recibido_at, estado from hechos_recibidos where negocio_id = ${id} order by n`
  assert.equal(
    filas.map((f) => f.n),
    filas.map((_, i) => i + 1),
  )
  assert.is(filas.length, 8 * 13)
  assert.ok(filas.every((f) => f.estado === 'juzgado'))
  const log = await sql`select seq from cambios_negocio where negocio_id = ${id} order by seq`
  assert.equal(
    log.map((f) => f.seq),
    log.map((_, i) => i + 1),
  )
  assert.is((await sql`select from transacciones where negocio_id = ${id}`).length, 8 * 12)
  const [suma] = await sql`
    select (select sum(puntos) from historial_puntos where negocio_id = ${id}) as historial,
      (select sum(puntos_disponibles) from puntos_por_negocio where negocio_id = ${id}) as saldo`
  assert.equal(suma.historial, suma.saldo)
})

test('[PS1] [PU2] Studios at two nodes edit one articulo at once, each another field: all of it stays, and seq has no holes', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const id = negocio.negocioId
  const [base] = (await crearArticulos(uno.deps, id, negocio.dueno.usuarioId, [
    { nombre: 'Pizza', precioCentavos: 10_000 },
  ])) as unknown as Doc[]
  if (!base) throw new Error('it was made')
  uno.reloj.avanzar(1_000)
  const cambios = {
    nombre: 'Calzone',
    descripcion: 'Al horno',
    precioCentavos: 1,
    categoria: 'Pizzas',
    visible: false,
    destacado: true,
    desde: true,
    agotado: true,
  }
  const studios = await Promise.all(Object.keys(cambios).map(() => altaDeCaja(uno, negocio, { tipo: 'studio', sucursalId: null })))
  await Promise.all(
    Object.entries(cambios).map(([campo, valor], i) => {
      const dispositivoId = studios[i]?.dispositivoId ?? ''
      const sesion = { clase: 'dispositivo', tipo: 'studio', sesionId: '', dispositivoId, negocioId: id, sucursalId: null } as const
      const nuevo = sellar(base, { [campo]: valor }, uno.reloj.ahora(), dispositivoId) as unknown as { id: string }
      return empujar((i % 2 ? uno : dos).deps, sesion, 'articulos', { filas: [{ nuevo, asumido: base as unknown as { id: string } }] })
    }),
  )
  const [articulo] = await sql`
    select nombre, descripcion, precio_centavos, categoria, visible, destacado, desde, agotado from articulos where negocio_id = ${id}`
  assert.equal({ ...articulo }, cambios)
  const log = await sql`select seq from cambios_negocio where negocio_id = ${id} order by seq`
  assert.equal(
    log.map((f) => f.seq),
    log.map((_, i) => i + 1),
  )
})

test('two nodes project the same shoppers: every event once', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const shoppers = await Promise.all(Array.from({ length: 5 }, () => crearShopper(uno)))
  const diario = await unaCaja(negocio)
  for (const s of shoppers) for (let i = 0; i < 3; i++) await diario.vender({ qr: await s.qr() })
  await diario.subir()
  const aplicados = await Promise.all([proyectarTodo(uno.deps), proyectarTodo(dos.deps), proyectarTodo(uno.deps), proyectarTodo(dos.deps)])
  assert.ok(aplicados.reduce((a, b) => a + b, 0) >= 15)
  for (const s of shoppers) {
    const log = await sql`select seq, pk from cambios_usuario where usuario_id = ${s.usuarioId} order by seq`
    assert.equal(
      log.map((c) => c.seq),
      log.map((_, i) => i + 1),
    )
    assert.is(log.filter((c) => c.pk.startsWith('historial:')).length, 3)
  }
})

test('[DI7] two nodes judge one backlog with offenders in it: in order, each once', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const diarios = await Promise.all(Array.from({ length: 4 }, () => unaCaja(negocio)))
  for (const diario of diarios) for (let i = 0; i < 10; i++) await diario.vender(i % 4 === 2 ? { montoCentavos: VENENO } : {})
  const pedidos = await Promise.all(diarios.map((d) => d.pedido()))
  await Promise.all(pedidos.map((p, i) => recibirDiario(i % 2 ? uno.deps : dos.deps, p)))
  await Promise.all([juzgarLoPendiente(uno.deps, negocio.negocioId), juzgarLoPendiente(dos.deps, negocio.negocioId)])
  const estados = await sql`
    select estado, count(*) from hechos_recibidos where negocio_id = ${negocio.negocioId} and cadena_id <> all(
      select cadena_id from cadenas where dispositivo_id is null) group by 1 order by 1`
  assert.equal(
    estados.map((e) => [e.estado, e.count]),
    [
      ['juzgado', 4 * 9],
      ['sin_procesar', 4 * 2],
    ],
  )
  const orden = await sql`
    select h.n from hechos_recibidos h join veredictos v on v.negocio_id = h.negocio_id and v.cadena_id = h.cadena_id and v.seq = h.seq
    where h.negocio_id = ${negocio.negocioId} order by v.seq_stream, h.n`
  assert.equal(
    orden.map((f) => f.n),
    orden.map((_, i) => i + 1),
  )
})

test('the sweep of two nodes writes each end of a hold once', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const ana = await crearShopper(uno)
  const diario = await unaCaja(negocio)
  const qr = await ana.qr()
  for (let i = 0; i < 4; i++) await diario.vender({ qr })
  await diario.subir()
  uno.reloj.avanzar(15 * 86_400_000)
  await Promise.all([barrerVencidos(uno.deps), barrerVencidos(dos.deps)])
  const filas = await sql`select from hechos_recibidos where negocio_id = ${negocio.negocioId} and tipo = 'retencion.vencida'`
  assert.is(filas.length, 3)
})

test.run()
