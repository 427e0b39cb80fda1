import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../schema/core/canonico.ts'
import { sha256 } from '../../schema/core/ids.ts'
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import { cadenaDelServidor } from '../domain/negocios/crear.ts'
import { asentarHechoDelServidor } from '../sync/server-chain.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer, type NegocioDePrueba } from '../testing/servidor.ts'
import { darUnaVuelta, iniciarTrabajos, TRABAJOS } from './index.ts'
import { juzgarPendientes } from './reprocess.ts'
import { barrerVencidos } from './sweep.ts'

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
