import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../schema/core/canonico.ts'
import { sha256 } from '../../schema/core/ids.ts'
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import { finDeMes, mesDe, ultimoDiaDe } from '../../schema/domain/puntos/lotes.ts'
import { cambiarConfiguracion } from '../domain/configuraciones/cambiar.ts'
import { cadenaDelServidor } from '../domain/negocios/crear.ts'
import { proyectarTodo } from '../sync/projector.ts'
import { asentarHechoDelServidor } from '../sync/server-chain.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer, type NegocioDePrueba } from '../testing/servidor.ts'
import { darUnaVuelta, iniciarTrabajos, TRABAJOS } from './index.ts'
import { juzgarPendientes } from './reprocess.ts'
import { asentarLifetime } from './settlement.ts'
import { barrerVencidos } from './sweep.ts'
import { avisarDePuntos, vencerPuntos } from './vencer-puntos.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

async function ventaRetenida(negocio: NegocioDePrueba, cuantas = 1) {
  const ana = await crearShopper(servidor)
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  const qr = await ana.qr()
  await diario.vender({ qr })
  for (let i = 0; i < cuantas; i++) await diario.vender({ qr })
  await diario.subir()
  return { ana, diario }
}
const delServidor = async (negocioId: string) =>
  sql`select * from hechos_recibidos where negocio_id = ${negocioId} and cadena_id = ${await cadenaDelServidor(negocioId)} order by seq`

test('the chain of the server holds: hashes, links, seqs; and the same decision is written once, by however many runs', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  await ventaRetenida(negocio, 3)
  reloj.avanzar(14 * DIA + MINUTO)
  const corridas = await Promise.all([barrerVencidos(deps), barrerVencidos(deps), barrerVencidos(deps)])
  assert.is(
    corridas.reduce((a, b) => a + b, 0),
    3,
  )
  const filas = await delServidor(negocio.negocioId)
  assert.equal(
    filas.map((f) => [f.seq, f.tipo, f.estado]),
    [0, 1, 2].map((seq) => [seq, 'retencion.vencida', 'juzgado']),
  )
  let anterior = ''
  for (const fila of filas) {
    assert.is(fila.hash, await sha256(fila.cuerpo))
    assert.is(fila.cuerpo, textoCanonico(JSON.parse(fila.cuerpo)))
    assert.is(JSON.parse(fila.cuerpo).prevHash, anterior)
    anterior = fila.hash
  }
  const [activa] = await sql`select count(*) from retenciones where negocio_id = ${negocio.negocioId} and estado = 'activa'`
  assert.is(activa.count, 0)
})

test('a hecho of the server is told apart by what it says', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const datos = { cadenaId: crypto.randomUUID(), seq: 4 }
  assert.is(await asentarHechoDelServidor(deps, negocio.negocioId, 'espera.vencida', datos), true)
  assert.is(await asentarHechoDelServidor(deps, negocio.negocioId, 'espera.vencida', datos), false)
  assert.is(await asentarHechoDelServidor(deps, negocio.negocioId, 'espera.vencida', { ...datos, seq: 5 }), true)
  assert.is((await delServidor(negocio.negocioId)).length, 2)
})

test('a negocio whose sweep fails does not stop the others', async () => {
  const [a, b] = [await crearNegocioDePrueba(servidor), await crearNegocioDePrueba(servidor)]
  for (const n of [a, b]) await ventaRetenida(n)
  reloj.avanzar(14 * DIA + MINUTO)
  const negocio: typeof deps.db.negocio = (id, fn, o) =>
    id === a.negocioId ? Promise.reject(new Error('down')) : deps.db.negocio(id, fn, o)
  await barrerVencidos({ ...deps, db: { ...deps.db, negocio } })
  assert.equal([(await delServidor(a.negocioId)).length, (await delServidor(b.negocioId)).length], [0, 1])
  await barrerVencidos(deps)
  assert.is((await delServidor(a.negocioId)).length, 1)
})

/** Rules by which points last a month, a till, and somebody who bought there for so many points. */
async function negocioQueVence(cuantos: number, puntos = 50) {
  const negocio = await crearNegocioDePrueba(servidor)
  await cambiarConfiguracion(deps, negocio.negocioId, negocio.dueno.usuarioId, { expiranEnMeses: 1 })
  reloj.avanzar(MINUTO)
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  const clientes = []
  for (let i = 0; i < cuantos; i++) {
    const ana = await crearShopper(servidor)
    await diario.vender({ qr: await ana.qr(), montoCentavos: puntos * 1_000 })
    clientes.push(ana)
  }
  await diario.subir()
  return { negocio, diario, clientes }
}
const saldos = async (negocioId: string) =>
  (await sql`select puntos_disponibles from puntos_por_negocio where negocio_id = ${negocioId} order by 1`).map((s) => s.puntosDisponibles)
const miasDe = async (usuarioId: string, que: string) =>
  (await sql`select doc from mias where usuario_id = ${usuarioId} and id like ${`${que}%`} order by id`).map((f) => f.doc)
const irA = (at: number) => reloj.avanzar(at - reloj.ahora())

test('PTS-24, CARD-40: points told of a week before go when their month is over: once, by however many nodes, page after page', async () => {
  const { negocio, clientes } = await negocioQueVence(3)
  const [ana] = clientes
  const mes = mesDe(reloj.ahora()) + 1
  assert.equal([await vencerPuntos(deps), await avisarDePuntos(deps)], [0, 0])
  irA(finDeMes(mes) - 7 * DIA)
  const avisados = await Promise.all([avisarDePuntos(deps, 2), avisarDePuntos(deps, 2)])
  assert.is(
    avisados.reduce((a, b) => a + b),
    3,
  )
  const [aviso] = await miasDe(ana!.usuarioId, 'aviso:puntos_por_vencer')
  assert.equal([aviso.codigo, aviso.puntos, aviso.venceAt], ['puntos_por_vencer', 50, ultimoDiaDe(mes)])
  await proyectarTodo(deps)
  assert.equal((await miasDe(ana!.usuarioId, 'puntos:'))[0].porVencer, { puntos: 50, venceAt: ultimoDiaDe(mes) })
  assert.is(await avisarDePuntos(deps), 0, 'told once')
  irA(finDeMes(mes) - MINUTO)
  assert.is(await vencerPuntos(deps), 0)
  irA(finDeMes(mes))
  const corridas = await Promise.all([vencerPuntos(deps, 2), vencerPuntos(deps, 2)])
  assert.is(
    corridas.reduce((a, b) => a + b),
    3,
  )
  assert.equal([await vencerPuntos(deps), await avisarDePuntos(deps), await saldos(negocio.negocioId)], [0, 0, [0, 0, 0]])
  await proyectarTodo(deps)
  const [movimiento] = (await miasDe(ana!.usuarioId, 'historial:')).filter((doc) => doc.movimiento === 'expirado')
  assert.equal([movimiento.puntos, movimiento.descripcion], [-50, 'Puntos vencidos'])
  const [puntos] = await miasDe(ana!.usuarioId, 'puntos:')
  assert.equal([puntos.disponibles, puntos.acumulados, puntos.porVencer], [0, 50, undefined])
  await asentarLifetime(deps)
  const [persona] = await sql`select puntos_lifetime from usuarios where id = ${ana!.usuarioId}`
  assert.is(persona!.puntosLifetime, 50, 'CARD-20: what was earned for life stays')
})

test('PTS-24: a negocio that fails, or a shopper who cannot be told, keeps nobody else waiting; the next run does it', async () => {
  const [a, b] = [await negocioQueVence(1), await negocioQueVence(1)]
  const [primera] = a.clientes
  const mes = mesDe(reloj.ahora()) + 1
  const sin = (cual: 'negocio' | 'usuario', suyo: string) => {
    const abrir = (id: string, fn: never, o: never) =>
      id === suyo ? Promise.reject(new Error('down')) : (deps.db[cual] as (id: string, fn: never, o: never) => Promise<unknown>)(id, fn, o)
    return { ...deps, db: { ...deps.db, [cual]: abrir } } as typeof deps
  }
  irA(finDeMes(mes) - DIA)
  assert.is(await avisarDePuntos(sin('usuario', primera!.usuarioId), 1), 1)
  assert.is(await avisarDePuntos(deps), 1)
  irA(finDeMes(mes))
  assert.is(await vencerPuntos(sin('negocio', a.negocio.negocioId), 1), 1)
  assert.equal([await saldos(a.negocio.negocioId), await saldos(b.negocio.negocioId)], [[50], [0]])
  assert.is(await vencerPuntos(deps), 1)
  assert.equal(await saldos(a.negocio.negocioId), [0])
})

test('[DI7] entries a crash left unjudged are judged when the server starts', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  // The judge cannot be reached: the database goes away between receiving and judging.
  const sinJuez = {
    ...deps,
    jueces: {
      venta: () => {
        throw new Error('bug')
      },
    },
  }
  await diario.vender()
  const { recibirDiario } = await import('../sync/receive.ts')
  let transacciones = 0
  const contado: typeof deps.db.negocio = (id, fn, o) => {
    if (++transacciones > 2) return Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }))
    return deps.db.negocio(id, fn, o)
  }
  const { respuesta } = await recibirDiario({ ...sinJuez, db: { ...deps.db, negocio: contado } }, await diario.pedido())
  assert.is(respuesta.esperado, 2)
  assert.is((await sql`select from veredictos where cadena_id = ${diario.cadenaId}`).length, 0)
  assert.is(await juzgarPendientes(deps), 2)
  assert.equal(
    (await sql`select estado from veredictos where cadena_id = ${diario.cadenaId} order by seq`).map((v) => v.estado),
    ['aceptado', 'aceptado'],
  )
})

test("one turn of all jobs leaves nothing to do; what tills say of themselves is in the platform's stream", async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const { ana, diario } = await ventaRetenida(negocio)
  const estado = { pendientes: 3, masAntiguoAt: reloj.ahora(), offset: -5, almacenBytes: 1_000, versionApp: '0.1.0' }
  await diario.enviar(await diario.pedido(0, 0, { estado }))
  reloj.avanzar(2 * DIA)
  await darUnaVuelta(deps)
  assert.is((await sql`select puntos_lifetime from usuarios where id = ${ana.usuarioId}`)[0].puntosLifetime, 50)
  const [dicho] = await sql`select * from estado_dispositivos where id = ${diario.caja.dispositivoId}`
  assert.equal([dicho.pendientes, dicho.versionApp, dicho.recibidos], [3, '0.1.0', 3])
  const antes = await sql`select seq from contadores_usuario where usuario_id = ${ana.usuarioId}`
  await darUnaVuelta(deps)
  assert.equal(await sql`select seq from contadores_usuario where usuario_id = ${ana.usuarioId}`, antes)
})

test('the care of the embedded database is a job; tills sell while it runs and after it', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  for (let i = 0; i < 3; i++) await diario.vender()
  const cuidado = TRABAJOS.find((t) => t.nombre === 'maintenance')
  const [tablas, respuesta] = await Promise.all([cuidado?.correr(deps), diario.subir()])
  assert.ok((tablas as number) > 30)
  await diario.vender()
  assert.equal([respuesta.esperado, (await diario.subir()).esperado], [4, 5])
  assert.is((await sql`select from transacciones where cadena_id = ${diario.cadenaId}`).length, 4)
})

test('jobs start and stop', async () => {
  const parar = await iniciarTrabajos(deps)
  await parar()
})

test.run()
