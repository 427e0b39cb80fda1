/** A copy of everything while tills sell, and going back to it: what the tills hold comes again, once. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import pino from 'pino'
import { Registry } from 'prom-client'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../schema/core/tiempo.ts'
import type { Db } from '../db/db.ts'
import { entradaDeBytes } from '../db/imagen.ts'
import { tomarCandado } from '../db/lock.ts'
import { openDb } from '../db/open.ts'
import { medirRespaldos, RESPALDOS_QUE_QUEDAN, respaldoDelDia } from '../jobs/backup.ts'
import { CLAVE_DE_PRUEBA } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { crearNegocioDePrueba, createTestServer, pedir, type ServidorDePrueba, sesionDeDispositivo } from '../testing/servidor.ts'
import { respaldar } from './make.ts'
import { empacar } from './pack.ts'
import { restaurar } from './restore.ts'
import { guardarRespaldo } from './save.ts'
import { atenderRespaldos } from './serve.ts'
import { empaquetar } from './tar.ts'
import { desempacar } from './unpack.ts'

const raiz = fs.mkdtempSync(path.join(os.tmpdir(), 'respaldo-'))
const log = pino({ level: 'silent' })
const abiertas: Db[] = []
test.after(async () => {
  for (const db of abiertas) await db.close()
  fs.rmSync(raiz, { recursive: true, force: true })
})

/** As the pictures of a negocio are kept: a name longer than one field of a tar. */
const DE_UN_NEGOCIO = `imagenes/${'5b03ba77'.repeat(4)}/ab`
const dir = (nombre: string) => path.join(raiz, nombre)
const rutas = (nombre: string) => ({ dataDir: dir(nombre), imagenesDir: path.join(dir(nombre), 'imagenes') })

/** A server on a folder, as main starts it. */
async function abrir(nombre: string): Promise<ServidorDePrueba> {
  const db = await openDb({ dataDir: dir(nombre), secretKey: CLAVE_DE_PRUEBA })
  abiertas.push(db)
  atenderRespaldos({ embebida: db.embebida!, imagenesDir: rutas(nombre).imagenesDir, now: Date.now, log })
  return createTestServer({ db })
}

const codigo = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'bien',
    (e) => e.code ?? e.message,
  )

const contar = async (db: Db, negocioId: string, que: 'hechos_recibidos' | 'transacciones' | 'veredictos') =>
  (await db.negocio(negocioId, (sql) => sql`select count(*)::int as n from ${sql(que)} where negocio_id = ${negocioId}`))[0]!.n as number

test('taken while a till sells, it holds all that was confirmed before its end; what came after is sent again, once', async () => {
  const vivo = await abrir('vivo')
  const negocio = await crearNegocioDePrueba(vivo, { cajas: 1 })
  const caja = negocio.cajas[0]!
  fs.mkdirSync(path.join(dir('vivo'), DE_UN_NEGOCIO), { recursive: true })
  fs.writeFileSync(path.join(dir('vivo'), DE_UN_NEGOCIO, 'ab'.repeat(32)), 'a picture')
  fs.writeFileSync(path.join(dir('vivo'), DE_UN_NEGOCIO, 'half.tmp-1'), 'half a picture')
  fs.writeFileSync(path.join(dir('vivo'), 'secret.key'), 'una clave\n', { mode: 0o600 })
  const diario = new DiarioDePrueba(vivo, caja)
  await diario.abrir()
  await diario.subir()
  const antes = await pedir<{ checkpoint: { seq: number } }>(vivo, '/sync/pull/transacciones', await comoCaja(vivo, caja))

  let haciendo = true
  let confirmadas = 0
  const vendiendo = (async () => {
    while (haciendo) {
      await diario.vender()
      confirmadas = (await diario.subir()).esperado
      await new Promise(setImmediate)
    }
  })()
  const archivo = dir('uno.tar.gz')
  const inicio = diario.renglones.length
  let vistos = 0
  const [{ ficha, bytes }] = await Promise.all([
    respaldar({ ...rutas('vivo'), archivo, ahora: Date.now(), alAvanzar: ({ archivos }) => (vistos = archivos) }),
    // The owner's care of the database goes on too, and must not throw away the log the image needs.
    vivo.db.mantener(),
  ])
  haciendo = false
  await vendiendo
  assert.ok(diario.renglones.length > inicio + 5, `${diario.renglones.length - inicio} sales while it was taken`)
  assert.ok(vistos > 900 && bytes > 1e6 && ficha.enMarcha && ficha.conClave, `${vistos} files, ${bytes} bytes`)
  assert.is(fs.statSync(archivo).mode & 0o777, 0o600)
  assert.equal(
    fs.readdirSync(raiz).filter((n) => n.includes('parcial')),
    [],
  )

  // Later, and lost with the disk: as many again, and the lease they were sold under.
  for (let i = 0; i < 5; i++) await diario.vender()
  confirmadas = (await diario.subir()).esperado
  const enVivo = await contar(vivo.db, negocio.negocioId, 'transacciones')
  await vivo.db.close()

  const { apartado } = await restaurar({ ...rutas('vuelto'), archivo, apartar: false, ahora: Date.now() })
  assert.is(apartado, undefined)
  assert.equal(
    fs.readdirSync(dir('vuelto')).sort(),
    ['imagenes', 'pg', 'respaldo.json', 'secret.key'].filter((n) => n !== 'respaldo.json'),
  )
  assert.equal(fs.readdirSync(path.join(dir('vuelto'), DE_UN_NEGOCIO)), ['ab'.repeat(32)])
  assert.is(fs.statSync(path.join(dir('vuelto'), 'secret.key')).mode & 0o777, 0o600)
  const vuelto = await abrir('vuelto')
  const guardados = await contar(vuelto.db, negocio.negocioId, 'hechos_recibidos')
  assert.ok(guardados >= inicio && guardados < confirmadas, `${inicio} ≤ ${guardados} < ${confirmadas}`)
  assert.is(await contar(vuelto.db, negocio.negocioId, 'veredictos'), guardados, 'received and judged in one transaction')

  const otra = new DiarioDePrueba(vuelto, caja, diario.cadenaId)
  otra.renglones.push(...diario.renglones)
  assert.is((await otra.enviar(await otra.pedido(0, 0))).cuerpo.data.esperado, guardados, '[DI1] it says from where')
  assert.is((await otra.subir()).esperado, confirmadas)
  assert.is((await otra.subir()).esperado, confirmadas)
  assert.is(await contar(vuelto.db, negocio.negocioId, 'transacciones'), enVivo)
  const viejo = encodeURIComponent(JSON.stringify(antes.cuerpo.data.checkpoint))
  const despues = await pedir<{ reiniciar?: boolean }>(vuelto, `/sync/pull/transacciones?checkpoint=${viejo}`, await comoCaja(vuelto, caja))
  assert.is(despues.cuerpo.data.reiniciar, true, '[PU4] another epoca')
})

const comoCaja = async (servidor: ServidorDePrueba, caja: Parameters<typeof sesionDeDispositivo>[1]) => ({
  token: (await sesionDeDispositivo(servidor, caja)).token,
})

test('of a server that is stopped, and of one that was killed: the folder is read under its lock', async () => {
  const db = await openDb({ dataDir: dir('parado'), secretKey: CLAVE_DE_PRUEBA })
  await db.plataforma((sql) => sql`insert into nodos values ('antes', now(), now(), '0')`)
  // As kill -9 leaves it: the log not yet in the tables, nobody behind the socket.
  fs.cpSync(path.join(dir('parado'), 'pg'), path.join(dir('matado'), 'pg'), { recursive: true })
  await db.close()
  for (const nombre of ['parado', 'matado']) {
    const { ficha } = await respaldar({ ...rutas(nombre), archivo: dir(`${nombre}.tar.gz`), ahora: Date.now() })
    assert.equal([ficha.enMarcha, ficha.conClave], [false, false])
  }
  await restaurar({ ...rutas('matado-vuelto'), archivo: dir('matado.tar.gz'), apartar: false, ahora: Date.now() })
  assert.is(await nodosDeAntes('matado-vuelto'), 1)
})

async function nodosDeAntes(nombre: string): Promise<number> {
  const db = await openDb({ dataDir: dir(nombre), secretKey: CLAVE_DE_PRUEBA })
  const filas = await db.plataforma((sql) => sql`select from nodos where id = 'antes'`)
  await db.close()
  return filas.length
}

test('a folder in use or not empty is not touched; with --force what was there is moved aside', async () => {
  const archivo = dir('parado.tar.gz')
  const pedido = { archivo, apartar: true, ahora: Date.UTC(2026, 10, 21) }
  fs.mkdirSync(dir('ocupado'))
  fs.writeFileSync(path.join(dir('ocupado'), 'nota'), 'mine')
  const servidor = await tomarCandado(dir('ocupado'))
  assert.is(await codigo(restaurar({ ...pedido, ...rutas('ocupado') })), 'DATOS_EN_USO')
  await servidor.soltar()
  assert.is(await codigo(restaurar({ ...pedido, ...rutas('ocupado'), apartar: false })), 'CARPETA_OCUPADA')
  assert.is(
    await codigo(respaldar({ ...rutas('ocupado'), archivo, ahora: 0 })),
    `There is a file called ${archivo} already: give another name.`,
  )
  const { apartado } = await restaurar({ ...pedido, ...rutas('ocupado') })
  assert.is(apartado, path.join(dir('ocupado'), 'anterior-2026-11-21T00-00-00-000Z'))
  assert.is(fs.readFileSync(path.join(apartado!, 'nota'), 'utf8'), 'mine')
  assert.not(fs.existsSync(path.join(dir('ocupado'), 'nota')))
  assert.is(await nodosDeAntes('ocupado'), 1)
  assert.is(
    await codigo(respaldar({ ...rutas('vacio'), archivo: dir('x.tar.gz'), ahora: 0 })),
    `There is no embedded database in ${dir('vacio')}.`,
  )
})

test('two at once to one name: one is kept whole, the other is refused, nothing else is left', async () => {
  const entero = fs.readFileSync(dir('parado.tar.gz'))
  const mitades = [entero.subarray(0, entero.length >> 1), entero.subarray(entero.length >> 1)]
  const empezar = async () => {
    const flujo = new Readable({ read() {} })
    const guardado = codigo(guardarRespaldo(flujo, dir('gemelo.tar.gz')))
    flujo.push(mitades[0])
    while (flujo.readableLength) await new Promise(setImmediate)
    return () => {
      flujo.push(mitades[1])
      flujo.push(null)
      return guardado
    }
  }
  const acabarUno = await empezar()
  const acabarOtro = await empezar()
  assert.is(await acabarUno(), 'bien')
  assert.ok(entero.equals(fs.readFileSync(dir('gemelo.tar.gz'))), 'its own bytes, not as far as the other has come')
  assert.is(await acabarOtro(), 'EEXIST')
  assert.equal(
    fs.readdirSync(raiz).filter((n) => n.startsWith('gemelo')),
    ['gemelo.tar.gz'],
  )
})

test('a backup that is cut, changed or hostile is refused, and leaves nothing', async () => {
  // Not a cluster: none of these gets as far as being opened.
  fs.mkdirSync(path.join(dir('pequeno'), 'pg/base'), { recursive: true })
  fs.writeFileSync(path.join(dir('pequeno'), 'pg/PG_VERSION'), '18\n')
  fs.writeFileSync(path.join(dir('pequeno'), 'pg/base/1'), randomBytes(20_000))
  const { archivo } = await respaldar({ ...rutas('pequeno'), archivo: dir('pequeno.tar.gz'), ahora: 0 })
  const entero = fs.readFileSync(archivo)
  const conMordida = gunzipSync(entero)
  conMordida[conMordida.length >> 1]! ^= 1
  const hostil = async (nombre: string) => {
    const entradas = async function* () {
      for (const uno of ['respaldo.json', nombre]) yield entradaDeBytes(uno, Buffer.from(uno === nombre ? 'x' : ficha))
    }
    const trozos: Uint8Array[] = []
    for await (const trozo of empaquetar(entradas(), 0)) trozos.push(trozo)
    return gzipSync(Buffer.concat(trozos))
  }
  const ficha = JSON.stringify({ ...(await desempacar(Readable.from([entero]), undefined)) })
  const malos: [string, Buffer][] = [
    ['cut', entero.subarray(0, entero.length - 100)],
    ['without its end', gzipSync(gunzipSync(entero).subarray(0, -4096))],
    ['one bit', gzipSync(conMordida)],
    ['not gzip', Buffer.from('hola')],
    ['empty', Buffer.alloc(0)],
    ['outside', await hostil('../fuera')],
    ['outside, inside', await hostil('pg/../../fuera')],
    ['no sums', await hostil('pg/uno')],
  ]
  for (const [que, bytes] of malos) {
    fs.writeFileSync(dir('malo.tar.gz'), bytes)
    assert.is(
      await codigo(restaurar({ ...rutas('de-malo'), archivo: dir('malo.tar.gz'), apartar: false, ahora: 0 })),
      'RESPALDO_ILEGIBLE',
      que,
    )
  }
  assert.equal(
    fs.readdirSync(raiz).filter((n) => /de-malo|fuera/.test(n)),
    [],
  )
})

test('one at a time; one that is cut by the stop of the server or the absence of who asked leaves nothing and disturbs nobody', async () => {
  const servidor = await abrir('cortado')
  const { embebida } = servidor.db
  const negocio = await crearNegocioDePrueba(servidor)
  const primera = embebida!.imagen()
  await primera.next()
  assert.ok(embebida!.ocupada())
  assert.match(await codigo(respaldar({ ...rutas('cortado'), archivo: dir('y.tar.gz'), ahora: 0 })), 'RESPALDO_EN_CURSO')
  await primera.return(undefined)
  assert.not(embebida!.ocupada())
  // Whoever asked goes away in the middle.
  const flujo = empacar({ ...rutas('cortado'), imagen: embebida!.imagen(), ahora: 0 })
  await new Promise((listo) => flujo.once('data', listo))
  flujo.destroy()
  while (embebida!.ocupada()) await new Promise(setImmediate)
  const cortado = codigo(respaldar({ ...rutas('cortado'), archivo: dir('z.tar.gz'), ahora: 0, alAvanzar: () => void embebida!.cortar() }))
  assert.is(await cortado, 'RESPALDO_CORTADO')
  assert.equal(
    fs.readdirSync(raiz).filter((n) => /^[yz]\.tar/.test(n)),
    [],
  )
  assert.is(await contar(servidor.db, negocio.negocioId, 'transacciones'), 0)
})

test('one a day by itself, the last seven are kept, and files of others are left alone', async () => {
  const servidor = await abrir('diario')
  const backupDir = dir('respaldos')
  fs.mkdirSync(backupDir)
  fs.writeFileSync(path.join(backupDir, 'mine.tar.gz'), '')
  const viejos = Array.from({ length: 9 }, (_, i) => `anunciaya-2026-11-0${i + 1}T18-00-00Z.tar.gz`)
  for (const nombre of viejos) fs.writeFileSync(path.join(backupDir, nombre), '')
  const deps = { ...servidor.deps, env: { ...servidor.deps.env, ...rutas('diario'), backupDir } }
  const registro = new Registry()
  medirRespaldos(deps, registro)
  const hecho = await respaldoDelDia(deps)
  assert.match(await registro.metrics(), `anunciaya_respaldo_ultimo_segundos ${servidor.reloj.ahora() / 1_000}`)
  assert.is(path.basename(hecho!), 'anunciaya-2026-11-21T18-00-00Z.tar.gz')
  assert.is(await respaldoDelDia(deps), undefined)
  servidor.reloj.avanzar(DIA)
  assert.ok(await respaldoDelDia(deps))
  const quedan = fs.readdirSync(backupDir)
  assert.is(quedan.length, RESPALDOS_QUE_QUEDAN + 1)
  assert.ok(quedan.includes('mine.tar.gz') && !quedan.includes(viejos[3]!) && quedan.includes(viejos[4]!), quedan.join())
  assert.is(await respaldoDelDia({ ...deps, env: { ...deps.env, backupDir: undefined } }), undefined)
})

test.run()
