/** Two nodes on one PostgreSQL write the platform's rows at the same time. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openDb } from '../../db/open.ts'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA } from '../../testing/db.ts'
import { crearNegocioDePrueba, createTestServer } from '../../testing/servidor.ts'
import { flusherDe } from '../flusher.ts'
import { libretaDe } from './notas.ts'

const db = await abrirDbPgDePrueba()
const otraDb = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA })
const a = await createTestServer({ db })
const b = await createTestServer({ db: otraDb, reloj: a.reloj })
test.after(async () => {
  await b.cerrar()
  await a.cerrar()
})

const RONDAS = 12

test('two flushers lose no count and leave no hole: hechos, delays and rules add up, and each image follows the one before', async () => {
  const negocio = await crearNegocioDePrueba(a, { cajas: 4 })
  const equipos = negocio.cajas.map(({ dispositivoId }) => ({ dispositivoId, negocioId: negocio.negocioId }))
  const estado = { pendientes: 2, masAntiguoAt: a.reloj.ahora(), offset: 0, almacenBytes: 1, versionApp: '1' }
  for (let ronda = 0; ronda < RONDAS; ronda++) {
    for (const { deps } of [a, b]) {
      const libreta = libretaDe(deps)
      const at = deps.now()
      for (const equipo of equipos) {
        libreta.contacto(equipo, at, { estado: { ...estado, pendientes: ronda }, protocolo: 3 })
        libreta.recibidos(equipo, at, 3, [100, 2_000, 90_000], 2)
      }
      libreta.mezclas(1, at)
    }
    await Promise.all([flusherDe(a.deps).vaciar(), flusherDe(b.deps).vaciar()])
    a.reloj.avanzar(11_000)
  }
  const total = RONDAS * 2 * equipos.length
  const sql = db.superusuario
  const filas = await sql`select recibidos, pendientes from estado_dispositivos where de_negocio = ${negocio.negocioId}`
  assert.equal(
    filas.map((f) => [f.recibidos, f.pendientes]),
    equipos.map(() => [RONDAS * 2 * 3, RONDAS - 1]),
  )
  const [suma] = await sql`select recibidos, pendientes, equipos, en_linea from estado_negocios where id = ${negocio.negocioId}`
  assert.equal({ ...suma }, { recibidos: total * 3, pendientes: (RONDAS - 1) * 4, equipos: 4, enLinea: 4 })
  const pulso = await sql`select hechos, retrasos from pulso`
  assert.is(
    pulso.reduce((n, p) => n + p.hechos, 0),
    total * 3,
  )
  assert.is(
    pulso.flatMap((p) => p.retrasos as number[]).reduce((n, x) => n + x, 0),
    total * 3,
  )
  const reglas = await sql`select regla, veces from reglas_del_dia order by regla`
  assert.equal(
    reglas.map((r) => [r.regla, r.veces]),
    [
      ['R1', total * 2],
      ['R8', RONDAS * 2],
    ],
  )
  const log = await sql`select seq, coleccion, pk, antes, despues from cambios_plataforma order by seq`
  const [contador] = await sql`select seq from contador_plataforma`
  assert.equal(
    log.map((c) => c.seq),
    Array.from({ length: contador.seq }, (_, i) => i + 1),
  )
  const imagenes = new Map<string, unknown>()
  for (const { coleccion, pk, antes, despues } of log) {
    assert.equal(antes, imagenes.get(`${coleccion} ${pk}`) ?? null, `${coleccion} ${pk}`)
    imagenes.set(`${coleccion} ${pk}`, despues)
  }
  assert.is((await sql`select from nodos`).length, 2)
})

test('a database that is away for a moment loses no note: they are written with the next', async () => {
  const negocio = await crearNegocioDePrueba(a, { cajas: 1 })
  const equipo = { dispositivoId: negocio.cajas[0]!.dispositivoId, negocioId: negocio.negocioId }
  libretaDe(a.deps).recibidos(equipo, a.deps.now(), 5, [1, 2, 3, 4, 5], 0)
  const caida = Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' })
  const sinBase = { ...a.deps, db: { ...a.deps.db, plataforma: () => Promise.reject(caida) } }
  const error = await flusherDe(sinBase)
    .vaciar()
    .catch((e) => e)
  assert.is(error, caida)
  libretaDe(a.deps).recibidos(equipo, a.deps.now(), 1, [6], 0)
  await flusherDe(a.deps).vaciar()
  const [fila] = await db.superusuario`select recibidos from estado_dispositivos where id = ${equipo.dispositivoId}`
  assert.is(fila.recibidos, 6)
})

test.run()
