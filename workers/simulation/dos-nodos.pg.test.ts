// @timeout 240
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as dormir } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../scripts/lib/files.mjs'
import { toRun } from '../../scripts/lib/transpile.mjs'
import { abrirDbPgDePrueba, type DbPgDePrueba } from '../../sync-server/testing/db.ts'
import { altaDeEscritor, type Escritor, subir, vender } from '../../sync-server/testing/kill-escritor.ts'
import {
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  enlaceDePrueba,
  type ServidorDePrueba,
  type ShopperDePrueba,
} from '../../sync-server/testing/servidor.ts'
import { crearAzar } from './azar.ts'
import { abrirSesion, seguirAvisos } from './dos-nodos-lector.ts'
import { compararLibro, contarDiferencia } from './oraculo/comparar.ts'
import { plegar } from './oraculo/fold.ts'
import { leerInsumos } from './oraculo/insumos.ts'

const DURACION_MS = process.env.FULL ? 30_000 : 8_000
const ESCRITORES = 16
/** Half of the writers share one negocio; the others have one each. */
const EN_EL_CALIENTE = 8

let base: DbPgDePrueba
let taller: ServidorDePrueba
const nodos: { proceso: ChildProcess; url: string }[] = []

/** A node of its own process. Its output is shown only when it ends badly. */
async function levantarNodo(databaseUrl: string): Promise<void> {
  const proceso = spawn(process.execPath, toRun('sync-server/testing/nodo-de-prueba.ts'), {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await new Promise<string>((listo, fallo) => {
    let salida = ''
    const leer = (texto: string) => {
      salida += texto
      const puerto = /^listo (\d+)$/m.exec(salida)?.[1]
      if (puerto) listo(`http://127.0.0.1:${puerto}`)
    }
    proceso.stdout?.setEncoding('utf8').on('data', leer)
    proceso.stderr?.setEncoding('utf8').on('data', leer)
    proceso.once('exit', (codigo) => fallo(new Error(`the node ended with ${codigo}\n${salida}`)))
  })
  nodos.push({ proceso, url })
}

test.before(async () => {
  base = await abrirDbPgDePrueba()
  taller = await createTestServer({ db: base, reloj: { ahora: Date.now, avanzar: () => {} } })
  await Promise.all([levantarNodo(base.databaseUrl), levantarNodo(base.databaseUrl)])
})
test.after(async () => {
  for (const { proceso } of nodos) proceso.kill('SIGKILL')
  await base?.close()
})

interface Puesto {
  escritor: Escritor
  shopper: ShopperDePrueba
}

async function abrirPuestos(): Promise<{ puestos: Puesto[]; caliente: string; negocios: string[] }> {
  const shoppers = await Promise.all(Array.from({ length: 4 }, () => crearShopper(taller)))
  const dueno = (await crearNegocioDePrueba(taller, { nombre: 'Primero' })).dueno
  const caliente = await crearNegocioDePrueba(taller, { nombre: 'Caliente', dueno })
  const puestos: Puesto[] = []
  const negocios = [caliente.negocioId]
  for (let i = 0; i < ESCRITORES; i++) {
    const negocio = i < EN_EL_CALIENTE ? caliente : await crearNegocioDePrueba(taller, { nombre: `Negocio ${i}`, dueno })
    if (negocio !== caliente) negocios.push(negocio.negocioId)
    const escritor = await altaDeEscritor('http://localhost:8080', await enlaceDePrueba(taller, negocio), taller.fetch)
    puestos.push({ escritor, shopper: shoppers[i % shoppers.length]! })
  }
  return { puestos, caliente: caliente.negocioId, negocios }
}

/** Sells and uploads until the time is over, through both nodes in turn; some sales carry a card, some of those a QR already used. */
async function empujar({ escritor, shopper }: Puesto, semilla: number, fin: number): Promise<void> {
  const azar = crearAzar(semilla)
  let esperado = 0
  let qr: string | null = null
  for (let vuelta = semilla; Date.now() < fin; vuelta++) {
    const cuantas = 1 + azar.entero(20)
    for (let i = 0; i < cuantas; i++) {
      if (azar.entero(6) === 0) qr = await shopper.qr(Date.now())
      await vender(escritor, 1 + azar.entero(60_000), azar.entero(3) === 0 ? qr : null)
    }
    esperado = (await subir(escritor, nodos[vuelta % nodos.length]!.url, esperado, esperado + 100)).esperado
  }
  while (esperado < escritor.cuerpos.length) esperado = (await subir(escritor, nodos[0]!.url, esperado, esperado + 100)).esperado
}

test(`two nodes, one PostgreSQL, ${ESCRITORES} writers over many negocios and one hot, ${DURACION_MS / 1000} s: the ledger equals the oracle's`, async () => {
  const { puestos, caliente, negocios } = await abrirPuestos()
  const vigia = puestos[0]!.escritor
  const sesion = await abrirSesion(vigia, nodos[1]!.url)
  const avisos = seguirAvisos(nodos[1]!.url, sesion)

  const fin = Date.now() + DURACION_MS
  await Promise.all(puestos.map((puesto, i) => empujar(puesto, i + 1, fin)))

  // [LI1] a hint crosses nodes: a sale handed to the first is heard on the second.
  const antes = (await avisos.hasta(() => true)).seq
  await vender(vigia, 12_345)
  await subir(vigia, nodos[0]!.url, vigia.cuerpos.length - 1, vigia.cuerpos.length)
  const aviso = await avisos.hasta((a) => a.seq > antes && a.colecciones.includes('transacciones'))
  assert.ok(aviso.seq > antes)
  await avisos.cerrar()

  await hastaQueSeProyecte()
  let renglones = 0
  for (const negocioId of negocios) {
    const insumos = await leerInsumos(base.superusuario, negocioId)
    const diferencias = await compararLibro(base.superusuario, negocioId, plegar(insumos))
    assert.is(diferencias.length, 0, diferencias.slice(0, 3).map(contarDiferencia).join('\n'))
    renglones += await revisarCadenas(negocioId, puestos)
  }
  const calientes = puestos.filter((p) => p.escritor.alta.negocioId === caliente).reduce((n, p) => n + p.escritor.cuerpos.length, 0)
  console.log(`${renglones} entries in ${DURACION_MS / 1000} s, ${calientes} of them in the hot negocio`)
})

/** Every entry written is there once, [DI10] in an order without holes. */
async function revisarCadenas(negocioId: string, puestos: Puesto[]): Promise<number> {
  const recibidos = await base.superusuario`
    select n, cadena_id as "cadenaId", seq, hash, estado from hechos_recibidos where negocio_id = ${negocioId} order by n`
  recibidos.forEach((r, i) => {
    assert.is(Number(r.n), Number(recibidos[0].n) + i)
  })
  const deEste = puestos.map((p) => p.escritor).filter((e) => e.alta.negocioId === negocioId)
  for (const escritor of deEste) {
    const mios = recibidos.filter((r) => r.cadenaId === escritor.cadenaId).sort((a, b) => a.seq - b.seq)
    assert.equal(
      mios.map((r) => [Number(r.seq), r.hash, r.estado]),
      escritor.hashes.map((hash, seq) => [seq, hash, 'juzgado']),
    )
  }
  return recibidos.length
}

async function hastaQueSeProyecte(): Promise<void> {
  for (let i = 0; i < 600; i++, await dormir(100)) {
    const [fila] = await base.superusuario`select count(*)::int as faltan from usuario_eventos where aplicado_at is null`
    if (fila?.faltan === 0) return
  }
  throw new Error('the projector did not catch up')
}

test.run()
