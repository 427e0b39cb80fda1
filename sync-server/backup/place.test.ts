// @full
/** A restore in a folder that can only be changed inside (a mount point), and one that is killed between any two of its steps. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openDb } from '../db/open.ts'
import { RESTAURADO, RESTAURANDO } from '../db/restauracion.ts'
import { leerEnv } from '../env.ts'
import { CLAVE_DE_PRUEBA } from '../testing/db.ts'
import { respaldar } from './make.ts'
import type { FichaDeRespaldo } from './pack.ts'
import { comprometer, poner } from './place.ts'
import { restaurar } from './restore.ts'

const raiz = fs.mkdtempSync(path.join(os.tmpdir(), 'poner-'))
test.after(() => fs.rmSync(raiz, { recursive: true, force: true }))

const dir = (nombre: string) => path.join(raiz, nombre)
const archivo = dir('uno.tar.gz')
const APARTADO = 'anterior-2026-11-21T00-00-00-000Z'
const pedidoDe = (nombre: string, apartar = false) => ({
  archivo,
  dataDir: dir(nombre),
  imagenesDir: path.join(dir(nombre), 'imagenes'),
  backupDir: path.join(dir(nombre), 'respaldos'),
  apartar,
  ahora: Date.UTC(2026, 10, 21),
})

test.before(async () => {
  const db = await openDb({ dataDir: dir('origen'), secretKey: CLAVE_DE_PRUEBA })
  await db.plataforma((sql) => sql`insert into nodos values ('antes', now(), now(), '0')`)
  await db.close()
  escribir('origen', { 'secret.key': 'the key that comes\n' })
  await respaldar({ ...pedidoDe('origen'), archivo })
})

function escribir(nombre: string, archivos: Record<string, string>): void {
  for (const [suyo, texto] of Object.entries(archivos)) {
    fs.mkdirSync(path.dirname(path.join(dir(nombre), suyo)), { recursive: true })
    fs.writeFileSync(path.join(dir(nombre), suyo), texto)
  }
}

/** Every file in a folder with what it says. */
const leer = (nombre: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(dir(nombre), { recursive: true, withFileTypes: true })
      .filter((hijo) => hijo.isFile())
      .map((hijo) => path.join(hijo.parentPath, hijo.name))
      .sort()
      .map((ruta) => [path.relative(dir(nombre), ruta), fs.readFileSync(ruta, 'utf8')]),
  )

const codigo = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'bien',
    (e) => e.code ?? e.message,
  )

/** What a start says of a folder: its key is asked for first, its database next. */
async function arranque(nombre: string): Promise<string> {
  const clave = await codigo((async () => leerEnv({ DATA_DIR: dir(nombre) }))())
  const base = await codigo(openDb({ dataDir: dir(nombre), secretKey: CLAVE_DE_PRUEBA }).then((db) => db.close()))
  return clave === base ? clave : `${clave}, ${base}`
}

async function nodosDeAntes(nombre: string): Promise<number> {
  const db = await openDb({ dataDir: dir(nombre), secretKey: CLAVE_DE_PRUEBA })
  const filas = await db.plataforma((sql) => sql`select from nodos where id = 'antes'`)
  await db.close()
  return filas.length
}

type Cambio = 'renameSync' | 'rmSync' | 'rmdirSync' | 'mkdirSync' | 'mkdtempSync'
const CAMBIOS: Cambio[] = ['renameSync', 'rmSync', 'rmdirSync', 'mkdirSync', 'mkdtempSync']

/** Runs `fn` while every change of a name on the disk asks `permitir` first, which throws as the system would. */
async function conDisco<T>(permitir: (cambio: Cambio, rutas: string[]) => void, fn: () => Promise<T> | T): Promise<T> {
  const deVerdad = Object.fromEntries(CAMBIOS.map((cambio) => [cambio, fs[cambio]]))
  const vigilado = (cambio: Cambio) =>
    function (this: unknown, ...args: unknown[]) {
      permitir(
        cambio,
        args.slice(0, cambio === 'renameSync' ? 2 : 1).map((ruta) => path.resolve(String(ruta))),
      )
      return (deVerdad[cambio] as (...args: unknown[]) => unknown)(...args)
    }
  try {
    Object.assign(fs, Object.fromEntries(CAMBIOS.map((cambio) => [cambio, vigilado(cambio)])))
    return await fn()
  } finally {
    Object.assign(fs, deVerdad)
  }
}

/** As a mount point in a folder of somebody else's. */
const montada = (nombre: string) => (cambio: Cambio, rutas: string[]) => {
  for (const ruta of rutas) {
    if (cambio === 'mkdirSync' && fs.existsSync(ruta)) continue
    if (ruta === dir(nombre)) throw Object.assign(new Error(`EBUSY: ${cambio} ${ruta}`), { code: 'EBUSY' })
    if (!ruta.startsWith(dir(nombre) + path.sep)) throw Object.assign(new Error(`EACCES: ${cambio} ${ruta}`), { code: 'EACCES' })
  }
}

/** As kill -9 before the change that `es` tells: from then on this process changes nothing, not even to tidy up. */
const matadaEn = (es: (cambio: Cambio, rutas: string[]) => boolean) => {
  let muerta = false
  return (cambio: Cambio, rutas: string[]) => {
    muerta ||= es(cambio, rutas)
    if (muerta) throw Object.assign(new Error('killed'), { code: 'KILLED' })
  }
}

test('in a mount point: nothing is renamed or removed but what is in it; with --force what was there goes to anterior-<date>', async () => {
  const nombre = 'montada'
  fs.mkdirSync(path.join(dir(nombre), 'lost+found'), { recursive: true })
  assert.is(await codigo(conDisco(montada(nombre), () => restaurar(pedidoDe(nombre)))), 'bien', 'a disk just formatted is empty')
  assert.equal(fs.readdirSync(dir(nombre)).sort(), ['lost+found', 'pg', 'secret.key'])
  escribir(nombre, { nota: 'mine', 'secret.key': 'mine too', 'respaldos/otro': 'a backup', 'anterior-x/nota': 'older' })
  assert.is(await codigo(restaurar(pedidoDe(nombre))), 'CARPETA_OCUPADA')
  const { apartado } = await conDisco(montada(nombre), () => restaurar(pedidoDe(nombre, true)))
  assert.is(apartado, path.join(dir(nombre), APARTADO))
  assert.equal(fs.readdirSync(apartado!).sort(), ['nota', 'pg', 'secret.key'])
  assert.equal(fs.readdirSync(dir(nombre)).sort(), [APARTADO, 'anterior-x', 'lost+found', 'pg', 'respaldos', 'secret.key'])
  assert.is(fs.readFileSync(path.join(apartado!, 'secret.key'), 'utf8'), 'mine too')
  assert.is(fs.readFileSync(path.join(dir(nombre), 'secret.key'), 'utf8'), 'the key that comes\n')
  assert.is(await nodosDeAntes(nombre), 1)
})

test('killed while it is unpacked in an empty folder: no start makes a world of it, and it is begun again', async () => {
  let vistos = 0
  const alAvanzar = () => {
    if (++vistos === 50) fs.rmdirSync(dir('no such'))
  }
  assert.is(
    await codigo(
      conDisco(
        matadaEn((cambio) => cambio === 'rmdirSync'),
        () => restaurar({ ...pedidoDe('vacia'), alAvanzar }),
      ),
    ),
    'KILLED',
  )
  assert.equal(fs.readdirSync(dir('vacia')), [RESTAURANDO])
  assert.is(await arranque('vacia'), 'RESTAURACION_A_MEDIAS')
  assert.equal(fs.readdirSync(dir('vacia')), [RESTAURANDO], 'no key, no database')
  assert.is((await restaurar(pedidoDe('vacia'))).retomada, false)
  assert.equal(fs.readdirSync(dir('vacia')).sort(), ['pg', 'secret.key'])
})

test('killed while it takes its place: no start, no backup; called again it ends it, without its file and without --force', async () => {
  escribir('a-medias', { nota: 'mine', 'secret.key': 'mine too' })
  // The note and the key are aside, the new key is in; the database not yet.
  const antesDePg = (_cambio: Cambio, rutas: string[]) => rutas[0] === path.join(dir('a-medias'), RESTAURADO, 'pg')
  assert.is(await codigo(conDisco(matadaEn(antesDePg), () => restaurar(pedidoDe('a-medias', true)))), 'KILLED')
  assert.equal(fs.readdirSync(dir('a-medias')).sort(), [RESTAURADO, APARTADO, 'secret.key'].sort())
  assert.is(await arranque('a-medias'), 'RESTAURACION_A_MEDIAS')
  assert.is(await codigo(respaldar({ ...pedidoDe('a-medias'), archivo: dir('dos.tar.gz') })), 'RESTAURACION_A_MEDIAS')
  assert.not(fs.existsSync(path.join(dir('a-medias'), 'pg')))
  const { apartado, retomada } = await restaurar({ ...pedidoDe('a-medias'), archivo: dir('lost.tar.gz') })
  assert.is(retomada, true)
  assert.equal(fs.readdirSync(dir('a-medias')).sort(), [APARTADO, 'pg', 'secret.key'])
  assert.equal(fs.readdirSync(apartado!).sort(), ['nota', 'secret.key'])
  assert.is(await nodosDeAntes('a-medias'), 1)
})

const VIEJO = { nota: 'old', 'pg/base/1': 'old', 'secret.key': 'old' }
const NUEVO = { 'imagenes/ab/ab': 'new', 'pg/base/1': 'new', 'secret.key': 'new' }
const ficha: FichaDeRespaldo = {
  ...{ formato: 1, version: '1', postgres: '18', creadoAt: '2026-11-21T00:00:00.000Z' },
  ...{ enMarcha: true, conClave: true, bytes: 1, archivos: 1 },
}

/** A folder with a world in it, and another one unpacked. */
function preparar(nombre: string) {
  escribir(nombre, VIEJO)
  escribir(`${nombre}/${RESTAURANDO}`, NUEVO)
  return () => {
    comprometer(dir(nombre), { ficha, apartado: APARTADO, apartar: Object.keys(VIEJO).map((ruta) => ruta.split('/')[0]!) })
    poner(dir(nombre))
  }
}

test('killed before any of its renames, it is what it was, or it says so and ends when it is called again', async () => {
  const final = { ...Object.fromEntries(Object.entries(VIEJO).map(([ruta, texto]) => [`${APARTADO}/${ruta}`, texto])), ...NUEVO }
  let aMedias = 0
  for (let n = 0, hecho = false; !hecho; n++) {
    const nombre = `muerte-${n}`
    const restauracion = preparar(nombre)
    let renames = 0
    const laEnesima = (cambio: Cambio) => cambio === 'renameSync' && renames++ === n
    const fin = await codigo(conDisco(matadaEn(laEnesima), async () => restauracion()))
    hecho = fin === 'bien'
    if (fs.existsSync(path.join(dir(nombre), RESTAURADO))) {
      aMedias++
      const antes = leer(nombre)
      assert.is(await arranque(nombre), 'RESTAURACION_A_MEDIAS')
      assert.equal(leer(nombre), antes)
      poner(dir(nombre))
    } else if (!hecho) {
      fs.rmSync(path.join(dir(nombre), RESTAURANDO), { recursive: true })
      assert.equal(leer(nombre), VIEJO, 'before it was committed to')
      continue
    }
    assert.equal(leer(nombre), final, `rename ${n}`)
  }
  assert.is(aMedias, 3 + 3 + 1, 'three aside, three in, its end')
})

test('when something there cannot be moved aside, everything is where it was', async () => {
  const restauracion = preparar('atorada')
  const ocupado = (_cambio: Cambio, rutas: string[]) => {
    if (rutas[0] === path.join(dir('atorada'), 'secret.key')) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' })
  }
  assert.is(await codigo(conDisco(ocupado, async () => restauracion())), 'EBUSY')
  assert.equal(leer('atorada'), VIEJO)
  assert.equal(fs.readdirSync(dir('atorada')).sort(), ['nota', 'pg', 'secret.key'])
})

test.run()
