/** The platform's shapes, for a superadmin: what the flusher writes is what a reader holds. */
import type { Row } from '@electric-sql/client'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import type { PedidoDiario } from '../../../schema/protocol/diario.ts'
import {
  equipoDePlataforma,
  negocioDePlataforma,
  nodoDePlataforma,
  puntoDePulso,
  veredictoDeNota,
} from '../../../schema/protocol/plataforma.ts'
import { azar } from '../../../schema/testing/azar.ts'
import { compactarPlataforma } from '../../jobs/compact.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  type ServidorDePrueba,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { Lector, type Puerto, ponerEnPuerto } from '../../testing/shapes.ts'
import { flusherDe } from '../flusher.ts'
import { crearHub } from '../hub.ts'
import { type ColeccionDePlataforma, leerFilas } from '../plataforma/leer.sql.ts'
import { revisarContadores } from '../relay.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let puerto: Puerto
let admin: string
let negocio: NegocioDePrueba
const lectores: Lector[] = []

test.before(async () => {
  servidor = await createTestServer()
  puerto = await ponerEnPuerto(servidor, { esperaMs: 300, revisionMs: 50 })
  admin = (await crearCuentaDePrueba(servidor)).usuarioId
  await servidor.db.superusuario`update usuarios set es_superadmin = true where id = ${admin}`
  negocio = await crearNegocioDePrueba(servidor, { nombre: 'Pizzería Roma' })
})
test.after.each(() => {
  for (const lector of lectores.splice(0)) lector.cerrar()
})
test.after(async () => {
  await puerto.cerrar()
  await servidor.cerrar()
})

/** Each reader is a page of its own: the token of the Panel, renewed as its clock goes on. */
async function leer(tabla: string, params: Record<string, string> = {}): Promise<Lector> {
  const lector = new Lector(puerto.url, await tokenDeCuenta(servidor, admin), { params: { table: tabla, ...params } })
  lectores.push(lector)
  return lector
}
const vaciar = () => flusherDe(servidor.deps).vaciar()
async function caja(nombre: string, de = negocio): Promise<DiarioDePrueba> {
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, de, { nombre }))
  await diario.abrir()
  return diario
}
/** A greeting of a till, with what it says of itself, written by the flusher. */
async function decir(diario: DiarioDePrueba, estado: Partial<NonNullable<PedidoDiario['estado']>> = {}): Promise<void> {
  const dicho = { pendientes: 0, masAntiguoAt: null, offset: 0, almacenBytes: 2_000, versionApp: '0.1.0', ...estado }
  await diario.enviar(await diario.pedido(0, 0, { estado: dicho }))
  await vaciar()
}
const ids = (lector: Lector) => lector.filas<{ id: string }>().map((f) => f.id)
const pasar = async (ms: number) => {
  servidor.reloj.avanzar(ms)
  await vaciar()
}

test('[SH2] [SH3] a device that speaks is there, row of the protocol, and moves live', async () => {
  const diario = await caja('Caja 1')
  await decir(diario)
  const lector = await leer('dispositivos', { negocio: negocio.negocioId })
  await lector.conFilas(1)
  await decir(diario, { pendientes: 14, masAntiguoAt: servidor.reloj.ahora() - MINUTO, offset: -1_500 })
  await lector.hasta(() => lector.filas<Row>()[0]?.pendientes === 14)
  const fila = equipoDePlataforma.parse(lector.filas()[0])
  assert.equal([fila.negocio, fila.nombre, fila.offsetMs, fila.enLinea, fila.atencion], ['Pizzería Roma', 'Caja 1', -1_500, true, []])
  const cambio = lector.mensajes.find((m) => m.headers.operation === 'update') as unknown as { value: Row }
  assert.equal(Object.keys(cambio.value).sort(), ['id', 'masAntiguoAt', 'offsetMs', 'pendientes'])
})

test('[SH6] who needs attention moves in and out, by what it says', async () => {
  const diario = await caja('Reloj malo')
  await decir(diario)
  const lector = await leer('dispositivos', { negocio: negocio.negocioId, filtro: 'atencion' })
  await lector.conFilas(0)
  await decir(diario, { offset: 20 * MINUTO })
  await lector.conFilas(1)
  assert.equal(lector.filas<Row>()[0]?.atencion, ['reloj'])
  await decir(diario)
  await lector.conFilas(0)
  assert.equal(lector.operaciones(), ['insert', 'delete'])
})

test('[SH6] who falls silent moves in when the flusher says so: no reader’s clock decides', async () => {
  const aparte = await crearNegocioDePrueba(servidor)
  const diario = await caja('Callada', aparte)
  await decir(diario)
  const lector = await leer('dispositivos', { negocio: aparte.negocioId, filtro: 'sin_conexion' })
  await lector.conFilas(0)
  await pasar(5 * MINUTO)
  await lector.conFilas(1)
  await decir(diario)
  await lector.conFilas(0)
})

test('[SH2] negocios, verdicts by rule, nodes and the pulse: rows of the protocol, live', async () => {
  const aparte = await crearNegocioDePrueba(servidor, { nombre: 'Aparte' })
  const shopper = await crearShopper(servidor)
  const [una, otra] = [await caja('Una', aparte), await caja('Otra', aparte)]
  await vaciar()
  const [negocios, repetidos, deOtra, nodos, pulso] = [
    await leer('negocios'),
    await leer('veredictos', { regla: 'R2', negocio: aparte.negocioId }),
    await leer('veredictos', { dispositivo: una.caja.dispositivoId }),
    await leer('nodos'),
    await leer('pulso'),
  ]
  await Promise.all([repetidos.conFilas(0), deOtra.conFilas(0), nodos.conFilas(1)])
  const qr = await shopper.qr()
  for (const diario of [una, otra]) {
    await diario.vender({ qr })
    await diario.subir()
  }
  await pasar(11 * SEGUNDO)
  await repetidos.conFilas(1)
  const nota = veredictoDeNota.parse(repetidos.filas()[0])
  assert.equal([nota.negocio, nota.dispositivo, nota.estado, nota.regla], ['Aparte', 'Otra', 'retenido', 'R2'])
  await negocios.hasta(() => negocios.filas<Row>().some((f) => f.negocioId === aparte.negocioId && Number(f.recibidos) >= 2))
  await pulso.hasta(() => pulso.filas<Row>().some((f) => Number(f.hechos) >= 2))
  await nodos.hasta(() => nodos.operaciones().includes('update'))
  for (const fila of negocios.filas()) negocioDePlataforma.parse(fila)
  for (const fila of pulso.filas()) puntoDePulso.parse(fila)
  nodoDePlataforma.parse(nodos.filas()[0])
  assert.is(deOtra.filas().length, 0)
})

test('[SH3] what is pruned leaves the readers that have it', async () => {
  const pulso = await leer('pulso')
  await pulso.hasta(() => pulso.stream.isUpToDate && pulso.filas().length > 0)
  const desde = pulso.punto()
  pulso.cerrar()
  await pasar(9 * DIA)
  const despues = new Lector(puerto.url, await tokenDeCuenta(servidor, admin), { params: { table: 'pulso' }, desde })
  lectores.push(despues)
  await despues.hasta(() => despues.operaciones().includes('delete'))
})

test('[SH5] below the horizon of the platform’s log: must-refetch', async () => {
  const antes = await leer('negocios')
  await antes.hasta(() => antes.stream.isUpToDate)
  const [desde, cuantos] = [antes.punto(), antes.filas().length]
  antes.cerrar()
  await decir(await caja('Más'))
  await pasar(60 * DIA)
  await compactarPlataforma(servidor.deps)
  const lector = new Lector(puerto.url, await tokenDeCuenta(servidor, admin), { params: { table: 'negocios' }, desde })
  lectores.push(lector)
  await lector.hasta(() => lector.controles().includes('must-refetch'))
  await lector.conFilas(cuantos)
})

test('[SH4] a change of the platform that was not heard is found by the poll', async () => {
  const hub = crearHub()
  const oidos: string[][] = []
  hub.suscribir('plataforma', ({ colecciones }) => oidos.push(colecciones))
  const vistos = new Map<string, number>()
  await revisarContadores(servidor.deps, hub, vistos)
  oidos.length = 0
  await decir(await caja('Otra más'))
  await revisarContadores(servidor.deps, hub, vistos)
  await revisarContadores(servidor.deps, hub, vistos)
  assert.is(oidos.length, 1)
  for (const coleccion of ['estado_dispositivos', 'pulso']) assert.ok(oidos[0]?.includes(coleccion))
})

test('[SH7] who is not of the platform any more gets nothing more', async () => {
  const ex = (await crearCuentaDePrueba(servidor)).usuarioId
  await servidor.db.superusuario`update usuarios set es_superadmin = true where id = ${ex}`
  const lector = new Lector(puerto.url, await tokenDeCuenta(servidor, ex), { params: { table: 'nodos' } })
  lectores.push(lector)
  await lector.hasta(() => lector.stream.isUpToDate)
  await servidor.db.superusuario`update usuarios set es_superadmin = false where id = ${ex}`
  await lector.hasta(() => false).catch((error) => assert.match(String(error), 'SHAPE_DESCONOCIDA'))
})

test('[SH2] [SH3] after any sales, silences and clocks, every shape is what the tables say', async () => {
  const suerte = azar(7)
  const shopper = await crearShopper(servidor)
  const negocios = [await crearNegocioDePrueba(servidor), await crearNegocioDePrueba(servidor)]
  const cajas = await Promise.all([0, 1, 2, 3].map((i) => caja(`Caja ${i}`, negocios[i % 2])))
  const tablas: [tabla: string, coleccion: ColeccionDePlataforma, params: Record<string, string>][] = [
    ['dispositivos', 'estado_dispositivos', {}],
    ['dispositivos', 'estado_dispositivos', { filtro: 'atencion' }],
    ['dispositivos', 'estado_dispositivos', { filtro: 'sin_conexion', negocio: negocios[0]!.negocioId }],
    ['negocios', 'estado_negocios', {}],
    ['veredictos', 'veredictos', {}],
    ['pulso', 'pulso', {}],
  ]
  const leyendo = await Promise.all(tablas.map(([tabla, , params]) => leer(tabla, params)))
  const qr = await shopper.qr()
  for (let paso = 0; paso < 25; paso++) {
    const diario = suerte.elegir(cajas)
    const que = suerte.entero(0, 5)
    if (que < 2) {
      await diario.vender(suerte.entero(0, 1) ? { qr } : {})
      await diario.subir()
    } else if (que < 4) await decir(diario, { offset: suerte.elegir([0, 0, 20 * MINUTO]), pendientes: suerte.entero(0, 3) })
    else if (que === 4) await pasar(suerte.elegir([SEGUNDO, MINUTO]))
    else await vaciar()
  }
  await pasar(2.5 * MINUTO)
  const [{ seq }] = (await servidor.db.superusuario`select seq from contador_plataforma`) as [{ seq: number }]
  for (const [i, [tabla, coleccion, params]] of tablas.entries()) {
    const lector = leyendo[i]!
    await lector.hasta(() => lector.stream.isUpToDate && Number(lector.punto().offset.split('_')[0]) >= seq)
    const hay = (await servidor.db.plataforma((sql) => leerFilas(sql, coleccion, null, 1_000))).map((f) => f.fila as Row)
    const esperadas = hay.filter((f) => (!params.negocio || f.negocioId === params.negocio) && enFiltro(f, params.filtro))
    const orden = (filas: Row[]) => filas.map((f) => JSON.stringify(Object.entries(f).sort())).sort()
    assert.equal(orden(lector.filas<Row>()), orden(esperadas), `${tabla} ${JSON.stringify(params)}`)
  }
  assert.ok(ids(leyendo[1]!).length + ids(leyendo[2]!).length > 0, 'something is in the narrowed ones')
})

/** Written apart from the server's predicate. */
function enFiltro(fila: Row, filtro: string | undefined): boolean {
  if (filtro === 'atencion') return JSON.stringify(fila.atencion) !== '[]'
  return filtro !== 'sin_conexion' || (!fila.enLinea && fila.bajaAt === null)
}

test.run()
