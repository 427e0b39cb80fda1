import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import { IMAGEN_MAXIMA_BYTES } from '../../../schema/protocol/catalogo.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearArticulos } from '../articulos/crear.ts'
import { borrarArticulo } from '../articulos/editar.ts'
import { limpiarImagenes } from './limpiar.ts'
import { esWebpDesnudo } from './preparar.ts'

const carpeta = fs.mkdtempSync(path.join(os.tmpdir(), 'imagenes-'))
let servidor: ServidorDePrueba<DbDePrueba>
let roma: NegocioDePrueba
let otro: NegocioDePrueba
let equipo: CajaDePrueba
let caja: string

test.before(async () => {
  servidor = await createTestServer({ env: { imagenesDir: carpeta } })
  roma = await crearNegocioDePrueba(servidor, { cajas: 1 })
  otro = await crearNegocioDePrueba(servidor)
  equipo = await altaDeCaja(servidor, roma, { tipo: 'studio', sucursalId: null })
  caja = (await sesionDeDispositivo(servidor, roma.cajas[0]!)).token
})
test.after(async () => {
  await servidor.cerrar()
  fs.rmSync(carpeta, { recursive: true, force: true })
})

const hashDe = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const delStudio = async () => (await sesionDeDispositivo(servidor, equipo)).token
/** A picture no other test has. */
const lienzo = (color: string, ancho = 64, alto = 48) => sharp({ create: { width: ancho, height: alto, channels: 3, background: color } })

async function subir(bytes: Uint8Array, opciones: { token?: string; hash?: string; tipo?: string; consulta?: string } = {}) {
  const { token = await delStudio(), hash = hashDe(bytes), tipo = 'image/webp', consulta = '' } = opciones
  const r = await servidor.fetch(`http://localhost:8080/api/imagenes/${hash}${consulta}`, {
    method: 'PUT',
    headers: { 'content-type': tipo, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: new Uint8Array(bytes),
  })
  const cuerpo = (await r.json()) as { data: { hash: string; ancho: number; alto: number; bytes: number }; code?: string }
  return { estado: r.status, codigo: cuerpo.code, datos: cuerpo.data }
}
const bajar = (negocioId: string, hash: string) => servidor.fetch(`http://localhost:8080/imagenes/${negocioId}/${hash}`)

test('CAT-05: a plain webp is kept byte for byte under its hash, once, and anybody may look at it for ever', async () => {
  const bytes = await lienzo('#aa2211').webp().toBuffer()
  const primera = await subir(bytes)
  assert.equal(primera.datos, { hash: hashDe(bytes), ancho: 64, alto: 48, bytes: bytes.length })
  assert.equal((await subir(bytes)).datos, primera.datos)
  const r = await bajar(roma.negocioId, hashDe(bytes))
  assert.is(r.status, 200)
  assert.is(r.headers.get('content-type'), 'image/webp')
  assert.is(r.headers.get('x-content-type-options'), 'nosniff')
  assert.match(r.headers.get('cache-control') ?? '', 'immutable')
  assert.equal(Buffer.from(await r.arrayBuffer()), bytes)
  assert.is((await bajar(otro.negocioId, hashDe(bytes))).status, 404, 'another negocio has none such')
  assert.is((await bajar(roma.negocioId, '..%2f..%2fsecret.key')).status, 404)
})

test('NF-28: what a phone wrote beside a picture is not kept, and it stands as the phone was held', async () => {
  const secreto = 'GPS 20.9144,-100.7452'
  const bytes = await lienzo('#117733', 80, 40)
    .withExif({ IFD0: { ImageDescription: secreto, Orientation: '6' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  assert.ok(bytes.includes('Exif'))
  const { datos, estado } = await subir(bytes, { tipo: 'image/jpeg' })
  assert.is(estado, 200)
  assert.equal([datos.ancho, datos.alto], [40, 80])
  const guardada = Buffer.from(await (await bajar(roma.negocioId, datos.hash)).arrayBuffer())
  assert.not.ok(guardada.includes('GPS') || guardada.includes('EXIF') || guardada.includes('Exif'))
  assert.ok(esWebpDesnudo(guardada))
  const conNota = await lienzo('#113377')
    .withExif({ IFD0: { ImageDescription: secreto } })
    .webp()
    .toBuffer()
  const { datos: suya } = await subir(conNota)
  const limpia = Buffer.from(await (await bajar(roma.negocioId, suya.hash)).arrayBuffer())
  assert.not.ok(limpia.includes('GPS'))
})

test('what is no picture, no whole one, another than its hash says, or too large, is refused and leaves nothing', async () => {
  const buena = await lienzo('#445566').webp().toBuffer()
  const cortada = (await lienzo('#99aa11', 400, 400).png().toBuffer()).subarray(0, 300)
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>')
  // A wall in a few kilobytes.
  const bomba = await lienzo('#000000', 6_500, 6_500).png({ compressionLevel: 9 }).toBuffer()
  const antes = await cuantas()
  assert.equal((await subir(buena, { hash: 'ab'.repeat(32) })).codigo, 'IMAGEN_INVALIDA')
  for (const [bytes, tipo] of [
    [cortada, 'image/png'],
    [svg, 'image/webp'],
    [bomba, 'image/png'],
    [Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBP'), Buffer.alloc(40)]), 'image/webp'],
  ] as const)
    assert.equal((await subir(bytes, { tipo })).codigo, 'IMAGEN_INVALIDA')
  const enorme = new Uint8Array(IMAGEN_MAXIMA_BYTES + 1)
  assert.equal(await subir(enorme).then((r) => [r.estado, r.codigo]), [413, 'IMAGEN_GRANDE'])
  assert.is((await subir(buena, { tipo: 'text/plain' })).codigo, 'TIPO_DE_CONTENIDO')
  assert.equal(await cuantas(), antes)
})

const cuantas = async () => {
  const [fila] = await servidor.db.superusuario`select count(*)::int as filas from imagenes`
  return [fila.filas, archivos().length]
}
const archivos = () => fs.readdirSync(carpeta, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

test('something hidden behind the end of a webp, or in a part of its own, is left out', async () => {
  const bytes = await lienzo('#0f0f0f').webp().toBuffer()
  const polizon = Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>')])
  assert.ok(esWebpDesnudo(bytes))
  assert.not.ok(esWebpDesnudo(polizon))
  const { datos } = await subir(polizon)
  const guardada = Buffer.from(await (await bajar(roma.negocioId, datos.hash)).arrayBuffer())
  assert.not.ok(guardada.includes('script'))
})

test('only whoever edits the catálogo hands pictures in', async () => {
  const bytes = await lienzo('#fedcba').webp().toBuffer()
  assert.is((await subir(bytes, { token: '' })).codigo, 'SESION_REQUERIDA')
  assert.is((await subir(bytes, { token: caja })).codigo, 'SIN_PERMISO')
  const dueno = await tokenDeCuenta(servidor, roma.dueno.usuarioId)
  assert.is((await subir(bytes, { token: dueno, consulta: `?negocioId=${otro.negocioId}` })).codigo, 'NO_ENCONTRADO')
  assert.is((await subir(bytes, { token: dueno })).estado, 200)
})

test('CAT-16: a picture goes 30 days after the last articulo that showed it, not before, and no file is left behind', async () => {
  const bytes = await lienzo('#c0ffee').webp().toBuffer()
  const nunca = await lienzo('#decade').webp().toBuffer()
  const { hash } = (await subir(bytes)).datos
  const sinUsar = (await subir(nunca)).datos.hash
  const [pizza] = await crearArticulos(servidor.deps, roma.negocioId, roma.dueno.usuarioId, [
    { nombre: 'Pizza', precioCentavos: 100, imagenes: [hash] },
  ])
  await limpiarImagenes(servidor.deps)
  servidor.reloj.avanzar(31 * DIA)
  await limpiarImagenes(servidor.deps)
  assert.is((await bajar(roma.negocioId, sinUsar)).status, 404, 'nobody ever showed it')
  assert.is((await bajar(roma.negocioId, hash)).status, 200)
  const editor = { id: roma.dueno.usuarioId, sucursalId: null, quien: '', equipo: '' }
  const portador = { negocioId: roma.negocioId, editor, sucursalId: null, clase: 'cuenta', atadura: '' } as const
  await borrarArticulo(servidor.deps, portador, pizza!.id)
  await limpiarImagenes(servidor.deps)
  servidor.reloj.avanzar(29 * DIA)
  await limpiarImagenes(servidor.deps)
  assert.is((await bajar(roma.negocioId, hash)).status, 200, 'it may still be undone')
  servidor.reloj.avanzar(2 * DIA)
  await limpiarImagenes(servidor.deps)
  assert.is((await bajar(roma.negocioId, hash)).status, 404)
  assert.not.ok(archivos().some((e) => e.name === hash))
  const [fila] = await servidor.db.superusuario`select count(*)::int as hay from imagenes where hash = ${hash}`
  assert.is(fila.hay, 0)
  const denuevo = await subir(bytes)
  assert.is(denuevo.estado, 200)
  assert.is((await bajar(roma.negocioId, hash)).status, 200, 'handed in again, it is there again')
})

test('CAT-16: an edit that shows a picture again while the clean-up runs keeps it', async () => {
  const { hash } = (await subir(await lienzo('#0ddba1').webp().toBuffer())).datos
  await limpiarImagenes(servidor.deps)
  servidor.reloj.avanzar(31 * DIA)
  const { db } = servidor.deps
  let marcadas = false
  const plataforma: typeof db.plataforma = async (fn, opciones) => {
    const leido = await db.plataforma(fn, opciones)
    if (!marcadas) {
      marcadas = true
      const vuelve = { nombre: 'Vuelve', precioCentavos: 1, imagenes: [hash] }
      await crearArticulos(servidor.deps, roma.negocioId, roma.dueno.usuarioId, [vuelve])
    }
    return leido
  }
  await limpiarImagenes({ ...servidor.deps, db: { ...db, negocio: db.negocio.bind(db), plataforma } })
  assert.is((await bajar(roma.negocioId, hash)).status, 200)
})

test('CAT-16: a lost picture that waits in the inbox is kept for whoever decides', async () => {
  const bytes = await lienzo('#1b2b3b').webp().toBuffer()
  const { hash } = (await subir(bytes)).datos
  await servidor.db.plataforma(
    (sql) => sql`
      insert into avisos (negocio_id, id, tipo, regla, codigo, datos, creado_at) values (${roma.negocioId}, 'a1', 'conflicto', 'R7',
        'edicion_perdida', ${sql.json({ campo: 'imagenes', valor: JSON.stringify([hash]) })}, now())`,
  )
  await limpiarImagenes(servidor.deps)
  servidor.reloj.avanzar(40 * DIA)
  await limpiarImagenes(servidor.deps)
  assert.is((await bajar(roma.negocioId, hash)).status, 200)
  await servidor.db.superusuario`update avisos set resuelto_at = now() where id = 'a1'`
  await limpiarImagenes(servidor.deps)
  servidor.reloj.avanzar(31 * DIA)
  await limpiarImagenes(servidor.deps)
  assert.is((await bajar(roma.negocioId, hash)).status, 404)
})

test('NF-28: files that no row remembers go, also what a killed upload left half written', async () => {
  const propia = path.join(carpeta, otro.negocioId.replaceAll('-', ''), 'ab')
  fs.mkdirSync(propia, { recursive: true })
  const [perdida, reciente, mitad] = ['ab'.repeat(32), `ab${'cd'.repeat(31)}`, `${'ab'.repeat(32)}.x.tmp`].map((n) => path.join(propia, n))
  for (const archivo of [perdida!, reciente!, mitad!]) fs.writeFileSync(archivo, 'x')
  const deOtraBase = path.join(carpeta, 'c'.repeat(32), 'ab', 'ab'.repeat(32))
  fs.mkdirSync(path.dirname(deOtraBase), { recursive: true })
  fs.writeFileSync(deOtraBase, 'x')
  const ayer = new Date(Date.now() - 25 * HORA)
  for (const archivo of [perdida!, mitad!, deOtraBase]) fs.utimesSync(archivo, ayer, ayer)
  await limpiarImagenes(servidor.deps)
  assert.equal(fs.readdirSync(propia), [path.basename(reciente!)])
  assert.ok(fs.existsSync(deOtraBase), 'a negocio that this database does not know is not its business')
})

test.run()
