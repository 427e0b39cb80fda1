/** One process per data folder, whoever died before. */
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { toRun } from '../../scripts/lib/transpile.mjs'
import { tomarCandado } from './lock.ts'
import { openDb } from './open.ts'

const raiz = fs.mkdtempSync(path.join(os.tmpdir(), 'aya-lock-'))
const hijos = new Set<ChildProcess>()

test.after(() => {
  for (const hijo of hijos) hijo.kill('SIGKILL')
  fs.rmSync(raiz, { recursive: true, force: true })
})

const carpetaNueva = (nombre: string) => {
  const carpeta = path.join(raiz, nombre)
  fs.mkdirSync(carpeta, { recursive: true })
  return carpeta
}

const codigo = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'abierta',
    (e) => e.code,
  )

/** A process that runs this and then stays; its first line of output is its answer. */
function enOtroProceso(cuerpo: string): Promise<{ hijo: ChildProcess; linea: string }> {
  const aqui = (archivo: string) => JSON.stringify(pathToFileURL(toRun(`sync-server/db/${archivo}`).at(-1)!).href)
  const programa = `
    const { openDb } = await import(${aqui('open.ts')}), { tomarCandado } = await import(${aqui('lock.ts')})
    ${cuerpo}
    setInterval(() => {}, 1000)`
  const hijo = spawn(process.execPath, [...toRun('sync-server/db/open.ts').slice(0, -1), '--input-type=module', '-e', programa], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  hijos.add(hijo)
  return new Promise((resolve, reject) => {
    let salida = ''
    hijo.stdout.on('data', (datos) => {
      salida += datos
      if (salida.includes('\n')) resolve({ hijo, linea: salida.trim() })
    })
    hijo.once('exit', () => reject(new Error(`ended: ${salida}`)))
  })
}

async function matar(hijo: ChildProcess): Promise<void> {
  const fin = new Promise((listo) => hijo.once('exit', listo))
  hijo.kill('SIGKILL')
  await fin
  hijos.delete(hijo)
}

test('a second process is refused; after kill -9 of the first it opens and finds what was confirmed', async () => {
  const dataDir = path.join(raiz, 'datos')
  const { hijo, linea } = await enOtroProceso(`
    const db = await openDb({ dataDir: ${JSON.stringify(dataDir)}, secretKey: 'x' })
    await db.plataforma((sql) => sql\`insert into nodos values ('muerto', now(), now(), '0')\`)
    console.log('confirmada')`)
  assert.is(linea, 'confirmada')
  assert.is(await codigo(openDb({ dataDir, secretKey: 'x' })), 'DATOS_EN_USO')
  await matar(hijo)
  const db = await openDb({ dataDir, secretKey: 'x' })
  const [fila] = await db.plataforma((sql) => sql`select count(*) from nodos where id = 'muerto'`)
  assert.is(fila!.count, 1)
  await db.close()
})

test('closing lets the next one in, and leaves no socket behind', async () => {
  const carpeta = carpetaNueva('cerrada')
  const uno = await tomarCandado(carpeta)
  assert.is(await codigo(tomarCandado(carpeta)), 'DATOS_EN_USO')
  await uno.soltar()
  await uno.soltar()
  assert.equal(fs.readdirSync(carpeta), [])
  await (await tomarCandado(carpeta)).soltar()
})

test('only its owner reaches the socket, also in a folder that is open to others', async () => {
  const carpeta = carpetaNueva('abierta')
  fs.chmodSync(carpeta, 0o777)
  const candado = await tomarCandado(carpeta)
  assert.is(fs.statSync(path.join(carpeta, 'candado.sock')).mode & 0o777, 0o600)
  await candado.soltar()
})

test('a path longer than a socket address is locked as well', async () => {
  const carpeta = carpetaNueva(path.join('x'.repeat(90), 'ñ'.repeat(60), 'z'.repeat(90)))
  assert.ok(Buffer.byteLength(carpeta) > 200)
  const uno = await tomarCandado(carpeta)
  assert.ok(fs.existsSync(path.join(carpeta, 'candado.sock')))
  assert.is(await codigo(tomarCandado(carpeta)), 'DATOS_EN_USO')
  await uno.soltar()
  assert.equal(fs.readdirSync(carpeta), [])

  const { hijo } = await enOtroProceso(`await tomarCandado(${JSON.stringify(carpeta)}); console.log('mío')`)
  assert.is(await codigo(tomarCandado(carpeta)), 'DATOS_EN_USO')
  await matar(hijo)
  await (await tomarCandado(carpeta)).soltar()
})

test('the same folder by another name is the same lock', async () => {
  const carpeta = carpetaNueva('una')
  const otra = path.join(raiz, 'enlace')
  fs.symlinkSync(carpeta, otra)
  const uno = await tomarCandado(carpeta)
  assert.is(await codigo(tomarCandado(otra)), 'DATOS_EN_USO')
  await uno.soltar()
})

test('a plain file in the place of the socket is a dead lock', async () => {
  const carpeta = carpetaNueva('archivo')
  fs.writeFileSync(path.join(carpeta, 'candado.sock'), '')
  await (await tomarCandado(carpeta)).soltar()
})

test('many at once over a dead lock: exactly one wins', async () => {
  for (let vez = 0; vez < 5; vez++) {
    const carpeta = carpetaNueva(`carrera-${vez}`)
    const muerto = net.createServer()
    await new Promise<void>((listo) => muerto.listen(path.join(carpeta, 'otro.sock'), listo))
    // A socket file nobody listens on, as kill -9 leaves it: closing would remove it under its own name.
    fs.renameSync(path.join(carpeta, 'otro.sock'), path.join(carpeta, 'candado.sock'))
    await new Promise((listo) => muerto.close(listo))
    const intentos = await Promise.allSettled(Array.from({ length: 8 }, () => tomarCandado(carpeta)))
    const ganadores = intentos.filter((i) => i.status === 'fulfilled')
    assert.is(ganadores.length, 1)
    await ganadores[0]!.value.soltar()
  }
})

test('a first start killed halfway leaves nothing that looks like a database', async () => {
  const dataDir = carpetaNueva('a-medias')
  fs.mkdirSync(path.join(dataDir, 'pg.nuevo/base'), { recursive: true })
  fs.writeFileSync(path.join(dataDir, 'pg.nuevo/PG_VERSION'), '18')
  const db = await openDb({ dataDir, secretKey: 'x' })
  assert.is((await db.plataforma((sql) => sql`select 1::int as n`))[0]!.n, 1)
  await db.close()
  assert.equal(fs.readdirSync(dataDir), ['pg'])
})

test('a folder of another PostgreSQL is refused before it is touched', async () => {
  const dataDir = carpetaNueva('vieja')
  fs.mkdirSync(path.join(dataDir, 'pg'))
  fs.writeFileSync(path.join(dataDir, 'pg/PG_VERSION'), '17\n')
  assert.is(await codigo(openDb({ dataDir, secretKey: 'x' })), 'DATOS_DE_OTRA_VERSION')
  assert.equal(fs.readdirSync(dataDir), ['pg'])
})

test.run()
