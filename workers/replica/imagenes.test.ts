import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReplicaApi } from './api.ts'
import { idDe, unArticulo, unEstudio, valor } from './testing/estudio-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
/** Drawing needs a browser (client/e2e); here a picture is what begins like one. */
const prepararImagen = async (archivo: Blob): Promise<Blob> => {
  const texto = await archivo.text()
  if (!texto.startsWith('foto')) throw new Error('no picture')
  return new Blob([`webp ${texto}`], { type: 'image/webp' })
}
const foto = (cual: string) => new Blob([`foto ${cual}`], { type: 'image/jpeg' })
const unConFotos = () => unEstudio(abiertas, [unArticulo(1)], { prepararImagen })
const ponerla = (hash: string) => ({ coleccion: 'articulos' as const, id: idDe(1), cambios: { imagenes: [hash] } })

test('[CAT-05] a picture made offline shows at once, leaves before the edit that names it, and is let go at the next start', async () => {
  const { replica, servidor, intentar, abrir } = await unConFotos()
  await intentar()
  servidor.sinRed = true
  const { hash } = valor(await replica.guardarImagen(foto('una')))
  assert.ok(/^[0-9a-f]{64}$/.test(hash))
  assert.is(valor(await replica.guardarImagen(foto('una'))).hash, hash, 'the same picture again')
  valor(await replica.editarVarios([ponerla(hash)]))
  assert.is(await valor(await replica.imagenLocal(hash))?.text(), 'webp foto una')
  assert.is((await replica.estado()).pendientes, 2)
  assert.equal(
    valor(await replica.edicionesPendientes())
      .map((e) => e.coleccion)
      .sort(),
    ['articulos', 'imagenes'],
  )
  servidor.sinRed = false
  servidor.rutas.length = 0
  await intentar()
  const orden = servidor.rutas.filter((ruta) => /imagenes|push/.test(ruta))
  assert.equal(orden, [`/api/imagenes/${hash}`, '/sync/push/articulos'])
  assert.is(new TextDecoder().decode(servidor.imagenes.get(hash)), 'webp foto una')
  assert.equal([(await replica.estado()).pendientes, valor(await replica.imagenLocal(hash))?.type], [0, 'image/webp'])
  await replica.cerrar()
  const otra = abrir()
  assert.is(valor(await otra.imagenLocal(hash)), null)
})

test('a picture that went up and whose edit did not is sent again at the next start: meanwhile the server may have let it go', async () => {
  const { replica, servidor, intentar, abrir } = await unConFotos()
  await intentar()
  servidor.sinRed = true
  const { hash } = valor(await replica.guardarImagen(foto('una')))
  valor(await replica.editarVarios([ponerla(hash)]))
  servidor.sinRed = false
  servidor.fallar('/sync/push/articulos', 'sin-red', 'sin-red')
  await replica.sincronizarAhora()
  assert.equal([(await replica.estado()).pendientes, servidor.imagenes.has(hash)], [1, true], 'the edit alone waits')
  await replica.cerrar()
  servidor.imagenes.clear()
  const otra = abrir()
  assert.is(await valor(await otra.imagenLocal(hash))?.text(), 'webp foto una')
  await intentar(otra)
  assert.equal([servidor.imagenes.has(hash), servidor.filas.get('articulos')?.get(idDe(1))?.imagenes], [true, [hash]])
})

test('a picture that is refused asks for attention and keeps no edit here; taken away, or brought again, it asks no more', async () => {
  const { replica, servidor, intentar } = await unConFotos()
  await intentar()
  servidor.sinRed = true
  const { hash } = valor(await replica.guardarImagen(foto('mala')))
  valor(await replica.editarVarios([ponerla(hash)]))
  servidor.sinRed = false
  servidor.fallar(`/api/imagenes/${hash}`, { status: 400, code: 'IMAGEN_INVALIDA' })
  await intentar()
  assert.equal(servidor.filas.get('articulos')?.get(idDe(1))?.imagenes, [hash])
  assert.equal([(await replica.estado()).atencion, (await replica.estado()).pendientes], [1, 0])
  assert.is(valor(await replica.edicionesPendientes())[0]?.codigo, 'IMAGEN_INVALIDA')
  assert.is(await valor(await replica.imagenLocal(hash))?.text(), 'webp foto mala')
  valor(await replica.guardarImagen(foto('mala')))
  assert.is((await replica.estado()).atencion, 0)
  servidor.fallar(`/api/imagenes/${hash}`, { status: 413, code: 'IMAGEN_GRANDE' })
  await intentar()
  valor(await replica.descartarEdicion('imagenes', hash))
  assert.equal([(await replica.estado()).atencion, valor(await replica.imagenLocal(hash))], [0, null])
  assert.equal(await replica.descartarEdicion('imagenes', hash), { ok: false, codigo: 'NO_ENCONTRADO' })
})

test('a picture that does not get through waits, and lets the edits by', async () => {
  const { replica, servidor, intentar } = await unConFotos()
  await intentar()
  servidor.sinRed = true
  const { hash } = valor(await replica.guardarImagen(foto('lenta')))
  valor(await replica.editarVarios([ponerla(hash)]))
  servidor.sinRed = false
  servidor.fallar(`/api/imagenes/${hash}`, 'sin-red', { status: 500 })
  await intentar()
  assert.equal(servidor.filas.get('articulos')?.get(idDe(1))?.imagenes, [hash])
  assert.is((await replica.estado()).pendientes, 1)
  await intentar()
  await intentar()
  assert.equal([servidor.imagenes.has(hash), (await replica.estado()).pendientes], [true, 0])
})

test('what is no picture is refused before anything is kept', async () => {
  const { replica, intentar } = await unConFotos()
  await intentar()
  assert.equal(await replica.guardarImagen(new Blob(['texto'])), { ok: false, codigo: 'IMAGEN_INVALIDA' })
  assert.is((await replica.estado()).pendientes, 0)
})

test.run()
